import { checkItemSize } from '../admit-item.ts';
import type { Item } from '../attribute-value.ts';
import type { ItemChange } from '../item-writes.ts';
import { keyOfItem } from '../keys.ts';
import { StoredItem } from '../stored-item.ts';
import { UNGUARDED, check, checkPaths } from './guard.ts';

/** An item that has been admitted, with its size in bytes by AWS's arithmetic. */
export interface AdmittedItem {
  readonly item: Item;
  readonly size: number;
}

/**
 * The item stands there afterwards, in place of another with its key.
 *
 * @throws AwsError `ValidationException` for an item that is too large
 */
export function put(table: string, { item, size }: AdmittedItem, guard = UNGUARDED): ItemChange {
  checkItemSize(size);
  const next = StoredItem.of(item, size);
  return {
    table,
    locate(opened) {
      checkPaths(opened, guard);
      return keyOfItem(opened, item);
    },
    next(standing) {
      check(guard, standing);
      return next;
    },
  };
}
