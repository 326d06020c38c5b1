import type { Engine, Key, Write } from '../../../storage/engine.ts';
import type { Workflow, Workflows } from '../../../workflows/workflows.ts';
import { entryOfStanding } from './indexes.ts';
import { entriesOf, itemsOf } from './keys.ts';
import { PAGE_BYTES, startingWith, successor } from './pages.ts';
import { purge } from './purge.ts';
import { StoredItem } from './stored-item.ts';
import type { Index, Table } from './table.ts';
import { keyNames } from './table.ts';
import type { TableOrder } from './table-order.ts';
import { orderOf } from './table-order.ts';
import type { Tables } from './tables.ts';

interface IndexOrder extends TableOrder {
  readonly indexId: string;
}

/** Entries that one transaction makes at most. */
const BATCH = 200;

/**
 * Indexes that come to a table that stands, and that leave one. An index is kept up by every write
 * from the moment it is in the table's record, so all that is left to do is to make the entries of
 * the items that stood there before.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.OnlineOps.html
 */
export class IndexBuilds {
  readonly creation: Workflow<IndexOrder>;
  readonly deletion: Workflow<IndexOrder>;
  readonly #tables: Tables;
  readonly #store: Engine;
  readonly #workflows: Workflows;

  constructor(parts: {
    readonly tables: Tables;
    readonly store: Engine;
    readonly workflows: Workflows;
  }) {
    this.#tables = parts.tables;
    this.#store = parts.store;
    this.#workflows = parts.workflows;
    this.creation = {
      name: 'dynamodb:CreateIndex',
      steps: [
        { name: 'allocate', run: (order) => this.#allocate(order) },
        { name: 'backfill', run: (order, signal) => this.#backfill(order, signal) },
        { name: 'open index', run: (order) => this.#openIndex(order) },
      ],
    };
    this.deletion = {
      name: 'dynamodb:DeleteIndex',
      steps: [
        {
          name: 'purge entries',
          run: ({ indexId }, signal) =>
            purge(this.#store, startingWith(entriesOf(indexId)), signal),
        },
        { name: 'forget index', run: (order) => this.#forget(order) },
      ],
    };
  }

  /** The write that orders what an index in such a status needs; `start` it once it is committed. */
  order(owner: TableOrder['owner'], table: Table, index: Index): Write {
    const order: IndexOrder = { ...orderOf(owner, table), indexId: index.id };
    return this.#workflows.order(this.#workflowFor(index), index.id, order);
  }

  start(index: Index): void {
    this.#workflows.start(this.#workflowFor(index), index.id);
  }

  #workflowFor({ status }: Index): Workflow<IndexOrder> {
    return status === 'DELETING' ? this.deletion : this.creation;
  }

  async #allocate(order: IndexOrder): Promise<void> {
    await this.#changeNew(order, (index) => ({ ...index, backfilling: true }));
  }

  async #openIndex(order: IndexOrder): Promise<void> {
    await this.#changeNew(order, ({ backfilling: _backfilling, ...index }) => ({
      ...index,
      status: 'ACTIVE',
    }));
  }

  /** Changes the index while it is coming; it may have been deleted meanwhile. */
  async #changeNew(order: IndexOrder, change: (index: Index) => Index): Promise<void> {
    await this.#tables.change(order.owner, order.name, (table) => {
      if (table?.id !== order.id) return { table };
      const indexes = table.indexes?.map((index) =>
        index.id === order.indexId && index.status === 'CREATING' ? change(index) : index,
      );
      return { table: { ...table, ...(indexes && { indexes }) } };
    });
  }

  async #backfill(order: IndexOrder, signal: AbortSignal): Promise<void> {
    let rest = startingWith(itemsOf(order.id));
    for (;;) {
      signal.throwIfAborted();
      const items = await this.#store.range({ ...rest, limit: BATCH, maxBytes: PAGE_BYTES });
      const last = items.at(-1);
      if (!last) return;
      const wanted = await this.#makeEntries(
        order,
        items.map(({ key }) => key),
      );
      if (!wanted) return;
      rest = { ...rest, from: successor(last.key) };
    }
  }

  /**
   * Makes the entries of items as they stand at that moment. As in AWS, an item whose attributes
   * cannot be the index's key is left out.
   *
   * @returns whether the index is still being made
   */
  #makeEntries({ owner, name, id, indexId }: IndexOrder, keys: readonly Key[]): Promise<boolean> {
    return this.#tables.write(owner, [name], ([opened]) => {
      const index = opened!.indexes.find((open) => open.index.id === indexId);
      if (opened!.table.id !== id || !index) {
        return { keys: [], compute: () => ({ writes: [], result: false }) };
      }
      return {
        keys,
        compute: (values) => {
          const writes = values.flatMap((value, at): Write[] => {
            const entry = value && entryOfStanding(index, keys[at]!, new StoredItem(value));
            return entry ? [{ key: entry.key, value: entry.stored.value }] : [];
          });
          return { writes, result: true };
        },
      };
    });
  }

  /** With the attributes that only this index used. */
  async #forget({ owner, name, id, indexId }: IndexOrder): Promise<void> {
    await this.#tables.change(owner, name, (table) => {
      if (table?.id !== id) return { table };
      const { indexes: standing = [], ...rest } = table;
      const indexes = standing.filter((index) => index.id !== indexId);
      const keys = [keyNames(table), ...indexes].flatMap(({ hashKeys, rangeKeys }) => [
        ...hashKeys,
        ...rangeKeys,
      ]);
      return {
        table: {
          ...rest,
          ...(indexes.length > 0 && { indexes }),
          attributeDefinitions: table.attributeDefinitions.filter((one) => keys.includes(one.name)),
        },
      };
    });
  }
}
