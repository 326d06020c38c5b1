import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { idFormats } from '../domain/long-ids.ts';
import type { Ec2Scope } from '../scope.ts';

export const describeIdFormat = operation(model.DescribeIdFormat, {
  handle: ({ Resource }, _scope: Ec2Scope) => ({ Statuses: idFormats(Resource) }),
});
