import { service } from '../../kernel/service.ts';
import { BackupCreation } from './domain/backup-creation.ts';
import { BackupRemoval } from './domain/backup-removal.ts';
import { Backups } from './domain/backups.ts';
import { GlobalTables2017 } from './domain/global-tables-2017.ts';
import { GlobalTables } from './domain/global-tables.ts';
import { ItemWrites } from './domain/item-writes.ts';
import { Replication } from './domain/replication.ts';
import { Restores } from './domain/restores.ts';
import { journalTrimmer } from './domain/journal-trimmer.ts';
import { RequestTokens } from './domain/request-tokens.ts';
import { Statistics } from './domain/statistics.ts';
import { Streams } from './domain/streams.ts';
import { TableLifecycle } from './domain/table-lifecycle.ts';
import { Throttle } from './domain/throttle.ts';
import { TimeToLiveControl } from './domain/time-to-live.ts';
import { Tables } from './domain/tables.ts';
import { Transactions } from './domain/transactions.ts';
import { batchExecuteStatement } from './operations/batch-execute-statement.ts';
import { batchGetItem } from './operations/batch-get-item.ts';
import { batchWriteItem } from './operations/batch-write-item.ts';
import { createBackup } from './operations/create-backup.ts';
import { createGlobalTable } from './operations/create-global-table.ts';
import { createTable } from './operations/create-table.ts';
import { deleteBackup } from './operations/delete-backup.ts';
import { deleteItem } from './operations/delete-item.ts';
import { deleteResourcePolicy } from './operations/delete-resource-policy.ts';
import { deleteTable } from './operations/delete-table.ts';
import { describeBackup } from './operations/describe-backup.ts';
import { describeContinuousBackups } from './operations/describe-continuous-backups.ts';
import { describeContributorInsights } from './operations/describe-contributor-insights.ts';
import { describeEndpoints } from './operations/describe-endpoints.ts';
import { describeGlobalTableSettings } from './operations/describe-global-table-settings.ts';
import { describeGlobalTable } from './operations/describe-global-table.ts';
import { describeKinesisStreamingDestination } from './operations/describe-kinesis-streaming-destination.ts';
import { describeLimits } from './operations/describe-limits.ts';
import { describeTable } from './operations/describe-table.ts';
import { describeTableReplicaAutoScaling } from './operations/describe-table-replica-auto-scaling.ts';
import { describeTimeToLive } from './operations/describe-time-to-live.ts';
import { disableKinesisStreamingDestination } from './operations/disable-kinesis-streaming-destination.ts';
import { enableKinesisStreamingDestination } from './operations/enable-kinesis-streaming-destination.ts';
import { executeStatement } from './operations/execute-statement.ts';
import { executeTransaction } from './operations/execute-transaction.ts';
import { getItem } from './operations/get-item.ts';
import { getResourcePolicy } from './operations/get-resource-policy.ts';
import { listBackups } from './operations/list-backups.ts';
import { listContributorInsights } from './operations/list-contributor-insights.ts';
import { listExports } from './operations/list-exports.ts';
import { listGlobalTables } from './operations/list-global-tables.ts';
import { listImports } from './operations/list-imports.ts';
import { listTables } from './operations/list-tables.ts';
import { listTagsOfResource } from './operations/list-tags-of-resource.ts';
import { putItem } from './operations/put-item.ts';
import { putResourcePolicy } from './operations/put-resource-policy.ts';
import { query } from './operations/query.ts';
import { restoreTableFromBackup } from './operations/restore-table-from-backup.ts';
import { restoreTableToPointInTime } from './operations/restore-table-to-point-in-time.ts';
import { scan } from './operations/scan.ts';
import { tagResource } from './operations/tag-resource.ts';
import { transactGetItems } from './operations/transact-get-items.ts';
import { transactWriteItems } from './operations/transact-write-items.ts';
import { untagResource } from './operations/untag-resource.ts';
import { updateContinuousBackups } from './operations/update-continuous-backups.ts';
import { updateContributorInsights } from './operations/update-contributor-insights.ts';
import { updateGlobalTableSettings } from './operations/update-global-table-settings.ts';
import { updateGlobalTable } from './operations/update-global-table.ts';
import { updateItem } from './operations/update-item.ts';
import { updateKinesisStreamingDestination } from './operations/update-kinesis-streaming-destination.ts';
import { updateTable } from './operations/update-table.ts';
import { updateTableReplicaAutoScaling } from './operations/update-table-replica-auto-scaling.ts';
import { updateTimeToLive } from './operations/update-time-to-live.ts';
import { table } from './resources/table.ts';
import type { DynamoDBScope } from './scope.ts';

export const dynamodb = service<DynamoDBScope>({
  name: 'dynamodb',
  operations: [
    batchExecuteStatement,
    batchGetItem,
    batchWriteItem,
    createBackup,
    createGlobalTable,
    createTable,
    deleteBackup,
    deleteItem,
    deleteResourcePolicy,
    deleteTable,
    describeBackup,
    describeContinuousBackups,
    describeContributorInsights,
    describeEndpoints,
    describeGlobalTable,
    describeGlobalTableSettings,
    describeKinesisStreamingDestination,
    describeLimits,
    describeTable,
    describeTableReplicaAutoScaling,
    describeTimeToLive,
    disableKinesisStreamingDestination,
    enableKinesisStreamingDestination,
    executeStatement,
    executeTransaction,
    getItem,
    getResourcePolicy,
    listBackups,
    listContributorInsights,
    listExports,
    listGlobalTables,
    listImports,
    listTables,
    listTagsOfResource,
    putItem,
    putResourcePolicy,
    query,
    restoreTableFromBackup,
    restoreTableToPointInTime,
    scan,
    tagResource,
    transactGetItems,
    transactWriteItems,
    untagResource,
    updateContinuousBackups,
    updateContributorInsights,
    updateGlobalTable,
    updateGlobalTableSettings,
    updateItem,
    updateKinesisStreamingDestination,
    updateTable,
    updateTableReplicaAutoScaling,
    updateTimeToLive,
  ],
  resourceTypes: [table],
  create({ store, clock, ids, workflows, log, throttle }) {
    const tables = new Tables(store, throttle ? new Throttle(clock) : undefined);
    const items = new ItemWrites(tables, clock);
    const backups = new Backups({ store, clock, ids });
    const backupCreation = new BackupCreation({ store, clock, tables, backups, workflows });
    const backupRemoval = new BackupRemoval({ store, clock, backups, workflows, log });
    const tokens = new RequestTokens({ store, clock, log });
    const transactions = new Transactions({ store, tables, items, tokens });
    const streams = new Streams(store, clock);
    const lifecycle = new TableLifecycle({ tables, backups, streams, store, workflows, ids });
    const restores = new Restores({ store, clock, tables, backups, lifecycle, workflows });
    const replication = new Replication({ store, tables, items, log });
    const timeToLive = new TimeToLiveControl({ store, clock, log, tables, items, workflows });
    const globalTables = new GlobalTables({
      ...{ store, clock, ids, tables, streams, lifecycle, timeToLive, workflows },
    });
    const globalTables2017 = new GlobalTables2017({ store, clock, ids, tables, workflows });
    const statistics = new Statistics(store, clock);
    return {
      scope: {
        ...{ store, clock, ids, tables, items, transactions, lifecycle, statistics },
        ...{ streams, timeToLive, backups, backupCreation, backupRemoval, restores, globalTables },
        globalTables2017,
      },
      workflows: [
        ...lifecycle.workflows,
        ...[timeToLive.enabling, timeToLive.disabling],
        ...[backupCreation.workflow, backupRemoval.workflow, restores.workflow],
        ...[globalTables.workflow, globalTables2017.workflow],
      ],
      controllers: [
        tokens.sweeper,
        backupRemoval.controller,
        journalTrimmer({ store, clock, log, tables, streams }),
        timeToLive.controller,
        replication.controller,
      ],
    };
  },
});
