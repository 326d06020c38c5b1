import type { Caller } from '../../../kernel/caller.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Key, Value, Write } from '../../../storage/engine.ts';
import { transactionConflict } from '../errors.ts';
import { refuseDuplicates } from './distinct-items.ts';
import { equalItems } from './expressions/compare.ts';
import { changeExpiry } from './expiry.ts';
import { changeIndexes, entryOf, entryOfStanding } from './indexes.ts';
import { type Author, appendRecords, headKey } from './journal.ts';
import type { JournalRecord } from './journal.ts';
import { each, firstReason } from './reasons.ts';
import type { Refusal } from './reasons.ts';
import { StoredItem } from './stored-item.ts';
import type { OpenTable, Tables, TablesWrite } from './tables.ts';
import { UnderWay } from './under-way.ts';
import { isNewer, nextVersion, standingVersions, versionPlaces, writeVersion } from './versions.ts';
import type { StandingVersions, Version } from './versions.ts';

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

/** Who changes, where it is not a client, and how a refusal is worded. */
export interface ChangeOptions {
  readonly author?: Author;
  /** The error for changes of which some were refused; the first reason if left out. */
  readonly refusal?: Refusal;
  /** The error for two changes of one item; a mistake of the caller's if left out. */
  readonly duplicate?: () => Error;
}

/** Changes as one step of the store, to be run by `Tables.write`. */
export interface ChangePlan extends TablesWrite<readonly ItemChanged[]> {
  /** Where the items stand: the first of `keys`, in the order of the changes. */
  readonly items: readonly Key[];
}

/** The one way by which items change: with their indexes and journal, as one durable step. */
export class ItemWrites {
  /** What this process's transactions are writing. */
  readonly underWay = new UnderWay();
  readonly #tables: Tables;
  readonly #clock: Clock;

  constructor(tables: Tables, clock: Clock) {
    this.#tables = tables;
    this.#clock = clock;
  }

  /**
   * Changes one item by itself.
   *
   * @throws AwsError what the change refuses with, `ResourceNotFoundException`, or
   *   `TransactionConflictException` where a transaction is writing the item
   */
  async change(
    owner: Owner,
    change: ItemChange,
    options: ChangeOptions = {},
  ): Promise<ItemChanged> {
    const [changed] = await this.#tables.write(owner, [change.table], (tables) => {
      const plan = this.plan(tables, [change], options);
      if (!options.author && this.underWay.has(plan.items[0]!)) throw transactionConflict();
      return plan;
    });
    return changed!;
  }

  /**
   * All of the changes or, where one is refused, none.
   *
   * @returns what happened, in the order of `changes`
   */
  changeAll(
    owner: Owner,
    changes: readonly ItemChange[],
    options: ChangeOptions = {},
  ): Promise<readonly ItemChanged[]> {
    const names = changes.map(({ table }) => table);
    return this.#tables.write(owner, names, (tables) => this.plan(tables, changes, options));
  }

  /** @param tables each change's own, in their order */
  plan(
    tables: readonly OpenTable[],
    changes: readonly ItemChange[],
    options: ChangeOptions,
  ): ChangePlan {
    const { refusal = firstReason } = options;
    const keys = each(changes, refusal, (change, at) => change.locate(tables[at]!));
    // two writes of one item in one step would leave its indexes in disorder
    refuseDuplicates(keys, options.duplicate ?? twice);
    const journaled = [...new Set(tables)].filter((table) => table.journaled);
    const heads = journaled.map(({ table }) => headKey(table.id));
    const versions = versionPlaces(tables, keys);
    return {
      items: keys,
      keys: [...keys, ...heads, ...versions.values()],
      compute: (values) => {
        const writes: Write[] = [];
        const nowMs = this.#clock.now();
        const isFree = options.author !== undefined;
        const standing = standingVersions(versions, values.slice(keys.length + heads.length));
        const transaction = { tables, keys, values, versions: standing, nowMs, writes, isFree };
        const made = each(changes, refusal, (change, at) => make(change, transaction, at));
        for (const [at, table] of journaled.entries()) {
          const records = recordsOf(table, made, options.author);
          const head = values[keys.length + at];
          if (records.length > 0) writes.push(...appendRecords(table.table.id, head, records));
        }
        return { writes, result: made };
      },
    };
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

interface Made extends ItemChanged {
  readonly atMs: number;
}

interface Transaction {
  readonly tables: readonly OpenTable[];
  readonly keys: readonly Key[];
  readonly values: readonly (Value | undefined)[];
  readonly versions: StandingVersions;
  readonly nowMs: number;
  /** Where the changes' writes go. */
  readonly writes: Write[];
  /** AWS takes no units for what it does itself. */
  readonly isFree: boolean;
}

/** The item's own write, and those to its table's indexes, expiries and versions. */
function make(change: ItemChange, transaction: Transaction, at: number): Made {
  const { tables, keys, values, versions, nowMs, writes, isFree } = transaction;
  const table = tables[at]!;
  const key = keys[at]!;
  const value = values[at];
  const old = value && new StoredItem(value);
  const version = versions.get(at);
  if (change.version && !isNewer(change.version, version?.standing)) {
    return { table, old, new: old, indexUnits: NO_UNITS, atMs: nowMs };
  }
  const next = change.next(old, table);
  if (!isFree) table.meter?.check('write');
  const made = { table, old, new: next, indexUnits: NO_UNITS, atMs: nowMs };
  if (version && (change.version || !isSame(made))) {
    const now = { atMs: nowMs, region: table.replica! };
    const stamp = change.version ?? nextVersion(now, version.standing);
    writes.push(writeVersion(version.place, stamp));
    // a replica's own changes are told with the time that makes them newer
    if (!change.version) made.atMs = stamp.atMs;
  }
  if (old === next) return made;
  const entry = change.version ? entryOfStanding : entryOf;
  const indexes = changeIndexes(table.indexes, key, old, next, entry);
  if (!isFree) for (const name of indexes.units.keys()) table.meter?.check('write', name);
  writes.push({ key, value: next?.value }, ...indexes.writes);
  if (table.expiry) writes.push(...changeExpiry(table.expiry, key, old, next));
  return { ...made, indexUnits: indexes.units };
}

const NO_UNITS: ReadonlyMap<string, number> = new Map();

function twice(): Error {
  return new Error('two changes of one item in one step');
}

function isSame({ old, new: next }: Pick<ItemChanged, 'old' | 'new'>): boolean {
  if (old === next) return true;
  // items of different sizes need not be parsed
  return old !== undefined && old.size === next?.size && equalItems(old.item, next.item);
}
