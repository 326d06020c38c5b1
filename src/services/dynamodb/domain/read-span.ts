import type { Engine, Value } from '../../../storage/engine.ts';
import { type Spending, pageUnits, readUnits } from './capacity.ts';
import { explainSpan } from './explain.ts';
import { testOf } from './expressions/request-expressions.ts';
import type { Condition } from './expressions/syntax.ts';
import { keyOfItem } from './keys.ts';
import type { Page, Span } from './pages.ts';
import { readPage } from './pages.ts';
import type { ReadSource } from './read-source.ts';
import { parseStored, sizeOfStored } from './stored-item.ts';

export interface SpanRequest extends Span {
  readonly reverse: boolean;
  readonly limit: number | undefined;
  readonly filter: Condition | undefined;
  /** The key condition, for an explanation. */
  readonly words?: string | undefined;
}

/**
 * Reads a page of a table or index, and adds up what it costs.
 *
 * @param consistent doubles the cost; what is read is what was last written anyway
 */
export async function readSpan(
  store: Engine,
  { table, index, shape, fetches }: ReadSource,
  request: SpanRequest,
  consistent: boolean,
  spending: Spending,
): Promise<Page> {
  const { filter } = request;
  const page = await readPage(store, {
    ...request,
    filter: filter && testOf(filter),
    fetch: fetches ? fetchItems : undefined,
  });
  const units = Math.max(pageUnits(1, consistent), pageUnits(page.bytes, consistent));
  const about = spending.explain && explainSpan(shape, request, page);
  spending.add(table, units, index?.name, about);
  return page;

  /** A local index's entries, whole: each costs a read of the table. */
  async function fetchItems(entries: readonly Value[]): Promise<readonly Value[]> {
    const keys = entries.map((entry) => keyOfItem(table, parseStored(entry)));
    const found = await store.getMany(keys);
    const whole = found.filter((value) => value !== undefined);
    for (const value of whole) spending.add(table, readUnits(sizeOfStored(value), consistent));
    return whole;
  }
}
