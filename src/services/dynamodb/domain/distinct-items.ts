import type { Key } from '../../../storage/engine.ts';

/** Refuses a request that names one item twice: `keys` are where its items stand. */
export function refuseDuplicates(keys: readonly Key[], refusal: () => Error): void {
  if (keys.length < 2) return;
  if (new Set(keys.map(nameOf)).size < keys.length) throw refusal();
}

/** A place as text, by which places can be told apart in a set. */
export function nameOf(key: Key): string {
  return Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('latin1');
}
