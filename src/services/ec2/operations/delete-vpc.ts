import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import type { NetworkDraft } from '../domain/network/network-draft.ts';
import { hasVpcDependencies } from '../domain/network/vpc-dependencies.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Takes what was made along with the VPC with it; all else has to be deleted before. */
export const deleteVpc = operation(model.DeleteVpc, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('DeleteVpc', kinds.vpc, input.VpcId, caller),
  async handle(input, { caller, clock, networks }) {
    if (!input.VpcId) throw errors.missingParameter('vpcId');
    const { VpcId } = input;
    await networks.change(caller, async (draft) => {
      await draft.find('vpc', VpcId);
      if (await hasVpcDependencies(draft, VpcId, clock.now()))
        throw networkErrors.hasDependencies('vpc', VpcId);
      await removeWithParts(draft, VpcId);
    });
    return {};
  },
});

async function removeWithParts(draft: NetworkDraft, vpcId: string): Promise<void> {
  draft.remove('vpc', vpcId);
  for (const { RouteTableId } of await draft.inVpc('route-table', vpcId)) {
    draft.remove('route-table', RouteTableId!);
  }
  for (const { NetworkAclId } of await draft.inVpc('network-acl', vpcId)) {
    draft.remove('network-acl', NetworkAclId!);
  }
  const rules = await draft.list('security-group-rule');
  for (const { GroupId } of await draft.inVpc('security-group', vpcId)) {
    draft.remove('security-group', GroupId!);
    for (const rule of rules) {
      if (rule.GroupId === GroupId) draft.remove('security-group-rule', rule.SecurityGroupRuleId!);
    }
  }
}
