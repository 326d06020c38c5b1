import { incorrectSnapshotState } from '../../snapshot-errors.ts';
import type { Snapshot } from './snapshot.ts';

/** The archive or the way out of it: what was asked last. Times are milliseconds since the epoch. */
export interface Tiering {
  readonly kind: 'archival' | 'temporary-restore' | 'permanent-restore';
  readonly startedAtMs: number;
  readonly archivedAtMs: number;
  /** When a snapshot that is restored for some days is archived again. */
  readonly restoredUntilMs?: number;
}

const DAY_MS = 24 * 3_600_000;

/** Whether a snapshot has to be restored before a volume can be made of it. */
export function isArchived({ tiering }: Pick<Snapshot, 'tiering'>, nowMs: number): boolean {
  if (!tiering || tiering.kind === 'permanent-restore') return false;
  return tiering.kind === 'archival' || (tiering.restoredUntilMs ?? 0) <= nowMs;
}

/** @throws IncorrectState for a snapshot of which nothing can be made before it is restored */
export function checkRestored(snapshot: Snapshot, nowMs: number): void {
  if (!isArchived(snapshot, nowMs)) return;
  throw incorrectSnapshotState(snapshot.id, 'is archived: restore it first');
}

/** @throws IncorrectState */
export function archived(snapshot: Snapshot, nowMs: number): Snapshot {
  const { id, state } = snapshot;
  if (state !== 'completed') throw incorrectSnapshotState(id, `is '${state}'`);
  if (isArchived(snapshot, nowMs)) throw incorrectSnapshotState(id, 'is archived already');
  const tiering = { kind: 'archival', startedAtMs: nowMs, archivedAtMs: nowMs } as const;
  return { ...snapshot, tiering };
}

/**
 * Takes a snapshot out of the archive, or changes for how long it is out.
 *
 * @param days for how long; forever where it is left out
 * @throws IncorrectState
 */
export function restored(snapshot: Snapshot, days: number | undefined, nowMs: number): Snapshot {
  const { tiering } = snapshot;
  if (!tiering || tiering.kind === 'permanent-restore') {
    throw incorrectSnapshotState(snapshot.id, 'is not archived');
  }
  const { archivedAtMs } = tiering;
  return {
    ...snapshot,
    tiering:
      days === undefined
        ? { kind: 'permanent-restore', startedAtMs: nowMs, archivedAtMs }
        : {
            ...{ kind: 'temporary-restore', startedAtMs: nowMs, archivedAtMs },
            restoredUntilMs: nowMs + days * DAY_MS,
          },
  };
}
