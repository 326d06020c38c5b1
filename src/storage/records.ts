import type { Changes, Engine, Key, Value, Write } from './engine.ts';
import { key, next, under } from './keys.ts';
import { Listings } from './listing.ts';

/** A place for one typed value. */
export interface Slot<T> {
  readonly key: Key;
  decode(value: Value): T;
  encode(value: T): Value;
}

/** JSON records of one kind, ordered by their path below a common prefix. */
export class Records<T> {
  readonly #store: Engine;
  readonly #prefix: Key;
  readonly #listings: Listings<T>;

  /** @param prefix e.g. `'ec2', 'instance'`; the path then tells account, region and identifier */
  constructor(store: Engine, ...prefix: readonly string[]) {
    this.#store = store;
    this.#prefix = key(...prefix);
    this.#listings = new Listings<T>(store, decode);
  }

  /** The place of one record, to be named in `transact`. */
  at(...path: readonly string[]): Slot<T> {
    return { key: key(this.#prefix, ...path), decode, encode };
  }

  async get(...path: readonly string[]): Promise<T | undefined> {
    const value = await this.#store.get(this.at(...path).key);
    return value && decode<T>(value);
  }

  /** All records below `path`, in order: frozen, and the same objects as long as they stay as they are. */
  list(...path: readonly string[]): Promise<readonly T[]> {
    return this.#listings.read(key(this.#prefix, ...path));
  }

  /** The same, read anew, without holding all of them at once. */
  async *scan(...path: readonly string[]): AsyncGenerator<T> {
    let range = { ...under(key(this.#prefix, ...path)), limit: 512 };
    for (;;) {
      const entries = await this.#store.range(range);
      for (const { value } of entries) yield decode<T>(value);
      const last = entries.at(-1);
      if (!last || entries.length < range.limit) return;
      range = { ...range, from: next(last.key) };
    }
  }

  /** Calls back soon after any record below `path` has changed. */
  watch(path: readonly string[], listener: () => void): () => void {
    return this.#store.watch(key(this.#prefix, ...path), () => listener());
  }
}

/** Sets a record as part of a transaction. */
export function set<T>(slot: Slot<T>, value: T): Write {
  return { key: slot.key, value: slot.encode(value) };
}

/** Removes a record as part of a transaction. */
export function clear(slot: Slot<unknown>): Write {
  return { key: slot.key, value: undefined };
}

type Contents<Slots extends readonly unknown[]> = {
  [Index in keyof Slots]: Slots[Index] extends Slot<infer T> ? T | undefined : never;
};

/**
 * `Engine.transact` on typed records: reads the slots, computes, writes, as one durable step.
 *
 * @example
 * await transact(store, [tables.at(account, region, name)], (table) => {
 *   if (table) throw errors.tableInUse(name);
 *   return { writes: [set(tables.at(account, region, name), created)], result: created };
 * });
 */
export function transact<const Slots extends readonly Slot<unknown>[], Result>(
  store: Engine,
  slots: Slots,
  compute: (...values: Contents<Slots>) => Changes<Result>,
): Promise<Result> {
  return store.transact(
    slots.map((slot) => slot.key),
    (values) => {
      const contents = slots.map((slot, at) => {
        const value = values[at];
        return value && slot.decode(value);
      });
      return compute(...(contents as Contents<Slots>));
    },
  );
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- what was encoded is what is decoded
function decode<T>(value: Value): T {
  return JSON.parse(Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString()) as T;
}

function encode(value: unknown): Value {
  return Buffer.from(JSON.stringify(value));
}
