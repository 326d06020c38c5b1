import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { describeGlobalIndex, describeLocalIndex } from './describe-index.ts';
import { describeThroughput } from './describe-throughput.ts';
import { describeKeySchema } from './key-schema.ts';
import { EMPTY } from './statistics.ts';
import type { TableSizes } from './statistics.ts';
import type { Index, Table } from './table.ts';
import { keyNames } from './table.ts';

/**
 * A table as DescribeTable shows it.
 *
 * @param sizes of the table and its indexes; without, all are empty
 */
export function describeTable(table: Table, sizes?: TableSizes): TableDescription {
  const { items, bytes } = sizes?.table ?? EMPTY;
  return {
    AttributeDefinitions: table.attributeDefinitions.map(({ name, type }) => ({
      AttributeName: name,
      AttributeType: type,
    })),
    TableName: table.name,
    KeySchema: describeKeySchema(keyNames(table)),
    TableStatus: table.status,
    CreationDateTime: new Date(table.createdAtMs),
    ...describeThroughput(table.billing, table.status),
    ...(table.billing.mode === 'PAY_PER_REQUEST' && {
      BillingModeSummary: {
        BillingMode: table.billing.mode,
        LastUpdateToPayPerRequestDateTime: new Date(table.billing.sinceMs ?? table.createdAtMs),
      },
    }),
    TableSizeBytes: bytes,
    ItemCount: items,
    TableArn: table.arn,
    TableId: table.id,
    ...describeIndexes(table, sizes),
    ...(table.tableClass && { TableClassSummary: { TableClass: table.tableClass } }),
    ...(table.encryption && {
      SSEDescription: {
        Status: 'ENABLED',
        SSEType: table.encryption.type,
        KMSMasterKeyArn: table.encryption.keyArn,
      },
    }),
    DeletionProtectionEnabled: table.deletionProtection,
  };
}

function describeIndexes(
  table: Table,
  sizes: TableSizes | undefined,
): Pick<TableDescription, 'LocalSecondaryIndexes' | 'GlobalSecondaryIndexes'> {
  const sizeOf = ({ id }: Index) => sizes?.indexes.get(id) ?? EMPTY;
  const local = (table.indexes ?? [])
    .filter(({ kind }) => kind === 'local')
    .map((index) => describeLocalIndex(table, index, sizeOf(index)));
  const global = (table.indexes ?? [])
    .filter(({ kind }) => kind === 'global')
    .map((index) => describeGlobalIndex(table, index, sizeOf(index)));
  return {
    ...(local.length > 0 && { LocalSecondaryIndexes: local }),
    ...(global.length > 0 && { GlobalSecondaryIndexes: global }),
  };
}
