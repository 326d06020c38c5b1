import type { Snapshot as WireSnapshot } from '@aws-sdk/client-ec2';
import type { RootCopy } from '../../../../compute/driver.ts';
import type { Place } from '../place.ts';
import type { Sharing } from '../sharing.ts';
import type { FastRestore } from './fast-restores.ts';
import type { SnapshotLock } from './lock.ts';
import { isArchived, type Tiering } from './tier.ts';

/** Names one snapshot of a cloud. */
export interface SnapshotRef extends Place {
  readonly id: string;
}

/** The bytes of a volume at one moment. Times are milliseconds since the epoch. */
export interface Snapshot extends SnapshotRef {
  readonly volumeId: string;
  readonly gib: number;
  readonly encrypted: boolean;
  readonly description: string;
  readonly startedAtMs: number;
  readonly completedAtMs?: number;
  readonly state: 'pending' | 'completed' | 'error' | 'deleting';
  readonly stateMessage?: string;
  /** Where its bytes are taken from. */
  readonly source: Source;
  /** Absent where they are a volume's of its own, which no system was booted from. */
  readonly system?: System;
  readonly sharing?: Sharing;
  readonly lock?: SnapshotLock;
  readonly tiering?: Tiering;
  /** Where volumes are made of it at full speed at once, for whom. */
  readonly fastRestores?: readonly FastRestore[];
}

export interface Source {
  readonly kind: 'volume' | 'snapshot' | 'import';
  readonly id: string;
}

/** What boots from a copy of a root disk. */
export interface System {
  /** What the driver knows the image by, on which the disk was made. */
  readonly imageKey: string;
  readonly architecture: 'x86_64' | 'arm64';
  readonly rootCopy: RootCopy;
}

/** What is on the root disk of an instance. */
export function systemOf(
  { imageKey, architecture }: Omit<System, 'rootCopy'>,
  rootCopy: RootCopy,
): System {
  return { imageKey, architecture, rootCopy };
}

/** What DescribeSnapshots tells of a copy, which is of no volume here. */
export const VOLUME_OF_COPIES = 'vol-ffffffff';

export function refOf({ account, region, id }: SnapshotRef): SnapshotRef {
  return { account, region, id };
}

/** As DescribeSnapshots shows it now, without tags. */
export function wireSnapshot(
  snapshot: Snapshot,
  nowMs: number,
): WireSnapshot & { readonly SnapshotId: string } {
  const { id, account, state, stateMessage, completedAtMs, tiering } = snapshot;
  return {
    SnapshotId: id,
    OwnerId: account,
    VolumeId: snapshot.volumeId,
    VolumeSize: snapshot.gib,
    Encrypted: snapshot.encrypted,
    Description: snapshot.description,
    StartTime: new Date(snapshot.startedAtMs),
    State: state === 'deleting' ? 'completed' : state,
    Progress: state === 'pending' ? '0%' : '100%',
    StorageTier: isArchived(snapshot, nowMs) ? 'archive' : 'standard',
    ...(tiering?.restoredUntilMs !== undefined &&
      tiering.restoredUntilMs > nowMs && {
        RestoreExpiryTime: new Date(tiering.restoredUntilMs),
      }),
    ...(stateMessage !== undefined && { StateMessage: stateMessage }),
    ...(completedAtMs !== undefined && { CompletionTime: new Date(completedAtMs) }),
  };
}
