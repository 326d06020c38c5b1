import type { Caller } from '../../../kernel/caller.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Key, Value, Write } from '../../../storage/engine.ts';
import { transactionConflict } from '../errors.ts';
import { refuseDuplicates } from './distinct-items.ts';
import { equalItems } from './expressions/compare.ts';
import { changeExpiry } from './expiry.ts';
import { changeIndexes } from './indexes.ts';
import { type Author, appendRecords, headKey } from './journal.ts';
import type { JournalRecord } from './journal.ts';
import { each, firstReason } from './reasons.ts';
import type { Refusal } from './reasons.ts';
import { StoredItem } from './stored-item.ts';
import type { OpenTable, Tables, TablesWrite } from './tables.ts';
import { UnderWay } from './under-way.ts';

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
    return {
      items: keys,
      keys: [...keys, ...heads],
      compute: (values) => {
        const writes: Write[] = [];
        const transaction = { tables, keys, values, writes, isFree: options.author !== undefined };
        const made = each(changes, refusal, (change, at) => make(change, transaction, at));
        for (const [at, table] of journaled.entries()) {
          const records = this.#records(table, made, options.author);
          const head = values[keys.length + at];
          if (records.length > 0) writes.push(...appendRecords(table.table.id, head, records));
        }
        return { writes, result: made };
      },
    };
  }

  /** As in AWS's streams, a change that leaves an item as it was is no change. */
  #records(
    table: OpenTable,
    made: readonly ItemChanged[],
    author: Author | undefined,
  ): Omit<JournalRecord, 'sequence'>[] {
    const atMs = this.#clock.now();
    return made
      .filter((one) => one.table === table && !isSame(one))
      .map(({ old, new: next }) => ({ atMs, ...(author && { author }), old, new: next }));
  }
}

interface Transaction {
  readonly tables: readonly OpenTable[];
  readonly keys: readonly Key[];
  readonly values: readonly (Value | undefined)[];
  /** Where the changes' writes go. */
  readonly writes: Write[];
  /** AWS takes no units for what it does itself. */
  readonly isFree: boolean;
}

/** The item's own write, and those to its table's indexes and expiries. */
function make(
  change: ItemChange,
  { tables, keys, values, writes, isFree }: Transaction,
  at: number,
): ItemChanged {
  const table = tables[at]!;
  const key = keys[at]!;
  const value = values[at];
  const old = value && new StoredItem(value);
  const next = change.next(old, table);
  if (!isFree) table.meter?.check('write');
  if (old === next) return { table, old, new: next, indexUnits: NO_UNITS };
  const indexes = changeIndexes(table.indexes, key, old, next);
  if (!isFree) for (const name of indexes.units.keys()) table.meter?.check('write', name);
  writes.push({ key, value: next?.value }, ...indexes.writes);
  if (table.expiry) writes.push(...changeExpiry(table.expiry, key, old, next));
  return { table, old, new: next, indexUnits: indexes.units };
}

const NO_UNITS: ReadonlyMap<string, number> = new Map();

function twice(): Error {
  return new Error('two changes of one item in one step');
}

function isSame({ old, new: next }: ItemChanged): boolean {
  if (old === next) return true;
  // items of different sizes need not be parsed
  return old !== undefined && old.size === next?.size && equalItems(old.item, next.item);
}
