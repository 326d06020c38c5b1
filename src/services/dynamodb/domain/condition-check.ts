import type { Value } from '../../../storage/engine.ts';
import { conditionalCheckFailed } from '../errors.ts';
import { holds } from './expressions/evaluate.ts';
import type { Condition } from './expressions/syntax.ts';
import { parseStored } from './stored-item.ts';

/** Refuses a write whose condition does not hold for what stands there. */
export function checkCondition(
  condition: Condition | undefined,
  standing: Value | undefined,
  returnValues: 'ALL_OLD' | 'NONE' | undefined,
): void {
  if (!condition) return;
  const item = standing && parseStored(standing);
  if (holds(condition, item ?? {})) return;
  throw conditionalCheckFailed(returnValues === 'ALL_OLD' ? item : undefined);
}
