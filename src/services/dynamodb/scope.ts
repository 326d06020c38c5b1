import type { Clock } from '../../kernel/clock.ts';
import type { Ids } from '../../kernel/ids.ts';
import type { Permission, Scope } from '../../kernel/operation.ts';
import type { Engine } from '../../storage/engine.ts';
import type { ItemWrites } from './domain/item-writes.ts';
import type { Statistics } from './domain/statistics.ts';
import type { TableLifecycle } from './domain/table-lifecycle.ts';
import { tableArn } from './domain/table.ts';
import type { Tables } from './domain/tables.ts';

/** What DynamoDB's handlers are given. */
export interface DynamoDBScope extends Scope {
  readonly store: Engine;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly tables: Tables;
  readonly items: ItemWrites;
  readonly lifecycle: TableLifecycle;
  readonly statistics: Statistics;
}

/** Leave to do `operation` on the table that the request names; hot operations' requests are unchecked yet. */
export function onTable(operation: string) {
  return (input: { readonly TableName?: unknown }, { caller }: Scope): Permission => {
    const name = typeof input.TableName === 'string' ? input.TableName : '*';
    return {
      action: `dynamodb:${operation}`,
      resource: name.startsWith('arn:') ? name : tableArn(caller, name),
    };
  };
}
