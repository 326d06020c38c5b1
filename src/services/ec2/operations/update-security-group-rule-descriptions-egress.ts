import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { updateDescriptions } from '../domain/security-groups/update-descriptions.ts';
import { onGroup } from '../domain/security-groups/permission.ts';
import type { Ec2Scope } from '../scope.ts';

/** Says what rules for what goes out are for. */
export const updateSecurityGroupRuleDescriptionsEgress = operation(
  model.UpdateSecurityGroupRuleDescriptionsEgress,
  {
    authorize: (input, { caller }: Ec2Scope) =>
      onGroup('UpdateSecurityGroupRuleDescriptionsEgress', input.GroupId, caller),
    handle: (input, scope) => updateDescriptions(input, true, scope),
  },
);
