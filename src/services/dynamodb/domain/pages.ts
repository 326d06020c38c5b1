import type { Engine, Key, Range, Value } from '../../../storage/engine.ts';
import { after } from '../../../storage/keys.ts';
import { parseStored, sizeOfStored } from './stored-item.ts';
import type { Item } from './attribute-value.ts';

/** A page ends with the item that brings it to this size, by AWS's arithmetic. */
export const PAGE_BYTES = 1024 * 1024;
/** Entries asked of the store at once, where no limit is given. */
const BATCH = 1_000;

/** Keys from `from` inclusive to `to` exclusive. */
export interface Span {
  readonly from: Key;
  readonly to: Key;
}

export interface PageRequest extends Span {
  readonly reverse: boolean;
  /** Items to be evaluated at most. */
  readonly limit: number | undefined;
  /** What to take in place of the items of the span, in their order. */
  readonly fetch?: ((items: readonly Value[]) => Promise<readonly Value[]>) | undefined;
  /** Evaluated items that it refuses are counted but not returned. */
  readonly filter?: ((item: Item) => boolean) | undefined;
}

export interface Page {
  readonly items: readonly Value[];
  /** Items evaluated, and their size together. */
  readonly scanned: number;
  readonly bytes: number;
  /** The last of the span that was evaluated, where the page ended before the span did. */
  readonly last: Value | undefined;
}

/** Evaluates the items of a span in order until a page is full. */
export async function readPage(store: Engine, request: PageRequest): Promise<Page> {
  const { reverse, fetch, filter, limit = Infinity } = request;
  const items: Value[] = [];
  let scanned = 0;
  let bytes = 0;
  let last: Value | undefined;
  let rest = nonEmpty(request);
  while (rest && !last) {
    const batch: Range & Required<Pick<Range, 'limit' | 'maxBytes'>> = {
      from: rest.from,
      to: rest.to,
      reverse,
      limit: Math.min(limit - scanned, BATCH),
      maxBytes: PAGE_BYTES - bytes,
    };
    const entries = await store.range(batch);
    const evaluated: Value[] = [];
    let batchBytes = 0;
    for (const { value } of entries) {
      scanned += 1;
      bytes += sizeOfStored(value);
      batchBytes += value.length;
      evaluated.push(value);
      if (scanned < limit && bytes < PAGE_BYTES) continue;
      last = value;
      break;
    }
    for (const value of fetch ? await fetch(evaluated) : evaluated) {
      if (!filter || filter(parseStored(value))) items.push(value);
    }
    const more = entries.length >= batch.limit || batchBytes >= batch.maxBytes;
    const lastKey = entries.at(-1)?.key;
    rest = more && lastKey ? nonEmpty(beyond(rest, lastKey, reverse)) : undefined;
  }
  return { items, scanned, bytes, last };
}

/** What is left of a span behind the item at `key`, in the direction of reading. */
export function beyond({ from, to }: Span, key: Key, reverse: boolean): Span {
  return reverse ? { from, to: key } : { from: successor(key), to };
}

/** All keys that start with `prefix`. */
export function startingWith(prefix: Key): Span {
  return { from: prefix, to: after(prefix) };
}

/** The very next key: other than `after`, it comes before longer keys with the same beginning. */
export function successor(key: Key): Key {
  return Buffer.concat([key, ZERO]);
}

const ZERO = Uint8Array.of(0);

function nonEmpty(span: Span): Span | undefined {
  return Buffer.compare(span.from, span.to) < 0 ? span : undefined;
}
