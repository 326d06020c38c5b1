/**
 * The interface of a storage engine: ordered keys and serializable transactions over a declared
 * set of keys. Handlers see only this, so that an embedded engine and a database across the
 * network serve them alike. `engine.contract.ts` is what every engine must pass.
 */
export interface Engine {
  /** e.g. `lmdb`, `postgres` */
  readonly name: string;

  /** The value last committed under `key`. */
  get(key: Key): Promise<Value | undefined>;

  /** Several values as of one moment. */
  getMany(keys: readonly Key[]): Promise<(Value | undefined)[]>;

  /**
   * A number that differs after every commit, whichever process made it: reads that begin later see
   * at least what it stands for. Undefined where the engine cannot tell at next to no cost.
   */
  revision(): number | undefined;

  /** Entries of one moment in key order; more than `limit` or `maxBytes` are left for a further call. */
  range(range: Range): Promise<Entry[]>;

  /**
   * Reads `keys`, computes, writes: as one serializable step, durable when the promise resolves.
   * `compute` is pure and synchronous, as it may run again after a conflict; what it throws
   * rejects the promise and nothing is written. Writes may go to keys that were not declared
   * (blind writes). `keys` may hold one key twice.
   */
  transact<Result>(
    keys: readonly Key[],
    compute: (values: readonly (Value | undefined)[]) => Changes<Result>,
  ): Promise<Result>;

  /**
   * Calls back, in commit order, with the keys below `prefix` that were written, soon after their
   * commit, whichever process made it where the engine is shared. It tells that something changed,
   * not what: a listener reads the present state, at start as well (level-triggered). It is called
   * with no keys where some writes may have passed unheard.
   */
  watch(prefix: Key, listener: (keys: readonly Key[]) => void): () => void;

  /** Waits for what is under way, then lets go; what comes later is rejected. */
  close(): Promise<void>;
}

/** Compared byte by byte; 1 to `MAX_KEY_BYTES` bytes. */
export type Key = Uint8Array;
/** Never changed by whoever gets it; it may be a view that the engine hands to several readers. */
export type Value = Uint8Array;

export interface Entry {
  readonly key: Key;
  readonly value: Value;
}

/** From `from` inclusive to `to` exclusive, ascending unless `reverse`. */
export interface Range {
  readonly from: Key;
  readonly to: Key;
  readonly reverse?: boolean;
  readonly limit?: number;
  /** Stops after the entry that brings the values' total length to this. */
  readonly maxBytes?: number;
}

/** A key with its new value; `undefined` removes it. */
export interface Write {
  readonly key: Key;
  readonly value: Value | undefined;
}

export interface Changes<Result> {
  readonly writes: readonly Write[];
  readonly result: Result;
}

/** What both LMDB (8 KiB pages) and PostgreSQL's B-tree (a third of a page) can index. */
export const MAX_KEY_BYTES = 2560;

/** What an engine answers once `close` was called. */
export function closedError(): Error {
  return new Error('the store is closed');
}
