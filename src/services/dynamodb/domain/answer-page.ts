import type { WireJson } from '../../../kernel/wire-json.ts';
import type { Engine, Value } from '../../../storage/engine.ts';
import { Raw, answer } from './answer.ts';
import type { CapacityDetail } from './capacity.ts';
import { Spending, pageUnits, readUnits } from './capacity.ts';
import { selectionOf, testOf } from './expressions/request-expressions.ts';
import type { Condition, Path } from './expressions/syntax.ts';
import { keyOf, keyOfItem } from './keys.ts';
import type { Page, Span } from './pages.ts';
import { readPage } from './pages.ts';
import type { ReadSource } from './read-source.ts';
import { jsonOf, parseStored, sizeOfStored } from './stored-item.ts';

export interface PageParameters {
  readonly Select: string | undefined;
  readonly ConsistentRead: boolean | undefined;
  readonly ReturnConsumedCapacity: CapacityDetail | undefined;
}

export interface SpanRequest extends Span {
  readonly reverse: boolean;
  readonly limit: number | undefined;
  readonly filter: Condition | undefined;
  readonly projection: readonly Path[] | undefined;
}

/** Reads a page of a table or index as Query and Scan do, and answers with it. */
export async function answerPage(
  store: Engine,
  { table, index, shape, fetches }: ReadSource,
  request: SpanRequest,
  parameters: PageParameters,
): Promise<WireJson> {
  const { Select, ConsistentRead = false, ReturnConsumedCapacity } = parameters;
  const { filter, projection } = request;
  const spending = new Spending();
  const page = await readPage(store, {
    ...request,
    filter: filter && testOf(filter),
    fetch: fetches ? (entries) => fetchItems(entries) : undefined,
  });
  const units = Math.max(pageUnits(1, ConsistentRead), pageUnits(page.bytes, ConsistentRead));
  spending.add(table, units, index?.name);
  return answer({
    Items: Select === 'COUNT' ? undefined : itemsOf(page, projection),
    Count: page.items.length,
    ScannedCount: page.scanned,
    LastEvaluatedKey: page.last && keyOf(shape, parseStored(page.last)),
    ConsumedCapacity: spending.ofOne(ReturnConsumedCapacity),
  });

  /** A local index's entries, whole: each costs a read of the table. */
  async function fetchItems(entries: readonly Value[]): Promise<readonly Value[]> {
    const keys = entries.map((entry) => keyOfItem(table, parseStored(entry)));
    const found = await store.getMany(keys);
    const whole = found.filter((value) => value !== undefined);
    for (const value of whole) {
      spending.add(table, readUnits(sizeOfStored(value), ConsistentRead));
    }
    return whole;
  }
}

function itemsOf({ items }: Page, projection: readonly Path[] | undefined): Raw[] {
  if (!projection) return items.map((item) => new Raw(jsonOf(item)));
  const select = selectionOf(projection);
  return items.map((item) => Raw.of(JSON.stringify(select(parseStored(item)))));
}
