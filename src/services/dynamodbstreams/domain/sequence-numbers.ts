import { invalidParameters } from '../errors.ts';

/** AWS's sequence numbers have 21 digits at least; the journal's have 16 for centuries. */
const FACTOR = 100_000n;

/** A journal's sequence number as a stream shows it: decimal digits, in the same order. */
export function toSequenceNumber(sequence: number): string {
  return String(BigInt(sequence) * FACTOR);
}

/**
 * The place in the journal that a shown number means.
 *
 * @returns the first sequence number that is at it, or `after` it
 */
export function fromSequenceNumber(shown: string, { after }: { readonly after: boolean }): number {
  if (!/^\d+$/.test(shown)) throw invalidParameters('Invalid SequenceNumber');
  const number = BigInt(shown);
  const sequence = after ? number / FACTOR + 1n : (number + FACTOR - 1n) / FACTOR;
  return Number(sequence);
}
