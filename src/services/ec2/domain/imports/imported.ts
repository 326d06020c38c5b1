import { ownDisk } from '../../../../compute/images/disk/own-disk.ts';
import type { OwnImage } from '../images/own-image.ts';
import { VOLUME_OF_COPIES, type Snapshot } from '../snapshots/snapshot.ts';
import { performanceOf } from '../volumes/performance.ts';
import type { ImportTask } from './import-task.ts';

/** The snapshots of the disks that a task has read. */
export function snapshotsOf(task: ImportTask, nowMs: number): Snapshot[] {
  const { account, region, encrypted } = task;
  return task.disks
    .filter(({ file }) => file !== undefined)
    .map(({ snapshotId, gib, description }) => ({
      ...{ account, region, id: snapshotId, gib, encrypted },
      volumeId: VOLUME_OF_COPIES,
      description: description ?? `Created by AWS-VMImport service for ${task.id}`,
      ...{ startedAtMs: nowMs, completedAtMs: nowMs, state: 'completed' as const },
      source: { kind: 'import' as const, id: task.id },
      system: {
        ...{ imageKey: ownDisk.name, architecture: ownDisk.architecture },
        rootCopy: 'raw' as const,
      },
    }));
}

/** The image of a task that makes one, named after it as on AWS. */
export function imageOf(task: ImportTask, nowMs: number): OwnImage | undefined {
  const { account, region, image, encrypted } = task;
  if (!image) return undefined;
  const disks = task.disks.map(({ device = '', gib, snapshotId }) => ({
    ...{ device, snapshotId, encrypted, deleteOnTermination: true },
    ...performanceOf({ type: 'gp2', gib }),
  }));
  return {
    ...{ account, region, id: image.id, name: task.id },
    ...(task.description !== undefined && { description: task.description }),
    architecture: ownDisk.architecture,
    createdAtMs: nowMs,
    state: 'available',
    rootDeviceName: disks[0]!.device,
    disks,
    ...{ imageKey: ownDisk.name, rootCopy: 'raw' },
    requiresImdsV2: false,
    enaSupport: true,
    sriovNetSupport: 'simple',
  };
}
