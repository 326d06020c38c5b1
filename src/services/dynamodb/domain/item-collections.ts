import type { Engine } from '../../../storage/engine.ts';
import type { AttributeValue } from './attribute-value.ts';
import { batchesIn } from './batches.ts';
import type { ItemChanged } from './item-writes.ts';
import type { KeyShape } from './keys.ts';
import { partition } from './keys.ts';
import { startingWith } from './pages.ts';
import { sizeOfStored } from './stored-item.ts';

export type CollectionDetail = 'SIZE' | 'NONE' | undefined;

/** As ItemCollectionMetrics stands in an answer. */
export interface CollectionMetrics {
  readonly ItemCollectionKey: Readonly<Record<string, AttributeValue>>;
  /** Gigabytes: the whole ones below and above. */
  readonly SizeEstimateRangeGB: readonly [number, number];
}

const GIGABYTE = 2 ** 30;

/** The collection that a changed item belongs to, if its table has local indexes. */
export async function collectionMetrics(
  store: Engine,
  detail: CollectionDetail,
  { table, old, new: next }: ItemChanged,
): Promise<CollectionMetrics | undefined> {
  const locals = table.indexes.filter(({ index }) => index.kind === 'local');
  const item = next?.item ?? old?.item;
  if (detail !== 'SIZE' || locals.length === 0 || !item) return undefined;
  const { name } = table.hash[0]!;
  const value = item[name]!;
  let bytes = 0;
  // oxlint-disable-next-line no-await-in-loop -- so that little of it is in memory at a time
  for (const shape of [table, ...locals]) bytes += await bytesIn(store, shape, value);
  const whole = Math.floor(bytes / GIGABYTE);
  return { ItemCollectionKey: { [name]: value }, SizeEstimateRangeGB: [whole, whole + 1] };
}

/** Those of several changes, by table and each once. */
export async function collectionMetricsByTable(
  store: Engine,
  detail: CollectionDetail,
  changed: readonly ItemChanged[],
): Promise<ReadonlyMap<string, readonly CollectionMetrics[]> | undefined> {
  if (detail !== 'SIZE') return undefined;
  const byTable = new Map<string, Map<string, CollectionMetrics>>();
  for (const one of changed) {
    // oxlint-disable-next-line no-await-in-loop -- as above
    const metrics = await collectionMetrics(store, detail, one);
    if (!metrics) continue;
    const collections = byTable.get(one.table.name) ?? new Map<string, CollectionMetrics>();
    collections.set(JSON.stringify(metrics.ItemCollectionKey), metrics);
    byTable.set(one.table.name, collections);
  }
  if (byTable.size === 0) return undefined;
  return new Map(Array.from(byTable, ([name, collections]) => [name, [...collections.values()]]));
}

async function bytesIn(store: Engine, shape: KeyShape, value: AttributeValue): Promise<number> {
  let bytes = 0;
  for await (const entries of batchesIn(store, startingWith(partition(shape, [value])))) {
    for (const entry of entries) bytes += sizeOfStored(entry.value);
  }
  return bytes;
}
