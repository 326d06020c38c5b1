import { AwsError } from '../../../kernel/aws-error.ts';
import type { Caller } from '../../../kernel/caller.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Changes, Key, Value, Write } from '../../../storage/engine.ts';
import { equalItems } from './expressions/compare.ts';
import { changeExpiry } from './expiry.ts';
import { changeIndexes, entryOf, entryOfStanding } from './indexes.ts';
import { type Author, appendRecords, headKey } from './journal.ts';
import type { JournalRecord } from './journal.ts';
import { StoredItem } from './stored-item.ts';
import type { OpenTable, Tables } from './tables.ts';
import { isNewer, nextVersion, readVersion, versionKey, writeVersion } from './versions.ts';
import type { Version } from './versions.ts';

type Owner = Pick<Caller, 'account' | 'region'>;

/** One item's change, whoever asks for it. */
export interface ItemChange {
  /** A table's name or ARN. */
  readonly table: string;
  /** Where the item stands; refuses what the table's keys do not allow. */
  locate(table: OpenTable): Key;
  /**
   * What shall stand there: `standing` itself leaves it alone, `undefined` takes it away, and what
   * is thrown refuses. Pure, as it may run again.
   */
  next(standing: StoredItem | undefined, table: OpenTable): StoredItem | undefined;
  /** Of one that comes from another replica: it gives way to what is newer. */
  readonly version?: Version;
}

/** A change that has been made. */
export interface ItemChanged {
  readonly table: OpenTable;
  readonly old: StoredItem | undefined;
  readonly new: StoredItem | undefined;
  /** Write units by index, of those it reached. */
  readonly indexUnits: ReadonlyMap<string, number>;
}

/** Why changes were refused, each reason in the place of its change. */
export type Reasons = readonly (AwsError | undefined)[];

/** Who changes, where it is not a client, and how a refusal is worded. */
export interface ChangeOptions {
  readonly author?: Author;
  /** The error for changes of which some were refused; the first reason if left out. */
  readonly refusal?: (reasons: Reasons) => Error;
}

/** The one way by which items change: with their indexes and journal, as one durable step. */
export class ItemWrites {
  readonly #tables: Tables;
  readonly #clock: Clock;

  constructor(tables: Tables, clock: Clock) {
    this.#tables = tables;
    this.#clock = clock;
  }

  /** @throws AwsError what the change refuses with, or `ResourceNotFoundException` */
  async change(owner: Owner, change: ItemChange, options?: ChangeOptions): Promise<ItemChanged> {
    const [changed] = await this.changeAll(owner, [change], options);
    return changed!;
  }

  /**
   * All of the changes or, where one is refused, none. Two changes must not be of the same item.
   *
   * @returns what happened, in the order of `changes`
   */
  changeAll(
    owner: Owner,
    changes: readonly ItemChange[],
    options: ChangeOptions = {},
  ): Promise<readonly ItemChanged[]> {
    const names = changes.map(({ table }) => table);
    return this.#tables.write(owner, names, (tables) => {
      const keys = changes.map((change, at) => change.locate(tables[at]!));
      const journaled = [...new Set(tables)].filter((table) => table.journaled);
      const heads = journaled.map(({ table }) => headKey(table.id));
      const versions = versionKeys(tables, keys);
      return {
        keys: [...keys, ...heads, ...versions.values()],
        compute: (values) => {
          const writes: Write[] = [];
          const nowMs = this.#clock.now();
          const replicated = standingVersions(versions, values.slice(keys.length + heads.length));
          const made = make(changes, { tables, keys, values, replicated, options, writes, nowMs });
          for (const [at, table] of journaled.entries()) {
            const records = recordsOf(table, made, options.author);
            const head = values[keys.length + at];
            if (records.length > 0) writes.push(...appendRecords(table.table.id, head, records));
          }
          return { writes, result: made } satisfies Changes<readonly ItemChanged[]>;
        },
      };
    });
  }
}

/** As in AWS's streams, a change that leaves an item as it was is no change. */
function recordsOf(
  table: OpenTable,
  made: readonly Made[],
  author: Author | undefined,
): Omit<JournalRecord, 'sequence'>[] {
  return made
    .filter((one) => one.table === table && !isSame(one))
    .map(({ atMs, old, new: next }) => ({ atMs, ...(author && { author }), old, new: next }));
}

/** Where the versions stand of the changes to replicated tables, by the place of the change. */
function versionKeys(tables: readonly OpenTable[], keys: readonly Key[]): ReadonlyMap<number, Key> {
  const versions = new Map<number, Key>();
  for (const [at, { table, replica }] of tables.entries()) {
    if (replica !== undefined) versions.set(at, versionKey(table.id, keys[at]!));
  }
  return versions;
}

type Replicated = ReadonlyMap<number, { readonly place: Key; readonly value: Value | undefined }>;

function standingVersions(
  versions: ReadonlyMap<number, Key>,
  values: readonly (Value | undefined)[],
): Replicated {
  return new Map([...versions].map(([at, place], nth) => [at, { place, value: values[nth] }]));
}

interface Made extends ItemChanged {
  readonly atMs: number;
}

interface Transaction {
  readonly tables: readonly OpenTable[];
  readonly keys: readonly Key[];
  readonly values: readonly (Value | undefined)[];
  /** Where the version of a change to a replicated table stands, and which one. */
  readonly replicated: Replicated;
  readonly options: ChangeOptions;
  readonly nowMs: number;
  /** Where the changes' writes go. */
  readonly writes: Write[];
}

/** Makes all changes, or throws what they were refused for. */
function make(changes: readonly ItemChange[], transaction: Transaction): readonly Made[] {
  const { refusal = firstReason } = transaction.options;
  const made: Made[] = [];
  let reasons: (AwsError | undefined)[] | undefined;
  for (const [at, change] of changes.entries()) {
    try {
      made.push(makeOne(change, transaction, at));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      reasons ??= changes.map(() => undefined);
      reasons[at] = error;
    }
  }
  if (reasons) throw refusal(reasons);
  return made;
}

/** The item's own write, and those to its table's indexes and expiries. */
function makeOne(change: ItemChange, transaction: Transaction, at: number): Made {
  const { tables, keys, values, replicated, writes, nowMs } = transaction;
  const table = tables[at]!;
  const key = keys[at]!;
  const value = values[at];
  const old = value && new StoredItem(value);
  const standing = readVersion(replicated.get(at)?.value);
  if (change.version && !isNewer(change.version, standing)) {
    return { table, old, new: old, indexUnits: NO_UNITS, atMs: nowMs };
  }
  const next = change.next(old, table);
  const made = { table, old, new: next };
  const atMs = stamp(change, made, transaction, at);
  if (old === next) return { ...made, indexUnits: NO_UNITS, atMs };
  const entry = change.version ? entryOfStanding : entryOf;
  const indexes = changeIndexes(table.indexes, key, old, next, entry);
  writes.push({ key, value: next?.value }, ...indexes.writes);
  if (table.expiry) writes.push(...changeExpiry(table.expiry, key, old, next));
  return { ...made, indexUnits: indexes.units, atMs };
}

/**
 * Keeps the version of a change to a replicated table.
 *
 * @returns the change's time, which in such a table is later than that of what stood there
 */
function stamp(
  { version }: ItemChange,
  made: Changed,
  { replicated, writes, nowMs }: Transaction,
  at: number,
): number {
  const its = replicated.get(at);
  if (!its || (!version && isSame(made))) return nowMs;
  const now = { atMs: nowMs, region: made.table.replica! };
  const next = version ?? nextVersion(now, readVersion(its.value));
  writes.push(writeVersion(its.place, next));
  return version ? nowMs : next.atMs;
}

const NO_UNITS: ReadonlyMap<string, number> = new Map();

function firstReason(reasons: Reasons): Error {
  return reasons.find((reason) => reason !== undefined)!;
}

type Changed = Pick<ItemChanged, 'table' | 'old' | 'new'>;

function isSame({ old, new: next }: Changed): boolean {
  return (
    old === next || (old !== undefined && next !== undefined && equalItems(old.item, next.item))
  );
}
