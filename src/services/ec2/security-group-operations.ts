import type { AnyOperation } from '../../kernel/operation.ts';
import { authorizeSecurityGroupEgress } from './operations/authorize-security-group-egress.ts';
import { authorizeSecurityGroupIngress } from './operations/authorize-security-group-ingress.ts';
import { createSecurityGroup } from './operations/create-security-group.ts';
import { deleteSecurityGroup } from './operations/delete-security-group.ts';
import { describeSecurityGroupReferences } from './operations/describe-security-group-references.ts';
import { describeSecurityGroupRules } from './operations/describe-security-group-rules.ts';
import { describeSecurityGroups } from './operations/describe-security-groups.ts';
import { describeStaleSecurityGroups } from './operations/describe-stale-security-groups.ts';
import { getSecurityGroupsForVpc } from './operations/get-security-groups-for-vpc.ts';
import { modifySecurityGroupRules } from './operations/modify-security-group-rules.ts';
import { revokeSecurityGroupEgress } from './operations/revoke-security-group-egress.ts';
import { revokeSecurityGroupIngress } from './operations/revoke-security-group-ingress.ts';
import { updateSecurityGroupRuleDescriptionsEgress } from './operations/update-security-group-rule-descriptions-egress.ts';
import { updateSecurityGroupRuleDescriptionsIngress } from './operations/update-security-group-rule-descriptions-ingress.ts';
import type { Ec2Scope } from './scope.ts';

/** Security groups and their rules. */
export const securityGroupOperations: readonly AnyOperation<Ec2Scope>[] = [
  authorizeSecurityGroupEgress,
  authorizeSecurityGroupIngress,
  createSecurityGroup,
  deleteSecurityGroup,
  describeSecurityGroupReferences,
  describeSecurityGroupRules,
  describeSecurityGroups,
  describeStaleSecurityGroups,
  getSecurityGroupsForVpc,
  modifySecurityGroupRules,
  revokeSecurityGroupEgress,
  revokeSecurityGroupIngress,
  updateSecurityGroupRuleDescriptionsEgress,
  updateSecurityGroupRuleDescriptionsIngress,
];
