import type { SecurityGroupRuleRequest } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { set } from '../../../storage/records.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import { checkDistinct, checkRoom } from '../domain/security-groups/new-rules.ts';
import { onGroup } from '../domain/security-groups/permission.ts';
import {
  requestedRules,
  surroundingsOf,
  type Surroundings,
} from '../domain/security-groups/requested-rules.ts';
import type { RuleSpec } from '../domain/security-groups/rule.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';
import { realizeNetwork } from '../domain/data-plane/carried.ts';

/** Replaces what rules say, which keep their IDs and directions: all of them, or none. */
export const modifySecurityGroupRules = operation(model.ModifySecurityGroupRules, {
  authorize: (input, { caller }: Ec2Scope) =>
    onGroup('ModifySecurityGroupRules', input.GroupId, caller),
  async handle(input, scope) {
    realizeNetwork(scope);
    const { caller, securityGroups } = scope;
    const group = await securityGroups.named(caller, input);
    const around = await surroundingsOf(group, scope);
    const updates = input.SecurityGroupRules ?? [];
    if (updates.length === 0) throw errors.missingParameter('SecurityGroupRule');
    const ids = updates.map(({ SecurityGroupRuleId }) => SecurityGroupRuleId ?? '');
    checkIds(kinds.securityGroupRule, ids);
    await securityGroups.changeRules(caller, group.GroupId, (present) => {
      const changed = updates.map(({ SecurityGroupRule = {} }, at) => {
        const rule = present.find((each) => each.SecurityGroupRuleId === ids[at]);
        if (!rule) throw kinds.securityGroupRule.notFound([ids[at]!]);
        return { rule, spec: specOf(SecurityGroupRule, rule.IsEgress ?? false, around) };
      });
      const specs = changed.map(({ spec }) => spec);
      checkDistinct(specs);
      checkRoom(
        specs,
        present.filter((rule) => !ids.includes(rule.SecurityGroupRuleId ?? '')),
      );
      const writes = changed.map(({ rule, spec }) => {
        const { SecurityGroupRuleId = '', SecurityGroupRuleArn, GroupId, GroupOwnerId } = rule;
        return set(securityGroups.ruleAt(caller, SecurityGroupRuleId), {
          ...{ SecurityGroupRuleId, SecurityGroupRuleArn, GroupId, GroupOwnerId },
          ...spec,
        });
      });
      return { writes, result: undefined };
    });
    return { Return: true };
  },
});

function specOf(
  { IpProtocol, FromPort, ToPort, ...peer }: SecurityGroupRuleRequest,
  isEgress: boolean,
  around: Surroundings,
): RuleSpec {
  const { CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupId: GroupId, Description } = peer;
  const permission = {
    ...{ IpProtocol, FromPort, ToPort },
    IpRanges: CidrIpv4 === undefined ? [] : [{ CidrIp: CidrIpv4, Description }],
    Ipv6Ranges: CidrIpv6 === undefined ? [] : [{ CidrIpv6, Description }],
    PrefixListIds: PrefixListId === undefined ? [] : [{ PrefixListId, Description }],
    UserIdGroupPairs: GroupId === undefined ? [] : [{ GroupId, Description }],
  };
  const [spec, ...more] = requestedRules({ IpPermissions: [permission] }, isEgress, around);
  if (!spec || more.length > 0) {
    throw errors.combination(
      'A rule has one source or destination: a CIDR block, a prefix list or a group.',
    );
  }
  return spec;
}
