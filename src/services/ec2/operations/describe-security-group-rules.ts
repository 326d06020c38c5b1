import type { SecurityGroupRule } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';
import { realizeNetwork } from '../domain/data-plane/carried.ts';

const filters: Filters<SecurityGroupRule> = {
  'group-id': (rule) => rule.GroupId,
  'security-group-rule-id': (rule) => rule.SecurityGroupRuleId,
};

export const describeSecurityGroupRules = operation(model.DescribeSecurityGroupRules, {
  async handle(input, scope: Ec2Scope) {
    realizeNetwork(scope);
    const recorded = await scope.networks.list('security-group-rule', scope.caller);
    const all = await scope.tags.join(scope.caller, recorded, (rule) => rule.SecurityGroupRuleId);
    const { found, NextToken } = select(all, input, {
      id: (rule) => rule.SecurityGroupRuleId,
      ids: { kind: kinds.securityGroupRule, given: input.SecurityGroupRuleIds },
      filters,
    });
    return { SecurityGroupRules: found, NextToken };
  },
});
