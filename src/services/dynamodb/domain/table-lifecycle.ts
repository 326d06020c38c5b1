import type { Caller } from '../../../kernel/caller.ts';
import type { Engine, Key } from '../../../storage/engine.ts';
import type { Workflow, Workflows } from '../../../workflows/workflows.ts';
import { deletionProtected, tableAlreadyExists, tableInUse, tableNotFound } from '../errors.ts';
import { headKey, recordsOf } from './journal.ts';
import { entriesOf, itemsOf } from './keys.ts';
import { startingWith } from './pages.ts';
import type { Index, Table } from './table.ts';
import type { Tables } from './tables.ts';

type Owner = Pick<Caller, 'account' | 'region'>;

/** Which table an order is about: the ID tells it from a later one of the same name. */
interface TableOrder {
  readonly owner: Owner;
  readonly name: string;
  readonly id: string;
}

const PURGE_BATCH = 500;

/** CREATING → ACTIVE and ACTIVE → DELETING → gone, as orders that survive the process. */
export class TableLifecycle {
  readonly creation: Workflow<TableOrder>;
  readonly deletion: Workflow<TableOrder>;
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
      name: 'dynamodb:CreateTable',
      steps: [{ name: 'activate', run: (order) => this.#activate(order) }],
    };
    this.deletion = {
      name: 'dynamodb:DeleteTable',
      steps: [
        { name: 'purge items', run: (order, signal) => this.#purgeTable(order, signal) },
        { name: 'forget table', run: (order) => this.#forget(order) },
      ],
    };
  }

  /** Records a new table and orders it to become active. */
  async create(owner: Owner, table: Table): Promise<void> {
    const { name, id } = table;
    await this.#tables.change(owner, name, (existing) => {
      if (existing) throw tableAlreadyExists(name);
      return { table, writes: [this.#workflows.order(this.creation, id, orderOf(owner, table))] };
    });
    this.#workflows.start(this.creation, id);
  }

  /** Marks a table as being deleted and orders it to be. */
  async delete(owner: Owner, name: string): Promise<Table> {
    const deleting = await this.#tables.change(owner, name, (existing) => {
      if (!existing) throw tableNotFound(name);
      if (existing.status === 'CREATING') throw tableInUse(name, 'created');
      if (existing.status === 'DELETING') throw tableInUse(name, 'deleted');
      if (existing.deletionProtection) throw deletionProtected();
      const table: Table = { ...existing, status: 'DELETING' };
      const order = this.#workflows.order(this.deletion, table.id, orderOf(owner, table));
      return { table, writes: [order] };
    });
    this.#workflows.start(this.deletion, deleting!.id);
    return deleting!;
  }

  async #activate({ owner, name, id }: TableOrder): Promise<void> {
    await this.#tables.change(owner, name, (table) => ({
      table: table?.id === id && table.status === 'CREATING' ? activated(table) : table,
    }));
  }

  async #purgeTable({ owner, name, id }: TableOrder, signal: AbortSignal): Promise<void> {
    const table = await this.#tables.find(owner, name);
    if (table?.id !== id) return;
    for (const prefix of keptUnder(table)) await this.#purge(prefix, signal);
  }

  async #purge(prefix: Key, signal: AbortSignal): Promise<void> {
    const range = { ...startingWith(prefix), limit: PURGE_BATCH };
    for (;;) {
      signal.throwIfAborted();
      const entries = await this.#store.range(range);
      if (entries.length === 0) return;
      const writes = entries.map(({ key }) => ({ key, value: undefined }));
      await this.#store.transact([], () => ({ writes, result: undefined }));
    }
  }

  async #forget({ owner, name, id }: TableOrder): Promise<void> {
    await this.#tables.change(owner, name, (table) => ({
      table: table?.id === id ? undefined : table,
    }));
  }
}

/** All that goes with a table stands at or below these. */
function keptUnder({ id, indexes = [] }: Table): readonly Key[] {
  return [itemsOf(id), ...indexes.map((index) => entriesOf(index.id)), recordsOf(id), headKey(id)];
}

function activated(table: Table): Table {
  const indexes = table.indexes?.map((index): Index => ({ ...index, status: 'ACTIVE' }));
  return { ...table, ...(indexes && { indexes }), status: 'ACTIVE' };
}

function orderOf({ account, region }: Owner, { name, id }: Table): TableOrder {
  return { owner: { account, region }, name, id };
}
