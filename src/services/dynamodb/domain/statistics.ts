import type { Clock } from '../../../kernel/clock.ts';
import type { Engine, Key } from '../../../storage/engine.ts';
import type { Backup } from './backups.ts';
import { batchesIn } from './batches.ts';
import { entriesOf, itemsOf } from './keys.ts';
import { startingWith } from './pages.ts';
import { sizeOfStored } from './stored-item.ts';
import type { Table } from './table.ts';

/** How many items, and their size by AWS's arithmetic. */
export interface Size {
  readonly items: number;
  readonly bytes: number;
}

export const EMPTY: Size = { items: 0, bytes: 0 };

export interface TableSizes {
  readonly table: Size;
  /** By the index's ID. */
  readonly indexes: ReadonlyMap<string, Size>;
}

/** AWS brings the counts of a description up to date about every six hours. */
const MAX_AGE_MS = 6 * 60 * 60 * 1000;
/** Below this many items a table is simply counted each time. */
const SMALL_ITEMS = 2_000;
/** What AWS adds to each item for its own bookkeeping. */
const OVERHEAD_BYTES = 100;

/**
 * How many items a table and its indexes hold and how large they are. They are counted when
 * somebody asks, so that writes have no common counter to queue at; the counts of a large one are
 * kept for six hours.
 */
export class Statistics {
  readonly #store: Engine;
  readonly #clock: Clock;
  readonly #counted = new Map<string, Size & { readonly atMs: number }>();

  constructor(store: Engine, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  async sizesOf({ id, indexes = [] }: Pick<Table, 'id' | 'indexes'>): Promise<TableSizes> {
    const table = await this.#sizeOf(id, itemsOf(id));
    const sizes = new Map<string, Size>();
    for (const index of indexes) {
      sizes.set(index.id, await this.#sizeOf(index.id, entriesOf(index.id)));
    }
    return { table, indexes: sizes };
  }

  /** One that is being made is still to be counted. */
  async sizeOfBackup({ status, itemsId }: Backup): Promise<Size> {
    return status === 'CREATING' ? EMPTY : await this.#sizeOf(itemsId, itemsOf(itemsId));
  }

  async #sizeOf(id: string, prefix: Key): Promise<Size> {
    const known = this.#counted.get(id);
    if (known && this.#clock.now() - known.atMs < MAX_AGE_MS) return known;
    const size = await this.#count(prefix);
    if (size.items > SMALL_ITEMS) this.#counted.set(id, { ...size, atMs: this.#clock.now() });
    return size;
  }

  async #count(prefix: Key): Promise<Size> {
    let items = 0;
    let bytes = 0;
    for await (const entries of batchesIn(this.#store, startingWith(prefix))) {
      items += entries.length;
      for (const { value } of entries) bytes += sizeOfStored(value) + OVERHEAD_BYTES;
    }
    return { items, bytes };
  }
}
