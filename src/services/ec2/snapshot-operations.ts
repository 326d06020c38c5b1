import type { AnyOperation } from '../../kernel/operation.ts';
import { copySnapshot } from './operations/copy-snapshot.ts';
import { createSnapshot } from './operations/create-snapshot.ts';
import { createSnapshots } from './operations/create-snapshots.ts';
import { deleteSnapshot } from './operations/delete-snapshot.ts';
import { describeFastSnapshotRestores } from './operations/describe-fast-snapshot-restores.ts';
import { describeLockedSnapshots } from './operations/describe-locked-snapshots.ts';
import { describeSnapshotAttribute } from './operations/describe-snapshot-attribute.ts';
import { describeSnapshotTierStatus } from './operations/describe-snapshot-tier-status.ts';
import { describeSnapshots } from './operations/describe-snapshots.ts';
import { disableFastSnapshotRestores } from './operations/disable-fast-snapshot-restores.ts';
import { enableFastSnapshotRestores } from './operations/enable-fast-snapshot-restores.ts';
import { listSnapshotsInRecycleBin } from './operations/list-snapshots-in-recycle-bin.ts';
import { lockSnapshot } from './operations/lock-snapshot.ts';
import { modifySnapshotAttribute } from './operations/modify-snapshot-attribute.ts';
import { modifySnapshotTier } from './operations/modify-snapshot-tier.ts';
import { resetSnapshotAttribute } from './operations/reset-snapshot-attribute.ts';
import { restoreSnapshotFromRecycleBin } from './operations/restore-snapshot-from-recycle-bin.ts';
import { restoreSnapshotTier } from './operations/restore-snapshot-tier.ts';
import { unlockSnapshot } from './operations/unlock-snapshot.ts';
import type { Ec2Scope } from './scope.ts';

/** Snapshots of volumes, and where they are kept. */
export const snapshotOperations: readonly AnyOperation<Ec2Scope>[] = [
  copySnapshot,
  createSnapshot,
  createSnapshots,
  deleteSnapshot,
  describeFastSnapshotRestores,
  describeLockedSnapshots,
  describeSnapshotAttribute,
  describeSnapshotTierStatus,
  describeSnapshots,
  disableFastSnapshotRestores,
  enableFastSnapshotRestores,
  listSnapshotsInRecycleBin,
  lockSnapshot,
  modifySnapshotAttribute,
  modifySnapshotTier,
  resetSnapshotAttribute,
  restoreSnapshotFromRecycleBin,
  restoreSnapshotTier,
  unlockSnapshot,
];
