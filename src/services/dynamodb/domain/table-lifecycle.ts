import type { Caller } from '../../../kernel/caller.ts';
import type { Ids } from '../../../kernel/ids.ts';
import type { Engine, Key, Write } from '../../../storage/engine.ts';
import type { Workflow, Workflows } from '../../../workflows/workflows.ts';
import { tableNotFound } from '../errors.ts';
import {
  deletionProtected,
  resourceInUse,
  tableAlreadyExists,
  tableBeingCopied,
  tableInUse,
} from '../table-errors.ts';
import type { Backups } from './backups.ts';
import { isUnsettled, settled, tableBusy } from './changed-table.ts';
import { expiriesOf } from './expiry.ts';
import { IndexBuilds } from './index-builds.ts';
import { entriesOf, itemsOf } from './keys.ts';
import { startingWith } from './pages.ts';
import { purge } from './purge.ts';
import {
  changeTogether,
  cursorKey,
  cursorsOf,
  ownerOf,
  unchanged,
  withReplica,
} from './replicas.ts';
import type { ChangedStream, Streams } from './streams.ts';
import type { Index, Replica, StreamViewType, Table } from './table.ts';
import type { TableOrder } from './table-order.ts';
import { orderOf } from './table-order.ts';
import type { Tables } from './tables.ts';
import { versionsOf } from './versions.ts';

type Owner = Pick<Caller, 'account' | 'region'>;

/** CREATING → ACTIVE, UPDATING → ACTIVE, DELETING → gone, as orders that survive the process. */
export class TableLifecycle {
  readonly #creation: Workflow<TableOrder>;
  readonly #change: Workflow<TableOrder>;
  readonly #deletion: Workflow<TableOrder>;
  readonly #indexes: IndexBuilds;
  readonly #tables: Tables;
  readonly #backups: Backups;
  readonly #streams: Streams;
  readonly #store: Engine;
  readonly #workflows: Workflows;
  readonly #ids: Ids;

  constructor(parts: {
    readonly tables: Tables;
    readonly backups: Backups;
    readonly streams: Streams;
    readonly store: Engine;
    readonly workflows: Workflows;
    readonly ids: Ids;
  }) {
    this.#tables = parts.tables;
    this.#backups = parts.backups;
    this.#streams = parts.streams;
    this.#store = parts.store;
    this.#workflows = parts.workflows;
    this.#ids = parts.ids;
    this.#indexes = new IndexBuilds(parts);
    this.#creation = {
      name: 'dynamodb:CreateTable',
      steps: [{ name: 'activate', run: (order) => this.activate(order) }],
    };
    this.#change = {
      name: 'dynamodb:UpdateTable',
      steps: [{ name: 'settle', run: (order) => this.#settle(order) }],
    };
    this.#deletion = {
      name: 'dynamodb:DeleteTable',
      steps: [
        { name: 'purge items', run: (order, signal) => this.#purge(order, signal) },
        { name: 'forget table', run: (order) => this.#forget(order) },
      ],
    };
  }

  /** All that may have to be taken up at a start. */
  get workflows(): readonly Workflow<unknown>[] {
    const { creation, deletion } = this.#indexes;
    return [this.#creation, this.#change, this.#deletion, creation, deletion];
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
      const order = this.#workflows.order(this.#creation, id, orderOf(owner, table));
      return { table, writes: [...writes, order] };
    });
    this.#workflows.start(this.#creation, id);
    return created!;
  }

  /**
   * Changes a table, and its other replicas with it, and orders what does not come at once.
   *
   * @param change what is accepted of the table in a region; it may throw to refuse, and may run
   *   again
   * @param wanted what its stream is to show from now on; as before if left out
   * @returns the table as the request is answered with
   */
  async update(
    owner: Owner,
    name: string,
    change: (table: Table, region: string) => Table,
    wanted?: StreamViewType | 'none',
  ): Promise<Table> {
    let starts: readonly (() => void)[] = [];
    const [updated] = await changeTogether(this.#tables, owner, name, [], ([its, ...others]) => {
      if (!its!.table) throw tableNotFound(name);
      const changed = change(its!.table, owner.region);
      const streamed: ChangedStream =
        wanted === undefined
          ? { table: changed, writes: [] }
          : this.#streams.change(owner, changed, wanted, its!.head);
      const next = [
        streamed.table,
        ...others.map(({ table }) => table && change(table, ownerOf(table).region)),
      ];
      const orders = [its!, ...others].flatMap(({ table }, at) =>
        table ? this.#ordersFor(table, next[at]!) : [],
      );
      starts = orders.map(({ start }) => start);
      return { tables: next, writes: [...streamed.writes, ...orders.map(({ write }) => write)] };
    });
    for (const start of starts) start();
    return updated!;
  }

  /** What brings about the rest of a change, each to be started once it is recorded. */
  #ordersFor(before: Table, next: Table): { readonly write: Write; readonly start: () => void }[] {
    const owner = ownerOf(next);
    const online = newlyOnline(before, next);
    const id = this.#ids.uuid();
    return [
      ...(isUnsettled(next)
        ? [
            {
              write: this.#workflows.order(this.#change, id, orderOf(owner, next)),
              start: () => this.#workflows.start(this.#change, id),
            },
          ]
        : []),
      ...(online
        ? [
            {
              write: this.#indexes.order(owner, next, online),
              start: () => this.#indexes.start(online),
            },
          ]
        : []),
    ];
  }

  /** Marks a table as being deleted and orders it to be; its other replicas are told. */
  async delete(owner: Owner, name: string): Promise<Table> {
    const [deleting] = await changeTogether(this.#tables, owner, name, [], ([its, ...others]) => {
      const existing = its!.table;
      if (!existing) throw tableNotFound(name);
      checkDeletable(existing);
      const marked: Table = { ...existing, status: 'DELETING' };
      const { table, writes } = this.#streams.end(owner, marked, its!.head);
      const order = this.#workflows.order(this.#deletion, table.id, orderOf(owner, table));
      const { region } = owner;
      const replica: Replica = { region, tableId: table.id, status: 'DELETING' };
      return {
        tables: [
          table,
          ...others.map((other) => other.table && withReplica(other.table, table.id, replica)),
        ],
        writes: [...writes, ...this.#backups.ofDeleted(owner, existing), order],
      };
    });
    this.#workflows.start(this.#deletion, deleting!.id);
    return deleting!;
  }

  /** Makes a table usable that is all there. */
  async activate({ owner, name, id }: TableOrder): Promise<void> {
    await this.#tables.change(owner, name, (table) => ({
      table: table?.id === id && table.status === 'CREATING' ? activated(table) : table,
    }));
  }

  async #settle({ owner, name, id }: TableOrder): Promise<void> {
    await this.#tables.change(owner, name, (table) => ({
      table: table?.id === id ? settled(table) : table,
    }));
  }

  async #purge({ owner, name, id }: TableOrder, signal: AbortSignal): Promise<void> {
    const table = await this.#tables.find(owner, name);
    if (table?.id !== id) return;
    for (const prefix of keptUnder(table)) {
      await purge(this.#store, startingWith(prefix), signal);
    }
  }

  async #forget({ owner, name, id }: TableOrder): Promise<void> {
    await changeTogether(this.#tables, owner, name, [], ([its, ...others]) => {
      if (its!.table?.id !== id) return unchanged([its!, ...others]);
      return {
        tables: [
          undefined,
          ...others.map(({ table }) => table && withReplica(table, id, undefined)),
        ],
        writes: others.flatMap(({ table }) =>
          table ? [{ key: cursorKey(table.id, id), value: undefined }] : [],
        ),
      };
    });
  }
}

/** All that goes with a table stands below these; its journal stays for those who still read it. */
function keptUnder({ id, indexes = [], recovery }: Table): readonly Key[] {
  const entries = indexes.map((index) => entriesOf(index.id));
  // what could be recovered stays as a backup
  return [
    ...(recovery ? [] : [itemsOf(id)]),
    ...entries,
    expiriesOf(id),
    versionsOf(id),
    cursorsOf(id),
  ];
}

function activated(table: Table): Table {
  const indexes = table.indexes?.map((index): Index => ({ ...index, status: 'ACTIVE' }));
  return { ...table, ...(indexes && { indexes }), status: 'ACTIVE' };
}

/** The index that a change has begun to make or to remove. */
function newlyOnline(before: Table, { indexes = [] }: Table): Index | undefined {
  return indexes.find(({ id, status }) => {
    const was = before.indexes?.find((index) => index.id === id)?.status;
    return status !== was && (status === 'CREATING' || status === 'DELETING');
  });
}

function checkDeletable(table: Table): void {
  const { name, status, indexes = [] } = table;
  if (status === 'CREATING') throw tableInUse(name, 'created');
  if (status === 'DELETING') throw tableInUse(name, 'deleted');
  if (table.deletionProtection) throw deletionProtected();
  if (table.copies) throw tableBeingCopied(name);
  if (indexes.some((index) => index.status !== 'ACTIVE')) {
    throw resourceInUse(
      'Cannot delete table while indexes are being created, updated, or deleted.',
    );
  }
  if (table.next || table.replicas?.some((replica) => replica.status === 'CREATING')) {
    throw tableBusy(table);
  }
}
