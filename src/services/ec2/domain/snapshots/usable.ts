import * as errors from '../../errors.ts';
import { snapshotNotCompleted } from '../../snapshot-errors.ts';
import type { Snapshot } from './snapshot.ts';
import { checkRestored } from './tier.ts';

/**
 * A snapshot that a volume can be made of.
 *
 * @throws IncorrectState, UnsupportedOperation
 */
export function checkUsable(snapshot: Snapshot, nowMs: number): Snapshot {
  const { id, state, system } = snapshot;
  if (state !== 'completed') throw snapshotNotCompleted(id, state);
  checkRestored(snapshot, nowMs);
  if (system?.rootCopy !== 'layer') return snapshot;
  throw errors.unsupported(
    `The snapshot ${id} is of a machine in namespaces, which has files and no disk: it makes images, not volumes.`,
  );
}
