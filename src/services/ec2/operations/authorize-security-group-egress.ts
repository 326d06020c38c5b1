import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { authorizeRules } from '../domain/security-groups/authorize.ts';
import { onGroup } from '../domain/security-groups/permission.ts';
import type { Ec2Scope } from '../scope.ts';

/** Lets more out. */
export const authorizeSecurityGroupEgress = operation(model.AuthorizeSecurityGroupEgress, {
  authorize: (input, { caller }: Ec2Scope) =>
    onGroup('AuthorizeSecurityGroupEgress', input.GroupId, caller),
  handle: (input, scope) => authorizeRules(input, true, scope),
});
