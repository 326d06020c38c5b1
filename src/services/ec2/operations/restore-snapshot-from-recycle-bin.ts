import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import type { Ec2Scope } from '../scope.ts';

/** Nobody can make retention rules, so there is nothing to restore. */
export const restoreSnapshotFromRecycleBin = operation(model.RestoreSnapshotFromRecycleBin, {
  authorize: ({ SnapshotId }, { caller }: Ec2Scope) =>
    onResource('RestoreSnapshotFromRecycleBin', kinds.snapshot, SnapshotId, caller),
  handle({ SnapshotId = '' }) {
    checkIds(kinds.snapshot, [SnapshotId]);
    throw kinds.snapshot.notFound([SnapshotId]);
  },
});
