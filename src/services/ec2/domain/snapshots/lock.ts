import type { LockedSnapshotsInfo, LockState } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import type { Snapshot } from './snapshot.ts';

/** What keeps a snapshot from being deleted. Times are milliseconds since the epoch. */
export interface SnapshotLock {
  readonly mode: 'governance' | 'compliance';
  readonly createdAtMs: number;
  readonly term: LockTerm;
  /** How long a lock in compliance mode may be changed. */
  readonly coolOffHours?: number;
}

/** For how long: in days from when the snapshot was complete and locked, or until a moment. */
export type LockTerm = { readonly days: number } | { readonly untilMs: number };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Undefined where it was never locked. */
export function lockState(snapshot: Snapshot, nowMs: number): LockState | undefined {
  const { lock } = snapshot;
  if (!lock) return undefined;
  if ((expiry(snapshot, lock) ?? Number.POSITIVE_INFINITY) <= nowMs) return 'expired';
  if (lock.mode === 'governance') return 'governance';
  return (coolOffEnd(lock) ?? 0) > nowMs ? 'compliance-cooloff' : 'compliance';
}

export function isLocked(snapshot: Snapshot, nowMs: number): boolean {
  const state = lockState(snapshot, nowMs);
  return state !== undefined && state !== 'expired';
}

/**
 * A snapshot with another lock than it has, or a first one.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LockSnapshot.html
 *
 * @throws OperationNotPermitted where its lock in compliance mode may only be made longer
 */
export function locked(snapshot: Snapshot, asked: SnapshotLock, nowMs: number): Snapshot {
  const { lock } = snapshot;
  if (!lock || lockState(snapshot, nowMs) !== 'compliance') return { ...snapshot, lock: asked };
  const endsNow = expiry(snapshot, lock) ?? 0;
  const kept = { ...asked, createdAtMs: lock.createdAtMs };
  const after = 'days' in asked.term ? { ...kept, term: asked.term } : kept;
  if (
    asked.mode !== 'compliance' ||
    asked.coolOffHours !== undefined ||
    (expiry(snapshot, after) ?? 0) < endsNow
  ) {
    throw errors.notPermitted(
      `The snapshot '${snapshot.id}' is locked in compliance mode and its cooling-off period has expired. You can only increase the lock duration or extend the lock expiration date.`,
    );
  }
  const { coolOffHours } = lock;
  return { ...snapshot, lock: { ...after, ...(coolOffHours !== undefined && { coolOffHours }) } };
}

/** @throws OperationNotPermitted where nobody may unlock it any more, or there is nothing to unlock */
export function unlocked(snapshot: Snapshot, nowMs: number): Snapshot {
  const state = lockState(snapshot, nowMs);
  if (state === undefined || state === 'expired') {
    throw errors.notPermitted(`The snapshot '${snapshot.id}' is not locked.`);
  }
  if (state === 'compliance') {
    throw errors.notPermitted(
      `The snapshot '${snapshot.id}' is locked in compliance mode and its cooling-off period has expired. It can't be unlocked.`,
    );
  }
  const { lock: _, ...rest } = snapshot;
  return rest;
}

/** As LockSnapshot and DescribeLockedSnapshots show it, but for whose it is. */
export function wireLock(snapshot: Snapshot, nowMs: number): LockedSnapshotsInfo {
  const { id: SnapshotId, lock } = snapshot;
  if (!lock) return { SnapshotId };
  const { createdAtMs, term, coolOffHours } = lock;
  const start = termStart(snapshot, lock);
  const end = expiry(snapshot, lock);
  const coolOff = coolOffEnd(lock);
  return {
    SnapshotId,
    LockState: lockState(snapshot, nowMs),
    LockDuration: 'days' in term ? term.days : Math.ceil((term.untilMs - createdAtMs) / DAY_MS),
    ...(coolOffHours !== undefined && { CoolOffPeriod: coolOffHours }),
    ...(coolOff !== undefined && { CoolOffPeriodExpiresOn: new Date(coolOff) }),
    LockCreatedOn: new Date(createdAtMs),
    ...(start !== undefined && { LockDurationStartTime: new Date(start) }),
    ...(end !== undefined && { LockExpiresOn: new Date(end) }),
  };
}

function coolOffEnd({ createdAtMs, coolOffHours }: SnapshotLock): number | undefined {
  return coolOffHours === undefined ? undefined : createdAtMs + coolOffHours * HOUR_MS;
}

/** A duration does not begin before there is something to keep. */
function termStart({ completedAtMs }: Snapshot, { createdAtMs }: SnapshotLock): number | undefined {
  return completedAtMs === undefined ? undefined : Math.max(createdAtMs, completedAtMs);
}

function expiry(snapshot: Snapshot, lock: SnapshotLock): number | undefined {
  if ('untilMs' in lock.term) return lock.term.untilMs;
  const start = termStart(snapshot, lock);
  return start === undefined ? undefined : start + lock.term.days * DAY_MS;
}
