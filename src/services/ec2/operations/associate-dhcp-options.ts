import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** What AWS takes for no options at all. */
const NONE = 'default';

/** Gives a VPC its DHCP options, or none. */
export const associateDhcpOptions = operation(model.AssociateDhcpOptions, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) => [
    onResource('AssociateDhcpOptions', kinds.dhcpOptions, input.DhcpOptionsId, caller),
    onResource('AssociateDhcpOptions', kinds.vpc, input.VpcId, caller),
  ],
  async handle(input, { caller, networks }) {
    if (!input.DhcpOptionsId) throw errors.missingParameter('dhcpOptionsId');
    if (!input.VpcId) throw errors.missingParameter('vpcId');
    const { DhcpOptionsId, VpcId } = input;
    await networks.change(caller, async (draft) => {
      if (DhcpOptionsId !== NONE) await draft.find('dhcp-options', DhcpOptionsId);
      const vpc = await draft.find('vpc', VpcId);
      draft.put('vpc', { ...vpc, DhcpOptionsId });
    });
    return {};
  },
});
