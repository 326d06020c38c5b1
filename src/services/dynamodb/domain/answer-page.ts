import type { WireJson } from '../../../kernel/wire-json.ts';
import { Raw, answer } from './answer.ts';
import type { CapacityDetail } from './capacity.ts';
import { consumedByRead, pageUnits } from './capacity.ts';
import { selectionOf } from './expressions/request-expressions.ts';
import type { Path } from './expressions/syntax.ts';
import { keyOf } from './keys.ts';
import type { Page } from './pages.ts';
import { jsonOf, parseStored } from './stored-item.ts';
import type { OpenTable } from './tables.ts';

export interface PageParameters {
  readonly Select: string | undefined;
  readonly ConsistentRead: boolean | undefined;
  readonly ReturnConsumedCapacity: CapacityDetail | undefined;
}

/** What Query and Scan answer. */
export function answerPage(
  table: OpenTable,
  page: Page,
  parameters: PageParameters,
  projection: readonly Path[] | undefined,
): WireJson {
  const { Select, ConsistentRead = false, ReturnConsumedCapacity } = parameters;
  return answer({
    Items: Select === 'COUNT' ? undefined : itemsOf(page, projection).map((item) => new Raw(item)),
    Count: page.items.length,
    ScannedCount: page.scanned,
    LastEvaluatedKey: page.last && keyOf(table, parseStored(page.last)),
    ConsumedCapacity: consumedByRead(
      ReturnConsumedCapacity,
      table,
      Math.max(pageUnits(1, ConsistentRead), pageUnits(page.bytes, ConsistentRead)),
    ),
  });
}

function itemsOf({ items }: Page, projection: readonly Path[] | undefined): Uint8Array[] {
  if (!projection) return items.map(jsonOf);
  const select = selectionOf(projection);
  return items.map((item) => Buffer.from(JSON.stringify(select(parseStored(item)))));
}
