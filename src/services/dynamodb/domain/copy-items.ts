import type { Engine, Key, Value } from '../../../storage/engine.ts';
import { batchesIn } from './batches.ts';
import type { OpenIndex } from './indexes.ts';
import { changeIndexes, entryOfStanding } from './indexes.ts';
import { decodeRecord, recordKey, recordsOf } from './journal.ts';
import type { KeyShape } from './keys.ts';
import { keyOfItem } from './keys.ts';
import { startingWith } from './pages.ts';
import { StoredItem } from './stored-item.ts';

/** Where items are brought that nobody reads or writes yet: a backup, or a table in creation. */
export interface Target {
  /** Items stand below it as they do in a table with the same key. */
  readonly prefix: Key;
  readonly indexes: readonly OpenIndex[];
}

/** A table's items as of one moment, although they are read later. */
export interface Source {
  /** Its items, or a backup's, stand below `prefix`. */
  readonly shape: KeyShape;
  /** The journal that tells what happened since; none where nothing changes any more. */
  readonly since?: { readonly tableId: string; readonly sequence: number };
}

/**
 * Copies the items that stand in the source now. What was changed while it went on is set right by
 * `rewind`. Doing it twice does no harm.
 */
export async function copyItems(
  store: Engine,
  { shape }: Source,
  target: Target,
  signal: AbortSignal,
): Promise<void> {
  for await (const entries of batchesIn(store, startingWith(shape.prefix), { signal })) {
    const items = new Map<string, StoredItem>();
    for (const { key, value } of entries) items.set(suffixOf(shape, key), new StoredItem(value));
    await place(store, target, items);
  }
}

/**
 * Takes back, last one first, what the journal tells of the source since its moment: then the
 * target is the source as of that moment. Begins after `copyItems` has ended, and may be repeated.
 */
export async function rewind(
  store: Engine,
  { shape, since }: Source,
  target: Target,
  signal: AbortSignal,
): Promise<void> {
  if (!since) return;
  const { tableId, sequence } = since;
  const span = { from: recordKey(tableId, sequence), to: startingWith(recordsOf(tableId)).to };
  for await (const entries of batchesIn(store, span, { reverse: true, signal })) {
    const items = new Map<string, StoredItem | undefined>();
    for (const { key, value } of entries) {
      const record = decodeRecord(key, value);
      const { item } = (record.old ?? record.new)!;
      items.set(suffixOf(shape, keyOfItem(shape, item)), record.old);
    }
    await place(store, target, items);
  }
}

/** Copies whatever stands below one prefix to the same places below another. */
export async function copyValues(
  store: Engine,
  from: Key,
  to: Key,
  signal: AbortSignal,
): Promise<void> {
  for await (const entries of batchesIn(store, startingWith(from), { signal })) {
    const writes = entries.map(({ key, value }) => ({
      key: Buffer.concat([to, key.subarray(from.length)]),
      value: Uint8Array.from(value),
    }));
    await store.transact([], () => ({ writes, result: undefined }));
  }
}

/** Brings the items of the target in line with `items`, which are named by what follows the prefix. */
async function place(
  store: Engine,
  { prefix, indexes }: Target,
  items: ReadonlyMap<string, StoredItem | undefined>,
): Promise<void> {
  const keys = [...items.keys()].map((suffix) =>
    Buffer.concat([prefix, Buffer.from(suffix, 'latin1')]),
  );
  const wanted = [...items.values()];
  await store.transact(keys, (values) => ({
    writes: wanted.flatMap((next, at) => {
      const key = keys[at]!;
      const old = storedAt(values[at]);
      return [
        { key, value: next?.value },
        ...changeIndexes(indexes, key, old, next, entryOfStanding).writes,
      ];
    }),
    result: undefined,
  }));
}

function storedAt(value: Value | undefined): StoredItem | undefined {
  return value && new StoredItem(value);
}

/** An item's place within its table, in a form that maps tell apart. */
function suffixOf({ prefix }: KeyShape, key: Key): string {
  return Buffer.from(key.subarray(prefix.length)).toString('latin1');
}
