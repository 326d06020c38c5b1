import type { Engine, Entry, Key } from './engine.ts';
import { next, under } from './keys.ts';

const PAGE = 512;
/** A listing takes about as much memory again as its values; this many are kept. */
const KEPT = 16;

interface Listing<T> {
  /** What the store's revision was before it was read. */
  readonly revision: number | undefined;
  readonly entries: readonly Entry[];
  readonly records: readonly T[];
}

/**
 * Lists of decoded records that are read again and again, as every Describe operation does. What
 * has not changed is not decoded again: all of it where the store's revision is the same, else each
 * record whose bytes are. So a list is always as of now, whoever wrote, and an unchanged record is
 * the same frozen object each time, by which others may remember what they made of it.
 */
export class Listings<T> {
  readonly #store: Engine;
  readonly #decode: (value: Uint8Array) => T;
  /** By prefix, the one used last at the end. */
  readonly #kept = new Map<string, Listing<T>>();

  constructor(store: Engine, decode: (value: Uint8Array) => T) {
    this.#store = store;
    this.#decode = decode;
  }

  /** All records whose keys start with `prefix`, in order. */
  async read(prefix: Key): Promise<readonly T[]> {
    const name = Buffer.from(prefix).toString('latin1');
    const before = this.#kept.get(name);
    const revision = this.#store.revision();
    const now =
      before && revision !== undefined && before.revision === revision
        ? before
        : this.#renewed(before, revision, await entriesUnder(this.#store, prefix));
    this.#keep(name, now);
    return now.records;
  }

  #renewed(
    before: Listing<T> | undefined,
    revision: number | undefined,
    entries: readonly Entry[],
  ): Listing<T> {
    const known = before?.entries ?? [];
    let at = 0;
    let same = known.length === entries.length;
    const records = entries.map((entry, position) => {
      while (at < known.length && Buffer.compare(known[at]!.key, entry.key) < 0) at++;
      if (before && isSame(known[at], entry)) {
        same &&= at === position;
        return before.records[at]!;
      }
      same = false;
      return frozen(this.#decode(entry.value));
    });
    return { revision, entries, records: before && same ? before.records : records };
  }

  #keep(name: string, listing: Listing<T>): void {
    this.#kept.delete(name);
    this.#kept.set(name, listing);
    if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value!);
  }
}

async function entriesUnder(store: Engine, prefix: Key): Promise<Entry[]> {
  let range = { ...under(prefix), limit: PAGE };
  const entries: Entry[] = [];
  for (;;) {
    const page = await store.range(range);
    entries.push(...page);
    const last = page.at(-1);
    if (!last || page.length < PAGE) return entries;
    range = { ...range, from: next(last.key) };
  }
}

function isSame(known: Entry | undefined, { key, value }: Entry): boolean {
  return (
    known !== undefined &&
    Buffer.compare(known.key, key) === 0 &&
    Buffer.compare(known.value, value) === 0
  );
}

/** What several callers are given, none of them may change. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
