import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Refused while a VPC has them. */
export const deleteDhcpOptions = operation(model.DeleteDhcpOptions, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('DeleteDhcpOptions', kinds.dhcpOptions, input.DhcpOptionsId, caller),
  async handle(input, { caller, networks }) {
    if (!input.DhcpOptionsId) throw errors.missingParameter('dhcpOptionsId');
    const { DhcpOptionsId } = input;
    await networks.change(caller, async (draft) => {
      await draft.find('dhcp-options', DhcpOptionsId);
      const vpcs = await draft.list('vpc');
      if (vpcs.some((vpc) => vpc.DhcpOptionsId === DhcpOptionsId)) {
        throw networkErrors.hasDependencies('dhcpOptions', DhcpOptionsId);
      }
      draft.remove('dhcp-options', DhcpOptionsId);
    });
    return {};
  },
});
