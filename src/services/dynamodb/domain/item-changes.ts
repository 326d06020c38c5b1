import type { Key } from '../../../storage/engine.ts';
import { conditionalCheckFailed, invalidParameters, validation } from '../errors.ts';
import { MAX_ITEM_BYTES, sizeOfItem } from './admit-item.ts';
import type { Item } from './attribute-value.ts';
import { applyUpdate } from './expressions/apply-update.ts';
import { holds } from './expressions/evaluate.ts';
import type { Condition, Path, Update } from './expressions/syntax.ts';
import type { ItemChange } from './item-writes.ts';
import { keyAttributes, keyOfItem, keyOfKey, refusePathsIntoKeys } from './keys.ts';
import { StoredItem } from './stored-item.ts';
import type { OpenTable } from './tables.ts';

/** What must hold of an item for it to be changed. */
export interface Guard {
  readonly condition?: Condition | undefined;
  /** Every path of the request's expressions. */
  readonly paths?: readonly Path[];
  /** Whether a refusal shows the item as it stands. */
  readonly showsItem?: boolean;
}

/** Puts an item in place of what stands there. */
export function putting(table: string, stored: StoredItem, guard: Guard = {}): ItemChange {
  return {
    table,
    locate(opened) {
      refusePathsIntoKeys(opened, guard.paths ?? []);
      return keyOfItem(opened, stored.item);
    },
    next(standing) {
      check(guard, standing);
      return stored;
    },
  };
}

/** Takes an item away, if it is there. */
export function deleting(table: string, key: Item, guard: Guard = {}): ItemChange {
  return {
    table,
    locate: at(key, guard),
    next(standing) {
      check(guard, standing);
      return undefined;
    },
  };
}

/** Looks at an item and leaves it alone. */
export function checking(table: string, key: Item, guard: Guard): ItemChange {
  return {
    table,
    locate: at(key, guard),
    next(standing) {
      check(guard, standing);
      return standing;
    },
  };
}

/** Updates an item, or makes one of its key and what the update sets. */
export function updating(table: string, key: Item, update: Update, guard: Guard = {}): ItemChange {
  return {
    table,
    locate(opened) {
      const place = keyOfKey(opened, key);
      refuseKeyUpdates(opened, update);
      refusePathsIntoKeys(opened, guard.paths ?? []);
      return place;
    },
    next(standing) {
      check(guard, standing);
      if (standing && update.length === 0) return standing;
      const item = applyUpdate(update, standing?.item ?? key);
      const size = sizeOfItem(item);
      if (size > MAX_ITEM_BYTES) {
        throw validation('Item size to update has exceeded the maximum allowed size');
      }
      return StoredItem.of(item, size);
    },
  };
}

function at(key: Item, { paths = [] }: Guard): (table: OpenTable) => Key {
  return (table) => {
    refusePathsIntoKeys(table, paths);
    return keyOfKey(table, key);
  };
}

function check({ condition, showsItem = false }: Guard, standing: StoredItem | undefined): void {
  if (!condition || holds(condition, standing?.item ?? {})) return;
  throw conditionalCheckFailed(showsItem ? standing?.item : undefined);
}

function refuseKeyUpdates(table: OpenTable, update: Update): void {
  for (const { name } of keyAttributes(table)) {
    if (!update.some(({ path }) => path[0] === name)) continue;
    throw invalidParameters(`Cannot update attribute ${name}. This attribute is part of the key`);
  }
}
