import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { checkLongIds, checkPrincipal } from '../domain/long-ids.ts';
import type { Ec2Scope } from '../scope.ts';

export const modifyIdentityIdFormat = operation(model.ModifyIdentityIdFormat, {
  handle({ PrincipalArn, Resource, UseLongIds }, _scope: Ec2Scope) {
    checkPrincipal(PrincipalArn, true);
    checkLongIds(Resource, UseLongIds);
    return {};
  },
});
