import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { namedInterface } from '../domain/interfaces/named.ts';
import { liveAttachment } from '../domain/interfaces/network-interface.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Gives its addresses back. Refused while an instance has it. */
export const deleteNetworkInterface = operation(model.DeleteNetworkInterface, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('DeleteNetworkInterface', kinds.networkInterface, input.NetworkInterfaceId, caller),
  async handle({ NetworkInterfaceId: id = '' }, scope) {
    const { caller, instances, networks } = scope;
    await networks.change(caller, async (draft) => {
      const { record } = await namedInterface(draft, id, scope);
      if (!record || liveAttachment(record, await instances.list(caller))) {
        throw networkErrors.interfaceInUse(id);
      }
      draft.write(...instances.addresses.giveBack({ ...record, subnetId: record.SubnetId }));
      draft.remove('network-interface', id);
    });
    return {};
  },
});
