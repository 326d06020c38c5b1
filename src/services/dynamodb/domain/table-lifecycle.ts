import type { Caller } from '../../../kernel/caller.ts';
import type { Engine, Key } from '../../../storage/engine.ts';
import type { Workflow, Workflows } from '../../../workflows/workflows.ts';
import {
  deletionProtected,
  tableAlreadyExists,
  tableBeingCopied,
  tableInUse,
  tableNotFound,
} from '../errors.ts';
import type { Backups } from './backups.ts';
import { expiriesOf } from './expiry.ts';
import { entriesOf, itemsOf } from './keys.ts';
import { startingWith } from './pages.ts';
import { purge } from './purge.ts';
import type { Streams } from './streams.ts';
import type { Index, StreamViewType, Table } from './table.ts';
import type { Tables } from './tables.ts';

type Owner = Pick<Caller, 'account' | 'region'>;

/** Which table an order is about: the ID tells it from a later one of the same name. */
export interface TableOrder {
  readonly owner: Owner;
  readonly name: string;
  readonly id: string;
}

/** CREATING → ACTIVE and ACTIVE → DELETING → gone, as orders that survive the process. */
export class TableLifecycle {
  readonly creation: Workflow<TableOrder>;
  readonly deletion: Workflow<TableOrder>;
  readonly #tables: Tables;
  readonly #backups: Backups;
  readonly #streams: Streams;
  readonly #store: Engine;
  readonly #workflows: Workflows;

  constructor(parts: {
    readonly tables: Tables;
    readonly backups: Backups;
    readonly streams: Streams;
    readonly store: Engine;
    readonly workflows: Workflows;
  }) {
    this.#tables = parts.tables;
    this.#backups = parts.backups;
    this.#streams = parts.streams;
    this.#store = parts.store;
    this.#workflows = parts.workflows;
    this.creation = {
      name: 'dynamodb:CreateTable',
      steps: [{ name: 'activate', run: (order) => this.activate(order) }],
    };
    this.deletion = {
      name: 'dynamodb:DeleteTable',
      steps: [
        { name: 'purge items', run: (order, signal) => this.#purgeTable(order, signal) },
        { name: 'forget table', run: (order) => this.#forget(order) },
      ],
    };
  }

  /**
   * Records a new table and orders it to become active.
   *
   * @param wanted what its stream shows
   */
  async create(
    owner: Owner,
    newTable: Table,
    wanted: StreamViewType | 'none' = 'none',
  ): Promise<Table> {
    const { name, id } = newTable;
    const created = await this.#tables.change(owner, name, (existing) => {
      if (existing) throw tableAlreadyExists(name);
      const { table, writes } = this.#streams.begin(owner, newTable, wanted);
      const order = this.#workflows.order(this.creation, id, orderOf(owner, table));
      return { table, writes: [...writes, order] };
    });
    this.#workflows.start(this.creation, id);
    return created!;
  }

  /** Marks a table as being deleted and orders it to be. */
  async delete(owner: Owner, name: string): Promise<Table> {
    const deleting = await this.#tables.change(owner, name, (existing, head) => {
      if (!existing) throw tableNotFound(name);
      if (existing.status === 'CREATING') throw tableInUse(name, 'created');
      if (existing.status === 'DELETING') throw tableInUse(name, 'deleted');
      if (existing.deletionProtection) throw deletionProtected();
      if (existing.copies) throw tableBeingCopied(name);
      const { table, writes } = this.#streams.end(owner, { ...existing, status: 'DELETING' }, head);
      const order = this.#workflows.order(this.deletion, table.id, orderOf(owner, table));
      return { table, writes: [...writes, ...this.#backups.ofDeleted(owner, existing), order] };
    });
    this.#workflows.start(this.deletion, deleting!.id);
    return deleting!;
  }

  /** Makes a table usable that is all there. */
  async activate({ owner, name, id }: TableOrder): Promise<void> {
    await this.#tables.change(owner, name, (table) => ({
      table: table?.id === id && table.status === 'CREATING' ? activated(table) : table,
    }));
  }

  async #purgeTable({ owner, name, id }: TableOrder, signal: AbortSignal): Promise<void> {
    const table = await this.#tables.find(owner, name);
    if (table?.id !== id) return;
    for (const prefix of keptUnder(table)) {
      await purge(this.#store, startingWith(prefix), signal);
    }
  }

  async #forget({ owner, name, id }: TableOrder): Promise<void> {
    await this.#tables.change(owner, name, (table) => ({
      table: table?.id === id ? undefined : table,
    }));
  }
}

/** All that goes with a table stands below these; its journal stays for those who still read it. */
function keptUnder({ id, indexes = [], recovery }: Table): readonly Key[] {
  const entries = indexes.map((index) => entriesOf(index.id));
  // what could be recovered stays as a backup
  return [...(recovery ? [] : [itemsOf(id)]), ...entries, expiriesOf(id)];
}

function activated(table: Table): Table {
  const indexes = table.indexes?.map((index): Index => ({ ...index, status: 'ACTIVE' }));
  return { ...table, ...(indexes && { indexes }), status: 'ACTIVE' };
}

function orderOf({ account, region }: Owner, { name, id }: Table): TableOrder {
  return { owner: { account, region }, name, id };
}
