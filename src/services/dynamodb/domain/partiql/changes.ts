import { duplicateItem, validation } from '../../errors.ts';
import { admitItem, checkItemSize } from '../admit-item.ts';
import { Raw } from '../answer.ts';
import type { Condition } from '../expressions/syntax.ts';
import { project } from '../expressions/projection.ts';
import { checking, deleting, putting, updating } from '../item-changes.ts';
import type { ItemChange, ItemChanged } from '../item-writes.ts';
import type { KeyShape } from '../keys.ts';
import { StoredItem } from '../stored-item.ts';
import { type Parameters, valueOf } from './bind-values.ts';
import { bindUpdate } from './bind-update.ts';
import { bindWhere } from './bind-where.ts';
import { type WholeKey, wholeKey } from './key-conjuncts.ts';
import type { Delete, Exists, Insert, Statement, Update, Where } from './syntax.ts';

/** A statement that changes an item, or in a transaction looks at one. */
export type ChangeStatement = Exclude<Statement, { readonly kind: 'select' }>;

/**
 * What a statement does to its one item.
 *
 * @param showsItem whether a refusal by the WHERE clause shows the item
 */
export function changeOf(
  shape: KeyShape,
  statement: ChangeStatement,
  parameters: Parameters,
  showsItem: boolean,
): ItemChange {
  switch (statement.kind) {
    case 'insert':
      return inserting(statement, parameters);
    case 'update': {
      const { key, rest } = keyIn(shape, statement.where, parameters);
      const update = bindUpdate(statement, parameters);
      const change = updating(statement.table, key, update, { condition: rest, showsItem });
      return { ...change, next: onlyIfThere(change, key) };
    }
    case 'delete': {
      const { key, rest } = keyIn(shape, statement.where, parameters);
      return deleting(statement.table, key, { condition: rest, showsItem });
    }
    case 'exists':
      return checkingExistence(shape, statement, parameters, showsItem);
  }
}

function inserting({ table, item: sent }: Insert, parameters: Parameters): ItemChange {
  const value = valueOf(sent, parameters);
  if (!('M' in value)) throw validation('The item to be inserted must be a map');
  const { item, size } = admitItem(value.M);
  checkItemSize(size);
  const change = putting(table, StoredItem.of(item, size));
  return {
    ...change,
    next(standing, opened) {
      if (standing) throw duplicateItem();
      return change.next(standing, opened);
    },
  };
}

/** Other than an update expression, UPDATE makes no item: its key is part of its condition. */
function onlyIfThere(change: ItemChange, key: WholeKey['key']): ItemChange['next'] {
  const isThere = checking(change.table, key, { condition: exists(key) });
  return (standing, table) => {
    isThere.next(standing, table);
    return change.next(standing, table);
  };
}

function exists(key: WholeKey['key']): Condition {
  const [name] = Object.keys(key);
  return {
    kind: 'function',
    name: 'attribute_exists',
    operands: [{ kind: 'path', path: [name!] }],
  };
}

function checkingExistence(
  shape: KeyShape,
  { table, select }: Exists,
  parameters: Parameters,
  showsItem: boolean,
): ItemChange {
  const found = wholeKey(shape, select.where && bindWhere(select.where, parameters));
  if (!found?.rest) {
    throw validation('EXISTS() must contain a single item read with additional condition');
  }
  return checking(table, found.key, { condition: found.rest, showsItem });
}

function keyIn(shape: KeyShape, where: Where | undefined, parameters: Parameters): WholeKey {
  const found = wholeKey(shape, where && bindWhere(where, parameters));
  if (found) return found;
  throw validation('Where clause does not contain a mandatory equality on all key attributes');
}

/** What RETURNING asks for of a change that was made. */
export function returned(
  statement: Update | Delete,
  { old, new: next }: ItemChanged,
): readonly Raw[] {
  const { returning } = statement;
  const stored = returning?.endsWith('OLD') ? old : next;
  if (!returning || !stored) return [];
  if (returning.startsWith('ALL')) return [new Raw(stored.json)];
  return modified(statement, stored);
}

/** MODIFIED shows whole attributes, also where the statement reached inside. */
function modified(statement: Update | Delete, stored: StoredItem): readonly Raw[] {
  const paths = statement.kind === 'update' ? statement.actions.map(({ path }) => path) : [];
  const names = [...new Set(paths.map(([name]) => name!))].map((name) => [name]);
  const parts = project(stored.item, names);
  return Object.keys(parts).length === 0 ? [] : [Raw.of(JSON.stringify(parts))];
}
