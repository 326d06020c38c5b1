import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import type { Ec2Scope } from '../scope.ts';

/** Nobody can make retention rules, so there is nothing to restore. */
export const restoreImageFromRecycleBin = operation(model.RestoreImageFromRecycleBin, {
  authorize: ({ ImageId }, { caller }: Ec2Scope) =>
    onResource('RestoreImageFromRecycleBin', kinds.image, ImageId, caller),
  handle({ ImageId = '' }) {
    checkIds(kinds.image, [ImageId]);
    throw kinds.image.notFound([ImageId]);
  },
});
