import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Routes to the gateway turn black. */
export const deleteEgressOnlyInternetGateway = operation(model.DeleteEgressOnlyInternetGateway, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource(
      'DeleteEgressOnlyInternetGateway',
      kinds.egressOnlyInternetGateway,
      input.EgressOnlyInternetGatewayId,
      caller,
    ),
  async handle(input, { caller, networks }) {
    const { EgressOnlyInternetGatewayId: id } = input;
    if (!id) throw errors.missingParameter('egressOnlyInternetGatewayId');
    await networks.change(caller, async (draft) => {
      await draft.find('egress-only-internet-gateway', id);
      draft.remove('egress-only-internet-gateway', id);
    });
    return { ReturnCode: true };
  },
});
