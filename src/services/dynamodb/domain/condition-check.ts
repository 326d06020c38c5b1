import { conditionalCheckFailed } from '../errors.ts';
import { holds } from './expressions/evaluate.ts';
import type { Condition } from './expressions/syntax.ts';
import type { StoredItem } from './stored-item.ts';

/** Refuses a write whose condition does not hold for what stands there. */
export function checkCondition(
  condition: Condition | undefined,
  standing: StoredItem | undefined,
  returnValues: 'ALL_OLD' | 'NONE' | undefined,
): void {
  if (!condition) return;
  const item = standing?.item;
  if (holds(condition, item ?? {})) return;
  throw conditionalCheckFailed(returnValues === 'ALL_OLD' ? item : undefined);
}
