import type { ReplaceRootVolumeTask } from '@aws-sdk/client-ec2';
import type { DiskId } from '../../../../compute/disks.ts';
import type { Place } from '../place.ts';

/** A root volume that another takes the place of. Times are milliseconds since the epoch. */
export interface RootReplacement extends Place {
  readonly id: string;
  readonly instanceId: string;
  readonly state: 'pending' | 'in-progress' | 'succeeded' | 'failed';
  readonly startedAtMs: number;
  readonly completedAtMs?: number;
  /** The volume that was the root volume, and the one that will be. */
  readonly replacedId: string;
  readonly volumeId: string;
  readonly deletesReplaced: boolean;
  /** What the request named; neither for what the instance was launched with. */
  readonly snapshotId?: string;
  readonly imageId?: string;
  readonly source: RootSource;
}

/** What a machine's root disk begins as. */
export interface RootSource {
  /** What the driver knows the image by. */
  readonly imageKey: string;
  /** The snapshot of which it is a copy; a fresh one of the image where absent. */
  readonly snapshotId?: DiskId;
  /** It is at least this large. */
  readonly gib: number;
}

/** As DescribeReplaceRootVolumeTasks shows it, without tags. */
export function wireReplacement(
  replacement: RootReplacement,
): ReplaceRootVolumeTask & { readonly ReplaceRootVolumeTaskId: string } {
  const { id, state, startedAtMs, completedAtMs, snapshotId, imageId } = replacement;
  return {
    ReplaceRootVolumeTaskId: id,
    InstanceId: replacement.instanceId,
    TaskState: state,
    StartTime: seconds(startedAtMs),
    ...(completedAtMs !== undefined && { CompleteTime: seconds(completedAtMs) }),
    ...(snapshotId !== undefined && { SnapshotId: snapshotId }),
    ...(imageId !== undefined && { ImageId: imageId }),
    DeleteReplacedRootVolume: replacement.deletesReplaced,
  };
}

/** The one time that EC2 tells as text. */
function seconds(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length)}Z`;
}
