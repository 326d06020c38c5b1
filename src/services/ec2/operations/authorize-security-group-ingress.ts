import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { authorizeRules } from '../domain/security-groups/authorize.ts';
import { onGroup } from '../domain/security-groups/permission.ts';
import type { Ec2Scope } from '../scope.ts';

/** Lets more in. */
export const authorizeSecurityGroupIngress = operation(model.AuthorizeSecurityGroupIngress, {
  authorize: (input, { caller }: Ec2Scope) =>
    onGroup('AuthorizeSecurityGroupIngress', input.GroupId, caller),
  handle: (input, scope) => authorizeRules(input, false, scope),
});
