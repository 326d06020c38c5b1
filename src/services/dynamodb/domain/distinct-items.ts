import type { Key } from '../../../storage/engine.ts';

/** Refuses a request that names one item twice: `keys` are where its items stand. */
export function refuseDuplicates(keys: readonly Key[], refusal: () => Error): void {
  if (keys.length < 2) return;
  const sorted = keys.toSorted((one, two) => Buffer.compare(one, two));
  for (let at = 1; at < sorted.length; at++) {
    if (Buffer.compare(sorted[at - 1]!, sorted[at]!) === 0) throw refusal();
  }
}
