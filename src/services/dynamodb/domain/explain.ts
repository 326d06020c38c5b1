import type { Key } from '../../../storage/engine.ts';
import { writeUnits } from './capacity.ts';
import type { KeyTest } from './expressions/key-condition.ts';
import type { ItemChanged } from './item-writes.ts';
import type { KeyShape } from './keys.ts';
import { HASH_BYTES, partition } from './keys.ts';
import type { Page } from './pages.ts';
import type { SpanRequest } from './read-span.ts';

/** What a read of a span came to, for `x-alacarte-explain`. */
export function explainSpan(shape: KeyShape, request: SpanRequest, page: Page): object {
  const { from, to, reverse, limit, words } = request;
  const samePartition = partitionName(shape, from) === partitionName(shape, to);
  return {
    keys: words ?? (samePartition ? 'one partition' : 'all'),
    ...(samePartition && { partition: partitionName(shape, from) }),
    ...(reverse && { order: 'descending' }),
    ...(limit !== undefined && { limit }),
    examined: page.scanned,
    returned: page.items.length,
    bytes: page.bytes,
    more: page.last !== undefined,
  };
}

/** What a change of an item came to. */
export function explainChange(changed: ItemChanged, times: number): object {
  const { table, old, new: next, indexUnits } = changed;
  const { item } = next ?? old ?? {};
  const hashValue = item?.[table.hash[0]!.name];
  return {
    write: table.name,
    ...(hashValue && { partition: partitionName(table, partition(table, [hashValue])) }),
    ...(old && { oldBytes: old.size }),
    ...(next && { newBytes: next.size }),
    writeUnits: times * writeUnits(old?.size ?? 0, next?.size ?? 0),
    ...(indexUnits.size > 0 && {
      indexWriteUnits: Object.fromEntries(
        Array.from(indexUnits, ([name, units]) => [name, times * units]),
      ),
    }),
  };
}

/** A partition as explanations call it: the beginning of the hash that its keys share. */
export function partitionName({ prefix }: KeyShape, place: Key): string {
  const start = prefix.length;
  return Buffer.from(place.subarray(start, start + HASH_BYTES))
    .toString('hex')
    .slice(0, 8);
}

/** A key condition in words, e.g. `state = open AND at > 3`. */
export function inWords(tests: ReadonlyMap<string, KeyTest>): string {
  return Array.from(tests, ([name, { operator, values }]) => {
    const shown = values.map((value) => String(Object.values(value)[0]));
    return operator === 'begins_with'
      ? `begins_with(${name}, ${shown[0]})`
      : `${name} ${operator} ${shown.join(' and ')}`;
  }).join(' AND ');
}
