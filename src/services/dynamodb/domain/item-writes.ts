import { AwsError } from '../../../kernel/aws-error.ts';
import type { Caller } from '../../../kernel/caller.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Changes, Key, Value, Write } from '../../../storage/engine.ts';
import { equalItems } from './expressions/compare.ts';
import { changeIndexes } from './indexes.ts';
import { type Author, appendRecords, headKey } from './journal.ts';
import type { JournalRecord } from './journal.ts';
import { StoredItem } from './stored-item.ts';
import type { OpenTable, Tables } from './tables.ts';

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
      return {
        keys: [...keys, ...heads],
        compute: (values) => {
          const writes: Write[] = [];
          const made = make(changes, { tables, keys, values, options, writes });
          for (const [at, table] of journaled.entries()) {
            const records = this.#records(table, made, options.author);
            const head = values[keys.length + at];
            if (records.length > 0) writes.push(...appendRecords(table.table.id, head, records));
          }
          return { writes, result: made } satisfies Changes<readonly ItemChanged[]>;
        },
      };
    });
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
  readonly options: ChangeOptions;
  /** Where the changes' writes go. */
  readonly writes: Write[];
}

/** Makes all changes, or throws what they were refused for. */
function make(changes: readonly ItemChange[], transaction: Transaction): readonly ItemChanged[] {
  const { refusal = firstReason } = transaction.options;
  const made: ItemChanged[] = [];
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

/** The item's own write, and those to its table's indexes. */
function makeOne(
  change: ItemChange,
  { tables, keys, values, writes }: Transaction,
  at: number,
): ItemChanged {
  const table = tables[at]!;
  const key = keys[at]!;
  const value = values[at];
  const old = value && new StoredItem(value);
  const next = change.next(old, table);
  if (old === next) return { table, old, new: next, indexUnits: NO_UNITS };
  const indexes = changeIndexes(table.indexes, key, old, next);
  writes.push({ key, value: next?.value }, ...indexes.writes);
  return { table, old, new: next, indexUnits: indexes.units };
}

const NO_UNITS: ReadonlyMap<string, number> = new Map();

function firstReason(reasons: Reasons): Error {
  return reasons.find((reason) => reason !== undefined)!;
}

function isSame({ old, new: next }: ItemChanged): boolean {
  return (
    old === next || (old !== undefined && next !== undefined && equalItems(old.item, next.item))
  );
}
