import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { revokeRules } from '../domain/security-groups/revoke.ts';
import { onGroup } from '../domain/security-groups/permission.ts';
import type { Ec2Scope } from '../scope.ts';

/** Lets less in. */
export const revokeSecurityGroupIngress = operation(model.RevokeSecurityGroupIngress, {
  authorize: (input, { caller }: Ec2Scope) =>
    onGroup('RevokeSecurityGroupIngress', input.GroupId, caller),
  handle: (input, scope) => revokeRules(input, false, scope),
});
