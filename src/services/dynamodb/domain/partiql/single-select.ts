import { validation } from '../../errors.ts';
import type { Raw } from '../answer.ts';
import type { Item } from '../attribute-value.ts';
import { holds } from '../expressions/evaluate.ts';
import type { Condition } from '../expressions/syntax.ts';
import type { KeyShape } from '../keys.ts';
import type { StoredItem } from '../stored-item.ts';
import type { Parameters } from './bind-values.ts';
import { bindWhere } from './bind-where.ts';
import { wholeKey } from './key-conjuncts.ts';
import { shown } from './select.ts';
import type { Select } from './syntax.ts';

/** A SELECT of one item by its whole key, as batches and transactions take it. */
export interface SingleSelect {
  readonly key: Item;
  /** What the item must also be for it to be shown. */
  readonly rest: Condition | undefined;
}

/** @param within the operation's name, for the refusal of any other SELECT */
export function singleSelect(
  shape: KeyShape,
  { where, index }: Select,
  parameters: Parameters,
  within: string,
): SingleSelect {
  const found = index === undefined && wholeKey(shape, where && bindWhere(where, parameters));
  if (found) return found;
  throw validation(
    `Select statements within ${within} must specify the primary key in the where clause.`,
  );
}

export function shownSingle(
  stored: StoredItem | undefined,
  { rest }: SingleSelect,
  { paths }: Select,
): Raw | undefined {
  if (!stored || (rest && !holds(rest, stored.item))) return undefined;
  return shown(stored.value, paths);
}
