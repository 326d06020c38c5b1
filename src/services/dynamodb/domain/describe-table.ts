import type { TableDescription } from '@aws-sdk/client-dynamodb';
import type { TableSize } from './statistics.ts';
import type { Billing, Table } from './table.ts';

/**
 * What on-demand tables start with, and what on-demand throughput is measured from.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html
 */
const ON_DEMAND_WARM_UNITS = { read: 12_000, write: 4_000 };

/** A table as DescribeTable shows it. */
export function describeTable(table: Table, size: TableSize): TableDescription {
  const { billing } = table;
  return {
    AttributeDefinitions: table.attributeDefinitions.map(({ name, type }) => ({
      AttributeName: name,
      AttributeType: type,
    })),
    TableName: table.name,
    KeySchema: [
      { AttributeName: table.hashKey, KeyType: 'HASH' },
      ...(table.rangeKey === undefined
        ? []
        : [{ AttributeName: table.rangeKey, KeyType: 'RANGE' as const }]),
    ],
    TableStatus: table.status,
    CreationDateTime: new Date(table.createdAtMs),
    ...describeThroughput(table, billing),
    TableSizeBytes: size.bytes,
    ItemCount: size.items,
    TableArn: table.arn,
    TableId: table.id,
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

function describeThroughput(
  { createdAtMs, status }: Table,
  billing: Billing,
): Partial<TableDescription> {
  const onDemand = billing.mode === 'PAY_PER_REQUEST';
  const read = onDemand ? 0 : billing.readUnits;
  const write = onDemand ? 0 : billing.writeUnits;
  return {
    ProvisionedThroughput: {
      NumberOfDecreasesToday: 0,
      ReadCapacityUnits: read,
      WriteCapacityUnits: write,
    },
    ...(onDemand && {
      BillingModeSummary: {
        BillingMode: 'PAY_PER_REQUEST',
        LastUpdateToPayPerRequestDateTime: new Date(billing.sinceMs ?? createdAtMs),
      },
    }),
    ...(onDemand &&
      (billing.maxReadUnits !== undefined || billing.maxWriteUnits !== undefined) && {
        OnDemandThroughput: {
          MaxReadRequestUnits: billing.maxReadUnits ?? -1,
          MaxWriteRequestUnits: billing.maxWriteUnits ?? -1,
        },
      }),
    WarmThroughput: {
      ReadUnitsPerSecond: onDemand ? ON_DEMAND_WARM_UNITS.read : read,
      WriteUnitsPerSecond: onDemand ? ON_DEMAND_WARM_UNITS.write : write,
      Status: status === 'CREATING' ? 'CREATING' : 'ACTIVE',
    },
  };
}
