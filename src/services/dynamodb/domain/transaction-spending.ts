import type { Explain } from '../../../kernel/operation.ts';
import type { Raw } from './answer.ts';
import { type CapacityDetail, Spending, readUnits } from './capacity.ts';
import type { TransactionMade } from './transactions.ts';

/** ConsumedCapacity of a transaction; one that was made before only costs reading its items. */
export function spentBy(
  { changed, repeated }: TransactionMade,
  detail: CapacityDetail | undefined,
  explain?: Explain,
): Raw | undefined {
  const spending = new Spending(explain);
  for (const one of changed) {
    if (repeated) spending.add(one.table, 2 * readUnits(one.old?.size ?? 0, true));
    else spending.addChange(one, 2);
  }
  return spending.ofAll(detail, repeated ? 'read' : 'write');
}
