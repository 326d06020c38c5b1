import type { RevokedSecurityGroupRule, SecurityGroupRule } from '@aws-sdk/client-ec2';
import { clear } from '../../../../storage/records.ts';
import * as errors from '../../errors.ts';
import type { Ec2Scope } from '../../scope.ts';
import { permissions } from '../network/permissions.ts';
import { checkIds, kinds } from '../resource-kinds.ts';
import { requestedRules, surroundingsOf, type RulesRequest } from './requested-rules.ts';
import { identityOf, type RuleSpec } from './rule.ts';
import { realizeNetwork } from '../data-plane/carried.ts';

interface Request extends RulesRequest {
  readonly GroupId?: string | undefined;
  readonly GroupName?: string | undefined;
  readonly SecurityGroupRuleIds?: readonly string[] | undefined;
}

/**
 * Takes rules from a group, by their IDs or by what they say. What a group of the default VPC does
 * not have is told and no error, as AWS's page says; elsewhere it is one, and nothing is revoked.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupIngress.html
 */
export async function revokeRules(input: Request, isEgress: boolean, scope: Ec2Scope) {
  realizeNetwork(scope);
  const { caller, networks, securityGroups, tags } = scope;
  const group = await securityGroups.named(caller, input);
  const vpc = await networks.get('vpc', caller, group.VpcId ?? '');
  const around = await surroundingsOf(group, scope);
  const ids = input.SecurityGroupRuleIds ?? [];
  checkIds(kinds.securityGroupRule, ids);
  const specs = ids.length > 0 ? [] : requestedRules(input, isEgress, around);
  return securityGroups.changeRules(caller, group.GroupId, (present) => {
    const own = present.filter((rule) => rule.IsEgress === isEgress);
    const revoked = ids.length > 0 ? byId(own, ids) : matching(own, specs);
    const known = new Set(own.map(identityOf));
    const unknown = specs.filter((spec) => !known.has(identityOf(spec)));
    if (unknown.length > 0 && !vpc?.IsDefault) throw errors.ruleNotFound();
    const writes = revoked.flatMap(({ SecurityGroupRuleId = '' }) => [
      clear(securityGroups.ruleAt(caller, SecurityGroupRuleId)),
      tags.remove(caller, SecurityGroupRuleId),
    ]);
    const result = {
      Return: unknown.length === 0,
      ...(unknown.length > 0 && { UnknownIpPermissions: permissions(unknown) }),
      RevokedSecurityGroupRules: revoked.map(shown),
    };
    return { writes, result };
  });
}

function byId(rules: readonly SecurityGroupRule[], ids: readonly string[]): SecurityGroupRule[] {
  return [...new Set(ids)].map((id) => {
    const rule = rules.find((each) => each.SecurityGroupRuleId === id);
    if (!rule) throw kinds.securityGroupRule.notFound([id]);
    return rule;
  });
}

function matching(
  rules: readonly SecurityGroupRule[],
  specs: readonly RuleSpec[],
): SecurityGroupRule[] {
  const wanted = new Set(specs.map(identityOf));
  return rules.filter((rule) => wanted.has(identityOf(rule)));
}

function shown({ ReferencedGroupInfo, ...rule }: SecurityGroupRule): RevokedSecurityGroupRule {
  return {
    ...rule,
    ...(ReferencedGroupInfo && { ReferencedGroupId: ReferencedGroupInfo.GroupId }),
  };
}
