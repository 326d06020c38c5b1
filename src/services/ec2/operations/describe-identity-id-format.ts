import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { checkPrincipal, idFormats } from '../domain/long-ids.ts';
import type { Ec2Scope } from '../scope.ts';

export const describeIdentityIdFormat = operation(model.DescribeIdentityIdFormat, {
  handle({ PrincipalArn, Resource }, _scope: Ec2Scope) {
    checkPrincipal(PrincipalArn);
    return { Statuses: idFormats(Resource) };
  },
});
