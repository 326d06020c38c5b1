import type { Clock } from '../../../kernel/clock.ts';
import type { Engine } from '../../../storage/engine.ts';
import { itemsOf } from './keys.ts';
import { startingWith, successor } from './pages.ts';
import { sizeOfStored } from './stored-item.ts';

export interface TableSize {
  readonly items: number;
  readonly bytes: number;
}

/** AWS brings the counts of a description up to date about every six hours. */
const MAX_AGE_MS = 6 * 60 * 60 * 1000;
/** Below this many items a table is simply counted each time. */
const SMALL_ITEMS = 2_000;
const BATCH = 1_000;
/** What AWS adds to each item for its own bookkeeping. */
const OVERHEAD_BYTES = 100;

/**
 * How many items a table holds and how large they are. They are counted when somebody asks, so
 * that writes have no common counter to queue at; a large table's counts are kept for six hours.
 */
export class Statistics {
  readonly #store: Engine;
  readonly #clock: Clock;
  readonly #counted = new Map<string, TableSize & { readonly atMs: number }>();

  constructor(store: Engine, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** @param tableId the UUID in the table's description */
  async sizeOf(tableId: string): Promise<TableSize> {
    const known = this.#counted.get(tableId);
    if (known && this.#clock.now() - known.atMs < MAX_AGE_MS) return known;
    const size = await this.#count(tableId);
    if (size.items > SMALL_ITEMS) {
      this.#counted.set(tableId, { ...size, atMs: this.#clock.now() });
    }
    return size;
  }

  async #count(tableId: string): Promise<TableSize> {
    let items = 0;
    let bytes = 0;
    let rest = startingWith(itemsOf(tableId));
    for (;;) {
      const entries = await this.#store.range({ ...rest, limit: BATCH });
      for (const { value } of entries) bytes += sizeOfStored(value) + OVERHEAD_BYTES;
      items += entries.length;
      const last = entries.at(-1);
      if (!last || entries.length < BATCH) return { items, bytes };
      rest = { ...rest, from: successor(last.key) };
    }
  }
}
