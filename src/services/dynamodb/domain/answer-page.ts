import type { WireJson } from '../../../kernel/wire-json.ts';
import type { Explain } from '../../../kernel/operation.ts';
import type { Engine } from '../../../storage/engine.ts';
import { answer } from './answer.ts';
import type { CapacityDetail } from './capacity.ts';
import { Spending } from './capacity.ts';
import type { Path } from './expressions/syntax.ts';
import { keyOf } from './keys.ts';
import type { ReadSource } from './read-source.ts';
import { type SpanRequest, readSpan } from './read-span.ts';
import { shownItem } from './shown-item.ts';
import { parseStored } from './stored-item.ts';

export interface PageParameters {
  readonly Select: string | undefined;
  readonly ConsistentRead: boolean | undefined;
  readonly ReturnConsumedCapacity: CapacityDetail | undefined;
}

export interface PageRequest extends SpanRequest {
  readonly projection: readonly Path[] | undefined;
}

/** Reads a page of a table or index as Query and Scan do, and answers with it. */
export async function answerPage(
  store: Engine,
  source: ReadSource,
  request: PageRequest,
  { Select, ConsistentRead = false, ReturnConsumedCapacity }: PageParameters,
  explain?: Explain,
): Promise<WireJson> {
  const spending = new Spending(explain);
  const page = await readSpan(store, source, request, ConsistentRead, spending);
  return answer({
    Items:
      Select === 'COUNT'
        ? undefined
        : page.items.map((item) => shownItem(item, request.projection)),
    Count: page.items.length,
    ScannedCount: page.scanned,
    LastEvaluatedKey: page.last && keyOf(source.shape, parseStored(page.last)),
    ConsumedCapacity: spending.ofOne(ReturnConsumedCapacity),
  });
}
