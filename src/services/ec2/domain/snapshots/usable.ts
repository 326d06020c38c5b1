import * as errors from '../../errors.ts';
import { incorrectSnapshotState, snapshotNotCompleted } from '../../snapshot-errors.ts';
import type { Snapshot } from './snapshot.ts';
import { isArchived } from './tier.ts';

/**
 * A snapshot that a volume can be made of.
 *
 * @throws IncorrectState, UnsupportedOperation
 */
export function checkUsable(snapshot: Snapshot, nowMs: number): Snapshot {
  const { id, state, system } = snapshot;
  if (state !== 'completed') throw snapshotNotCompleted(id, state);
  if (isArchived(snapshot, nowMs)) {
    throw incorrectSnapshotState(id, 'is archived: restore it first');
  }
  if (system?.rootCopy !== 'layer') return snapshot;
  throw errors.unsupported(
    `The snapshot ${id} is of a machine in namespaces, which has files and no disk: it makes images, not volumes.`,
  );
}
