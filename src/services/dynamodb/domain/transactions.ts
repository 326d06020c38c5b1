import type { Caller } from '../../../kernel/caller.ts';
import type { Engine, Key, Value } from '../../../storage/engine.ts';
import {
  transactionCancelled,
  transactionConflict,
  transactionInProgress,
  validation,
} from '../errors.ts';
import { refuseDuplicates } from './distinct-items.ts';
import type { ChangePlan, ItemChange, ItemChanged, ItemWrites } from './item-writes.ts';
import { each } from './reasons.ts';
import type { RequestTokens, TokenUse } from './request-tokens.ts';
import { StoredItem, sizeOfStored } from './stored-item.ts';
import type { OpenTable, Tables, TablesWrite } from './tables.ts';

type Owner = Pick<Caller, 'account' | 'region'>;

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html */
const MAX_BYTES = 4 * 1024 * 1024;

export interface WriteTransaction {
  readonly changes: readonly ItemChange[];
  /** ClientRequestToken: the same transaction under it is made once in ten minutes. */
  readonly token?: string | undefined;
  /** What makes two requests the same. */
  readonly parameters: unknown;
}

export interface TransactionMade {
  /** In the order of the changes. */
  readonly changed: readonly ItemChanged[];
  /** Whether it had been made before: then the items were only read. */
  readonly repeated: boolean;
}

/** One item to be read. */
export interface ItemLookup {
  readonly table: string;
  locate(table: OpenTable): Key;
}

export interface ItemFound {
  readonly table: OpenTable;
  readonly stored: StoredItem | undefined;
}

/** All or nothing, as of one moment: writes and reads of several items. */
export class Transactions {
  readonly #store: Engine;
  readonly #tables: Tables;
  readonly #items: ItemWrites;
  readonly #tokens: RequestTokens;
  /** Tokens of requests that are under way. */
  readonly #inProgress = new Set<string>();

  constructor(parts: {
    readonly store: Engine;
    readonly tables: Tables;
    readonly items: ItemWrites;
    readonly tokens: RequestTokens;
  }) {
    this.#store = parts.store;
    this.#tables = parts.tables;
    this.#items = parts.items;
    this.#tokens = parts.tokens;
  }

  /**
   * @throws AwsError `TransactionCanceledException` with a reason in the place of each change, or
   *   what refuses the request as a whole
   */
  async write(owner: Owner, transaction: WriteTransaction): Promise<TransactionMade> {
    const { token, parameters } = transaction;
    if (token === undefined) return this.#write(owner, transaction, undefined);
    const progress = `${owner.account}/${owner.region}/${token}`;
    if (this.#inProgress.has(progress)) throw transactionInProgress();
    this.#inProgress.add(progress);
    try {
      return await this.#write(owner, transaction, this.#tokens.use(owner, token, parameters));
    } finally {
      this.#inProgress.delete(progress);
    }
  }

  async #write(
    owner: Owner,
    { changes }: WriteTransaction,
    use: TokenUse | undefined,
  ): Promise<TransactionMade> {
    const names = changes.map(({ table }) => table);
    let end = (): void => {};
    try {
      return await this.#tables.write(owner, names, (tables) => {
        end(); // of an attempt that found a table changed
        const plan = this.#items.plan(tables, changes, {
          refusal: transactionCancelled,
          duplicate,
        });
        this.#refuseConflicts(plan.items);
        end = this.#items.underWay.begin(plan.items);
        return once(plan, tables, use);
      });
    } finally {
      end();
    }
  }

  /** @throws AwsError as `write` does */
  async read(owner: Owner, lookups: readonly ItemLookup[]): Promise<readonly ItemFound[]> {
    const names = lookups.map(({ table }) => table);
    const tables = await this.#tables.openAll(owner, names);
    const keys = each(lookups, transactionCancelled, (one, at) => one.locate(tables[at]!));
    refuseDuplicates(keys, duplicate);
    this.#refuseConflicts(keys);
    const values = await this.#store.getMany(keys);
    checkSize(values.reduce((bytes, value) => bytes + (value ? sizeOfStored(value) : 0), 0));
    return tables.map((table, at) => ({ table, stored: storedIn(values[at]) }));
  }

  #refuseConflicts(keys: readonly Key[]): void {
    each(keys, transactionCancelled, (place) => {
      if (this.#items.underWay.has(place)) throw transactionConflict();
    });
  }
}

/** @throws AwsError for items that are too large to be in one transaction */
export function checkSize(bytes: number): void {
  if (bytes <= MAX_BYTES) return;
  throw validation(`Transaction payload size cannot exceed 4MB. Payload Size: ${bytes}`);
}

/** The plan, unless a request with its token was made before; then the items are only looked at. */
function once(
  plan: ChangePlan,
  tables: readonly OpenTable[],
  use: TokenUse | undefined,
): TablesWrite<TransactionMade> {
  const places = use?.places ?? [];
  return {
    keys: [...places, ...plan.keys],
    compute: (all) => {
      const values = all.slice(places.length);
      if (use?.isRepeated(all.slice(0, places.length))) {
        const changed = tables.map((table, at) => unchanged(table, values[at]));
        return { writes: [], result: { changed, repeated: true } };
      }
      const { writes, result: changed } = plan.compute(values);
      checkSize(changed.reduce((bytes, one) => bytes + (one.new?.size ?? 0), 0));
      return {
        writes: use ? [...writes, use.record()] : writes,
        result: { changed, repeated: false },
      };
    },
  };
}

function unchanged(table: OpenTable, value: Value | undefined): ItemChanged {
  const stored = storedIn(value);
  return { table, old: stored, new: stored, indexUnits: new Map() };
}

function storedIn(value: Value | undefined): StoredItem | undefined {
  return value && new StoredItem(value);
}

function duplicate(): Error {
  return validation('Transaction request cannot include multiple operations on one item');
}
