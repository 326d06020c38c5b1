import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import type { Ec2Scope } from '../scope.ts';

/** Nobody can make retention rules, so there is nothing to restore. */
export const restoreVolumeFromRecycleBin = operation(model.RestoreVolumeFromRecycleBin, {
  authorize: ({ VolumeId }, { caller }: Ec2Scope) =>
    onResource('RestoreVolumeFromRecycleBin', kinds.volume, VolumeId, caller),
  handle({ VolumeId = '' }) {
    checkIds(kinds.volume, [VolumeId]);
    throw kinds.volume.notFound([VolumeId]);
  },
});
