import type { RestoreSummary, TableDescription } from '@aws-sdk/client-dynamodb';
import { describeDefinitions } from './attribute-definitions.ts';
import { describeEncryption } from './encryption.ts';
import { describeGlobalIndex, describeLocalIndex } from './describe-index.ts';
import { describeThroughput } from './describe-throughput.ts';
import { describeKeySchema } from './key-schema.ts';
import { describeReplicas } from './replicas.ts';
import { EMPTY } from './statistics.ts';
import type { TableSizes } from './statistics.ts';
import type { Index, Restore, Table } from './table.ts';
import { describeTableStream } from './streams.ts';
import { keyNames, statusOf } from './table.ts';

/**
 * A table as DescribeTable shows it.
 *
 * @param sizes of the table and its indexes; without, all are empty
 */
export function describeTable(table: Table, nowMs: number, sizes?: TableSizes): TableDescription {
  const { billing } = table;
  const { items, bytes } = sizes?.table ?? EMPTY;
  const status = statusOf(table);
  return {
    AttributeDefinitions: describeDefinitions(table.attributeDefinitions),
    TableName: table.name,
    KeySchema: describeKeySchema(keyNames(table)),
    TableStatus: status,
    CreationDateTime: new Date(table.createdAtMs),
    ...describeThroughput(billing, status, nowMs),
    ...(billing.onDemandSinceMs !== undefined && {
      BillingModeSummary: {
        BillingMode: billing.mode,
        LastUpdateToPayPerRequestDateTime: new Date(billing.onDemandSinceMs),
      },
    }),
    TableSizeBytes: bytes,
    ItemCount: items,
    TableArn: table.arn,
    TableId: table.id,
    ...describeIndexes(table, nowMs, sizes),
    ...(table.tableClass && { TableClassSummary: { TableClass: table.tableClass } }),
    ...(table.encryption && { SSEDescription: describeEncryption(table.encryption) }),
    ...(table.restore && { RestoreSummary: describeRestore(table.status, table.restore) }),
    ...describeTableStream(table),
    ...describeReplicas(table),
    DeletionProtectionEnabled: table.deletionProtection,
  };
}

function describeRestore(
  status: Table['status'],
  { backupArn, tableArn, toMs }: Restore,
): RestoreSummary {
  return {
    ...(backupArn !== undefined && { SourceBackupArn: backupArn }),
    SourceTableArn: tableArn,
    RestoreDateTime: new Date(toMs),
    RestoreInProgress: status === 'CREATING',
  };
}

function describeIndexes(
  table: Table,
  nowMs: number,
  sizes: TableSizes | undefined,
): Pick<TableDescription, 'LocalSecondaryIndexes' | 'GlobalSecondaryIndexes'> {
  const sizeOf = ({ id }: Index) => sizes?.indexes.get(id) ?? EMPTY;
  const local = (table.indexes ?? [])
    .filter(({ kind }) => kind === 'local')
    .map((index) => describeLocalIndex(table, index, sizeOf(index)));
  const global = (table.indexes ?? [])
    .filter(({ kind }) => kind === 'global')
    .map((index) => describeGlobalIndex(table, index, sizeOf(index), nowMs));
  return {
    ...(local.length > 0 && { LocalSecondaryIndexes: local }),
    ...(global.length > 0 && { GlobalSecondaryIndexes: global }),
  };
}
