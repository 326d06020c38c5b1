import type { Item } from '../attribute-value.ts';
import type { ItemChange } from '../item-writes.ts';
import { keyOfKey } from '../keys.ts';
import { UNGUARDED, check, checkPaths } from './guard.ts';

/** No item with this key stands there afterwards, whether or not one did. */
export function remove(table: string, key: Item, guard = UNGUARDED): ItemChange {
  return {
    table,
    locate(opened) {
      checkPaths(opened, guard);
      return keyOfKey(opened, key);
    },
    next(standing) {
      check(guard, standing);
      return undefined;
    },
  };
}
