import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { checkLongIds } from '../domain/long-ids.ts';
import type { Ec2Scope } from '../scope.ts';

export const modifyIdFormat = operation(model.ModifyIdFormat, {
  handle({ Resource, UseLongIds }, _scope: Ec2Scope) {
    checkLongIds(Resource, UseLongIds);
    return {};
  },
});
