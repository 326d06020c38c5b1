import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { checkTransition, wirePeering } from '../domain/peering/peering.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Connects the two VPCs. */
export const acceptVpcPeeringConnection = operation(model.AcceptVpcPeeringConnection, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource(
      'AcceptVpcPeeringConnection',
      kinds.vpcPeeringConnection,
      input.VpcPeeringConnectionId,
      caller,
    ),
  async handle(input, { caller, clock, networks, tags }) {
    const { VpcPeeringConnectionId: id } = input;
    if (!id) throw errors.missingParameter('vpcPeeringConnectionId');
    const now = clock.now();
    const accepted = await networks.change(caller, async (draft) => {
      const connection = await draft.find('vpc-peering-connection', id);
      checkTransition(connection, ['pending-acceptance'], 'active', now);
      const active = { ...connection, code: 'active' as const };
      draft.put('vpc-peering-connection', active);
      return active;
    });
    const [VpcPeeringConnection] = await tags.join(caller, [wirePeering(accepted, now)], () => id);
    return { VpcPeeringConnection };
  },
});
