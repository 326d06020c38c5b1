import type { AnyOperation } from '../../kernel/operation.ts';
import { cancelImportTask } from './operations/cancel-import-task.ts';
import { describeImportImageTasks } from './operations/describe-import-image-tasks.ts';
import { describeImportSnapshotTasks } from './operations/describe-import-snapshot-tasks.ts';
import { importImage } from './operations/import-image.ts';
import { importSnapshot } from './operations/import-snapshot.ts';
import type { Ec2Scope } from './scope.ts';

/** Disks of one's own that become snapshots and images. */
export const importOperations: readonly AnyOperation<Ec2Scope>[] = [
  cancelImportTask,
  describeImportImageTasks,
  describeImportSnapshotTasks,
  importImage,
  importSnapshot,
];
