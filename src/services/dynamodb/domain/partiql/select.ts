import type { Engine, Value } from '../../../../storage/engine.ts';
import { validation } from '../../errors.ts';
import { Raw } from '../answer.ts';
import type { Item } from '../attribute-value.ts';
import type { Spending } from '../capacity.ts';
import { pathsIn } from '../expressions/bind-condition.ts';
import { valueAt } from '../expressions/evaluate.ts';
import type { Path } from '../expressions/syntax.ts';
import { keyAttributes, keyOf } from '../keys.ts';
import { PAGE_BYTES, beyond } from '../pages.ts';
import { readSpan } from '../read-span.ts';
import { sourceOf } from '../read-source.ts';
import type { ReadSource } from '../read-source.ts';
import { startKey } from '../start-key.ts';
import { jsonOf, parseStored } from '../stored-item.ts';
import type { OpenTable } from '../tables.ts';
import type { Parameters } from './bind-values.ts';
import { bindWhere } from './bind-where.ts';
import { spansOf } from './key-conjuncts.ts';
import type { Select } from './syntax.ts';

export interface SelectOptions {
  readonly consistent: boolean;
  /** Items to be evaluated at most. */
  readonly limit: number | undefined;
  /** Where an earlier page ended. */
  readonly from: Position | undefined;
}

/** Between two pages: in which of the statement's spans, and behind which of its keys. */
export interface Position {
  readonly span: number;
  readonly after?: Item;
}

export interface Selected {
  readonly items: readonly Raw[];
  /** Where to go on, if there may be more. */
  readonly next: Position | undefined;
}

/** Reads what a SELECT statement asks for: by its key where the WHERE clause has one. */
export async function select(
  store: Engine,
  table: OpenTable,
  statement: Select,
  parameters: Parameters,
  spending: Spending,
  { consistent, limit = Infinity, from = { span: 0 } }: SelectOptions,
): Promise<Selected> {
  const where = statement.where && bindWhere(statement.where, parameters);
  const source = sourceOf(table, {
    IndexName: statement.index,
    ConsistentRead: consistent,
    Select: undefined,
    projection: statement.paths,
    filtered: where ? pathsIn(where) : [],
  });
  const { shape } = source;
  const { spans, isQuery } = spansOf(shape, where);
  const reverse = isReversed(source, statement, isQuery);
  const items: Raw[] = [];
  let scanned = 0;
  let bytes = 0;
  let after = from.after;
  for (let span = from.span; span < spans.length; span++) {
    const whole = spans[span]!;
    const request = {
      ...(after ? beyond(whole, startKey(shape, after), reverse) : whole),
      ...{ reverse, limit: limit === Infinity ? undefined : limit - scanned },
      filter: where,
    };
    // oxlint-disable-next-line no-await-in-loop -- one span after the other, until a page is full
    const page = await readSpan(store, source, request, consistent, spending);
    items.push(...page.items.map((value) => shown(value, statement.paths)));
    scanned += page.scanned;
    bytes += page.bytes;
    if (page.last) {
      return { items, next: { span, after: keyOf(shape, parseStored(page.last)) } };
    }
    after = undefined;
    const isFull = scanned >= limit || bytes >= PAGE_BYTES;
    if (isFull && span + 1 < spans.length) return { items, next: { span: span + 1 } };
  }
  return { items, next: undefined };
}

/** ORDER BY can only name what the items are in order of already. */
function isReversed({ shape }: ReadSource, { orderBy, where }: Select, isQuery: boolean): boolean {
  if (orderBy.length === 0) return false;
  if (!where) {
    throw validation('Must have WHERE clause in the statement when using ORDER BY clause.');
  }
  if (!isQuery) {
    throw validation(
      'Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.',
    );
  }
  for (const { name } of orderBy) {
    if (keyAttributes(shape).some((key) => key.name === name)) continue;
    throw validation(
      `Variable reference ${name} in ORDER BY clause must be part of the primary key`,
    );
  }
  const [sort] = shape.range;
  return orderBy.some(({ name, descending }) => name === sort?.name && descending);
}

/** An item as SELECT shows it: whole, or the values at its paths by the paths' last names. */
export function shown(value: Value, paths: readonly Path[] | undefined): Raw {
  if (!paths) return new Raw(jsonOf(value));
  const item = parseStored(value);
  const members = paths.flatMap((path) => {
    const found = valueAt(path, item);
    return found ? [[nameOf(path), found] as const] : [];
  });
  return Raw.of(JSON.stringify(Object.fromEntries(members)));
}

/** `m.l[0]` is shown as `l[0]`. */
function nameOf(path: Path): string {
  const last = path.findLastIndex((step) => typeof step === 'string');
  const indices = path.slice(last + 1).map((index) => `[${index}]`);
  return `${path[last]}${indices.join('')}`;
}
