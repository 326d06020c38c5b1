import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { changeInterface } from '../domain/interfaces/modify.ts';
import { namedInterface } from '../domain/interfaces/named.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import type { Ec2Scope } from '../scope.ts';

/** Has the check of addresses on again. */
export const resetNetworkInterfaceAttribute = operation(model.ResetNetworkInterfaceAttribute, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource(
      'ResetNetworkInterfaceAttribute',
      kinds.networkInterface,
      input.NetworkInterfaceId,
      caller,
    ),
  async handle(input, scope) {
    await scope.networks.change(scope.caller, async (draft) => {
      const named = await namedInterface(draft, input.NetworkInterfaceId, scope);
      await changeInterface(draft, named, { sourceDestCheck: true }, scope);
    });
    return {};
  },
});
