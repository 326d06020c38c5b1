import { AwsError } from '../../../kernel/aws-error.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Controller } from '../../../kernel/service.ts';
import type { Engine, Key } from '../../../storage/engine.ts';
import { key } from '../../../storage/keys.ts';
import { resourceNotFound } from '../errors.ts';
import type { ItemChange, ItemWrites } from './item-writes.ts';
import { JOURNAL, decodeRecord, recordKey, recordsOf, tableIdOfRecord } from './journal.ts';
import type { JournalRecord } from './journal.ts';
import { keyOfItem } from './keys.ts';
import { startingWith } from './pages.ts';
import { cursorKey, ownerOf, readCursor, writeCursor } from './replicas.ts';
import type { Replica, Table } from './table.ts';
import { keyShape } from './table.ts';
import type { Tables } from './tables.ts';

const BATCH = 100;
const BATCH_BYTES = 1024 * 1024;

interface Parts {
  readonly store: Engine;
  readonly tables: Tables;
  readonly items: ItemWrites;
  readonly log: Log;
}

/**
 * Gives the replicas of global tables what clients change in any of them, out of its journal and in
 * its order; what came from another replica is left to that one. How far each has been given what
 * is recorded, and a change that comes twice is dropped as it is not newer.
 */
export class Replication {
  readonly controller: Controller = {
    name: 'dynamodb:replication',
    start: async () => this.#start(),
  };
  readonly #parts: Parts;
  /** The tables that have replicas, by ID, as they were looked up. */
  #replicated: ReadonlyMap<string, Table> = new Map();
  /** Whether they are to be looked up anew, and all followed. */
  #isStale = true;
  /** IDs of tables in whose journals something may be new. */
  #dirty = new Set<string>();
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  #start(): () => Promise<void> {
    const { store } = this.#parts;
    const journals = store.watch(JOURNAL, (keys) => this.#hear(keys));
    const records = store.watch(key('dynamodb', 'table'), () => this.#hear([]));
    this.#hear([]);
    return async () => {
      this.#stopped = true;
      journals();
      records();
      await this.#running;
    };
  }

  /** @param keys of records that were written; none where anything may have changed */
  #hear(keys: readonly Key[]): void {
    if (keys.length === 0) this.#isStale = true;
    for (const place of keys) {
      const id = tableIdOfRecord(place);
      if (this.#isStale || this.#replicated.has(id)) this.#dirty.add(id);
    }
    this.#wake();
  }

  #wake(): void {
    if (this.#stopped || this.#running || !(this.#isStale || this.#dirty.size > 0)) return;
    this.#running = this.#run();
  }

  async #run(): Promise<void> {
    try {
      while (!this.#stopped && (this.#isStale || this.#dirty.size > 0)) await this.#turn();
    } catch (error) {
      // what is left is done when something is heard again
      this.#isStale = true;
      if (!this.#stopped) this.#parts.log.error({ err: error }, 'replication failed');
    } finally {
      this.#running = undefined;
    }
  }

  async #turn(): Promise<void> {
    let dirty: Iterable<string> = this.#dirty;
    this.#dirty = new Set();
    if (this.#isStale) {
      this.#isStale = false;
      this.#replicated = await this.#lookUp();
      dirty = this.#replicated.keys();
    }
    for (const id of dirty) {
      const table = this.#replicated.get(id);
      for (const replica of table?.replicas ?? []) await this.#follow(table!, replica);
    }
  }

  async #lookUp(): Promise<ReadonlyMap<string, Table>> {
    const replicated = new Map<string, Table>();
    for await (const table of this.#parts.tables.everywhere()) {
      if (table.replicas) replicated.set(table.id, table);
    }
    return replicated;
  }

  /** Brings a replica up to what has happened in the table. */
  async #follow(table: Table, replica: Replica): Promise<void> {
    const { store } = this.#parts;
    if (replica.status !== 'ACTIVE') return;
    const place = cursorKey(table.id, replica.tableId);
    let from = readCursor(await store.get(place));
    while (!this.#stopped) {
      const entries = await store.range({
        from: recordKey(table.id, from),
        to: startingWith(recordsOf(table.id)).to,
        limit: BATCH,
        maxBytes: BATCH_BYTES,
      });
      if (entries.length === 0) return;
      const records = entries.map(({ key: at, value }) => decodeRecord(at, value));
      const isThere = await this.#give(table, replica, records);
      if (!isThere) return;
      from = records.at(-1)!.sequence + 1;
      const cursor = writeCursor(table.id, replica.tableId, from);
      // a replica that has gone meanwhile has none, and gets none again
      await store.transact([place], ([standing]) => ({
        writes: standing ? [cursor] : [],
        result: undefined,
      }));
    }
  }

  /** @returns whether the replica could take it */
  async #give(table: Table, replica: Replica, records: readonly JournalRecord[]): Promise<boolean> {
    const owner = ownerOf(table);
    try {
      for (const changes of stepsOf(table, replica, records)) {
        await this.#parts.items.changeAll({ ...owner, region: replica.region }, changes, {
          author: 'replication',
        });
      }
      return true;
    } catch (error) {
      // being deleted, or another table of its name: its end is recorded elsewhere
      if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return false;
      throw error;
    }
  }
}

/** Several changes are made at once, but those of one item after each other. */
function* stepsOf(
  table: Table,
  replica: Replica,
  records: readonly JournalRecord[],
): Generator<readonly ItemChange[]> {
  const { region } = ownerOf(table);
  const shape = keyShape(table);
  let step = new Map<string, ItemChange>();
  for (const { author, atMs, old, new: next } of records) {
    if (author === 'replication') continue;
    const { item } = (next ?? old)!;
    const place = Buffer.from(keyOfItem(shape, item)).toString('latin1');
    if (step.has(place)) {
      yield [...step.values()];
      step = new Map();
    }
    step.set(place, {
      table: table.name,
      version: { atMs, region },
      locate(opened) {
        if (opened.table.id !== replica.tableId) throw resourceNotFound();
        return keyOfItem(opened, item);
      },
      next: () => next,
    });
  }
  if (step.size > 0) yield [...step.values()];
}
