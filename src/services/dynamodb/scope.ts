import type { Clock } from '../../kernel/clock.ts';
import type { Ids } from '../../kernel/ids.ts';
import type { Permission, Scope } from '../../kernel/operation.ts';
import type { Engine } from '../../storage/engine.ts';
import type { BackupCreation } from './domain/backup-creation.ts';
import type { BackupRemoval } from './domain/backup-removal.ts';
import type { Backups } from './domain/backups.ts';
import type { GlobalTables2017 } from './domain/global-tables-2017.ts';
import type { GlobalTables } from './domain/global-tables.ts';
import type { ItemWrites } from './domain/item-writes.ts';
import type { Restores } from './domain/restores.ts';
import type { Statistics } from './domain/statistics.ts';
import type { Streams } from './domain/streams.ts';
import type { TableLifecycle } from './domain/table-lifecycle.ts';
import { globalTableArn } from './domain/describe-global-table.ts';
import { tableArn } from './domain/table.ts';
import type { TimeToLiveControl } from './domain/time-to-live.ts';
import type { Tables } from './domain/tables.ts';
import type { Transactions } from './domain/transactions.ts';

/** What DynamoDB's handlers are given. */
export interface DynamoDBScope extends Scope {
  readonly store: Engine;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly tables: Tables;
  readonly items: ItemWrites;
  readonly transactions: Transactions;
  readonly lifecycle: TableLifecycle;
  readonly statistics: Statistics;
  readonly backups: Backups;
  readonly backupCreation: BackupCreation;
  readonly backupRemoval: BackupRemoval;
  readonly restores: Restores;
  readonly globalTables: GlobalTables;
  readonly globalTables2017: GlobalTables2017;
  readonly streams: Streams;
  readonly timeToLive: TimeToLiveControl;
}

/** Leave to do `operation` on the table that the request names; hot operations' requests are unchecked yet. */
export function onTable(operation: string) {
  return (input: { readonly TableName?: unknown }, { caller }: Scope): Permission =>
    leave(operation, input.TableName, caller);
}

/** @param table its name or ARN; whatever was sent in this place */
export function leave(operation: string, table: unknown, caller: Scope['caller']): Permission {
  const name = typeof table === 'string' ? table : '*';
  return {
    action: `dynamodb:${operation}`,
    resource: name.startsWith('arn:') ? name : tableArn(caller, name),
  };
}

/** Leave to do `operation` on the global table that the request names. */
export function onGlobalTable(operation: string) {
  return (
    { GlobalTableName: name = '*' }: { readonly GlobalTableName?: string | undefined },
    { caller: { account, region } }: Scope,
  ): Permission => ({
    action: `dynamodb:${operation}`,
    resource: globalTableArn(region, account, name),
  });
}

/** Leave to do `operation` on the backup whose ARN the request gives. */
export function onBackup(operation: string) {
  return ({ BackupArn = '*' }: { readonly BackupArn?: string | undefined }): Permission => ({
    action: `dynamodb:${operation}`,
    resource: BackupArn,
  });
}
