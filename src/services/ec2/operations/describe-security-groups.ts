import type { SecurityGroup } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { securityGroupFilters } from '../domain/network/security-group-filters.ts';
import { withPermissions } from '../domain/network/permissions.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';
import { realizeNetwork } from '../domain/data-plane/carried.ts';

export const describeSecurityGroups = operation(model.DescribeSecurityGroups, {
  async handle(input, scope: Ec2Scope) {
    realizeNetwork(scope);
    const { caller, networks, tags } = scope;
    const rules = await networks.list('security-group-rule', caller);
    const groups = (await networks.list('security-group', caller)).map((group) =>
      withPermissions(group, rules),
    );
    const all = await tags.join(caller, groups, (group) => group.GroupId);
    const vpcs = await networks.list('vpc', caller);
    const defaultVpcId = vpcs.find((vpc) => vpc.IsDefault)?.VpcId;
    const { found, NextToken } = select(named(all, input.GroupNames, defaultVpcId), input, {
      id: (group) => group.GroupId,
      ids: { kind: kinds.securityGroup, given: input.GroupIds },
      filters: securityGroupFilters,
    });
    return { SecurityGroups: found, NextToken };
  },
});

/** Names mean groups of the default VPC only. */
function named(
  all: readonly SecurityGroup[],
  names: readonly string[] | undefined,
  defaultVpcId = 'none',
): readonly SecurityGroup[] {
  if (!names?.length) return all;
  const inDefault = all.filter((group) => group.VpcId === defaultVpcId);
  for (const name of names) {
    if (!inDefault.some((group) => group.GroupName === name)) {
      throw errors.groupNameNotFound(name, defaultVpcId);
    }
  }
  return inDefault.filter((group) => names.includes(group.GroupName ?? ''));
}
