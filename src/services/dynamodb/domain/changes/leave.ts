import type { Item } from '../attribute-value.ts';
import type { ItemChange } from '../item-writes.ts';
import { keyOfKey } from '../keys.ts';
import type { Guard } from './guard.ts';
import { check, checkPaths } from './guard.ts';

/** What stands there is only looked at: the others are made if the condition holds for it. */
export function leave(table: string, key: Item, guard: Guard): ItemChange {
  return {
    table,
    locate(opened) {
      checkPaths(opened, guard);
      return keyOfKey(opened, key);
    },
    next(standing) {
      check(guard, standing);
      return standing;
    },
  };
}
