import type { Caller } from '../../../kernel/caller.ts';
import type { Changes, Engine, Value, Write } from '../../../storage/engine.ts';
import { key } from '../../../storage/keys.ts';
import { Records, clear, set } from '../../../storage/records.ts';
import type { Slot } from '../../../storage/records.ts';
import { resourceNotFound, tableNotFound } from '../errors.ts';
import { type Expiry, expiryOf } from './expiry.ts';
import type { KeyShape } from './keys.ts';
import { isUsable, keyShape, tableArn } from './table.ts';
import type { OpenIndex } from './indexes.ts';
import { openIndex } from './indexes.ts';
import { headKey, isJournaled } from './journal.ts';
import type { Table } from './table.ts';
import type { Meter, Throttle } from './throttle.ts';

type Owner = Pick<Caller, 'account' | 'region'>;

/** A table that items are read from and written to. */
export interface OpenTable extends KeyShape {
  readonly name: string;
  readonly table: Table;
  readonly indexes: readonly OpenIndex[];
  /** Whether its changes are recorded in its journal. */
  readonly journaled: boolean;
  /** Where throughput is enforced. */
  readonly meter: Meter | undefined;
  /** For one with time to live. */
  readonly expiry: Expiry | undefined;
  /** For a replica of a global table: its region. */
  readonly replica: string | undefined;
  /** The record as it was read, and where: a write holds only as long as it stands unchanged. */
  readonly row: { readonly slot: Slot<Table>; readonly bytes: Value };
}

/** The tables of a cloud, and those in use kept open. */
export class Tables {
  readonly #store: Engine;
  readonly #throttle: Throttle | undefined;
  readonly #records: Records<Table>;
  readonly #open = new Map<string, OpenTable>();
  /** Counts changes, so that a record read before one is not kept after it. */
  #generation = 0;

  /** @param throttle where throughput is to be enforced */
  constructor(store: Engine, throttle?: Throttle) {
    this.#store = store;
    this.#throttle = throttle;
    this.#records = new Records<Table>(store, 'dynamodb', 'table');
    // the writes of other processes; this one's are forgotten by `change`
    store.watch(key('dynamodb', 'table'), () => this.#forget());
  }

  at(owner: Owner, name: string): Slot<Table> {
    return this.#records.at(owner.account, owner.region, name);
  }

  async find(owner: Owner, nameOrArn: string): Promise<Table | undefined> {
    const name = tableNameOf(owner, nameOrArn);
    return name === undefined
      ? undefined
      : await this.#records.get(owner.account, owner.region, name);
  }

  /** @throws ResourceNotFoundException that names the table */
  async describe(owner: Owner, nameOrArn: string): Promise<Table> {
    const table = await this.find(owner, nameOrArn);
    if (!table) throw tableNotFound(tableNameOf(owner, nameOrArn) ?? nameOrArn);
    return table;
  }

  /** @throws ResourceNotFoundException unless the table is there and ready */
  async open(owner: Owner, nameOrArn: string): Promise<OpenTable> {
    const cacheKey = `${owner.account}/${owner.region}/${nameOrArn}`;
    const known = this.#open.get(cacheKey);
    if (known) return known;
    const name = tableNameOf(owner, nameOrArn);
    if (name === undefined) throw resourceNotFound();
    const slot = this.at(owner, name);
    const generation = this.#generation;
    const bytes = await this.#store.get(slot.key);
    const table = bytes && slot.decode(bytes);
    if (!table || !isUsable(table)) throw resourceNotFound();
    const opened: OpenTable = {
      ...keyShape(table),
      name,
      table,
      indexes: (table.indexes ?? [])
        .filter(({ status }) => status !== 'DELETING')
        .map((index) => openIndex(table, index)),
      journaled: isJournaled(table),
      expiry: expiryOf(table),
      replica: table.replicas && owner.region,
      meter: this.#throttle?.meter(table),
      row: { slot, bytes: Uint8Array.from(bytes) },
    };
    if (generation === this.#generation) this.#open.set(cacheKey, opened);
    return opened;
  }

  /** Opens each once and gives them in the order of the names, of which some may be the same. */
  async openAll(owner: Owner, namesOrArns: readonly string[]): Promise<OpenTable[]> {
    const names = [...new Set(namesOrArns)];
    const opened = await Promise.all(names.map((name) => this.open(owner, name)));
    if (names.length === 1) return namesOrArns.map(() => opened[0]!);
    return namesOrArns.map((name) => opened[names.indexOf(name)]!);
  }

  /**
   * Writes items as one step that holds only if the tables still are as they were opened, so that
   * no write is acknowledged into a table that another process deleted meanwhile, or passes by an
   * index that was added; else they are opened anew and `write` runs again.
   *
   * @param namesOrArns a table's may come several times; `write` gets them in this order, each
   *   table as one object
   */
  async write<Result>(
    owner: Owner,
    namesOrArns: readonly string[],
    write: (tables: readonly OpenTable[]) => TablesWrite<Result>,
  ): Promise<Result> {
    for (;;) {
      const tables = oncePerTable(await this.openAll(owner, namesOrArns));
      const rows = [...new Set(tables.map(({ row }) => row))];
      const { keys, compute } = write(tables);
      const done = await this.#store.transact<Result | typeof STALE>(
        [...rows.map(({ slot }) => slot.key), ...keys],
        (values) => {
          const stale = rows.some(({ bytes }, at) => {
            const now = values[at];
            return !now || Buffer.compare(now, bytes) !== 0;
          });
          return stale ? { writes: [], result: STALE } : compute(values.slice(rows.length));
        },
      );
      if (done !== STALE) return done;
      this.#forget();
    }
  }

  /**
   * Changes a table's record. `compute` gets the table as it stands, with the head of its journal,
   * and answers what shall stand (`undefined` removes it) along with further writes; it may throw to
   * refuse.
   */
  async change(
    owner: Owner,
    name: string,
    compute: (table: Table | undefined, head: Value | undefined) => TableChange,
  ): Promise<Table | undefined> {
    const [changed] = await this.changeAll([{ owner, name }], ([standing]) => {
      const { table, writes = [] } = compute(standing!.table, standing!.head);
      return { tables: [table], writes };
    });
    return changed;
  }

  /**
   * The same for several tables as one step.
   *
   * @param compute gets and gives them in the order of `places`
   */
  async changeAll(
    places: readonly TablePlace[],
    compute: (standing: readonly StandingTable[]) => TableChanges,
  ): Promise<readonly (Table | undefined)[]> {
    const slots = places.map(({ owner, name }) => this.at(owner, name));
    for (;;) {
      const found = await Promise.all(places.map(({ owner, name }) => this.find(owner, name)));
      // a table that is not there has no journal; its own row stands for it
      const heads = found.map((table, at) => (table ? headKey(table.id) : slots[at]!.key));
      try {
        type Done = readonly (Table | undefined)[] | typeof STALE;
        const keys = [...slots.map((slot) => slot.key), ...heads];
        const done = await this.#store.transact<Done>(keys, (values) => {
          const standing = slots.map((slot, at): StandingTable => {
            const row = values[at];
            const head = found[at] && values[slots.length + at];
            return { table: row && slot.decode(row), head };
          });
          const isStale = standing.some(({ table }, at) => table && table.id !== found[at]?.id);
          if (isStale) return { writes: [], result: STALE };
          const { tables, writes } = compute(standing);
          const rows = slots.map((slot, at) => {
            const table = tables[at];
            return table ? set(slot, table) : clear(slot);
          });
          return { writes: [...rows, ...writes], result: tables };
        });
        if (done !== STALE) return done;
      } finally {
        this.#forget();
      }
    }
  }

  /** All tables of the cloud. */
  everywhere(): AsyncGenerator<Table> {
    return this.#records.scan();
  }

  #forget(): void {
    this.#generation += 1;
    this.#open.clear();
  }

  /** Names in order, from the one behind `after`. */
  async names(owner: Owner, after: string | undefined, limit: number): Promise<string[]> {
    const names: string[] = [];
    for await (const { name } of this.#records.scan(owner.account, owner.region)) {
      if (after !== undefined && Buffer.compare(Buffer.from(name), Buffer.from(after)) <= 0)
        continue;
      names.push(name);
      if (names.length === limit) break;
    }
    return names;
  }
}

/** A table may have been opened twice: by name and by ARN, or at once. */
function oncePerTable(tables: readonly OpenTable[]): readonly OpenTable[] {
  if (tables.length === 1) return tables;
  const first = new Map<string, OpenTable>();
  return tables.map((opened) => {
    const known = first.get(opened.table.id);
    if (!known) first.set(opened.table.id, opened);
    return known ?? opened;
  });
}

export interface TablesWrite<Result> {
  readonly keys: readonly Uint8Array[];
  readonly compute: (values: readonly (Value | undefined)[]) => Changes<Result>;
}

export interface TablePlace {
  readonly owner: Owner;
  readonly name: string;
}

/** A table's record and the head of its journal, inside a transaction. */
export interface StandingTable {
  readonly table: Table | undefined;
  readonly head: Value | undefined;
}

/** What shall stand in each place; `undefined` removes a record. */
export interface TableChanges {
  readonly tables: readonly (Table | undefined)[];
  readonly writes: readonly Write[];
}

export interface TableChange {
  readonly table: Table | undefined;
  readonly writes?: readonly Write[];
}

const STALE: unique symbol = Symbol('the table has changed');

/** The name in an ARN of the caller's account and region, or a plain name. */
export function tableNameOf(owner: Owner, nameOrArn: string): string | undefined {
  if (!nameOrArn.startsWith('arn:')) return nameOrArn;
  const name = nameOrArn.slice(nameOrArn.indexOf('/') + 1);
  return tableArn(owner, name) === nameOrArn ? name : undefined;
}
