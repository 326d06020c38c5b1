import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { endPeering } from '../domain/peering/end-peering.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import type { Ec2Scope } from '../scope.ts';

/** Turns a request for a connection down. */
export const rejectVpcPeeringConnection = operation(model.RejectVpcPeeringConnection, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource(
      'RejectVpcPeeringConnection',
      kinds.vpcPeeringConnection,
      input.VpcPeeringConnectionId,
      caller,
    ),
  async handle({ VpcPeeringConnectionId }, scope) {
    await endPeering(VpcPeeringConnectionId, ['pending-acceptance'], 'rejected', scope);
    return { Return: true };
  },
});
