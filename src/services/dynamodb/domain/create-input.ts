import type { CreateTableInput } from '@aws-sdk/client-dynamodb';
import { describeTable } from './describe-table.ts';
import type { Table } from './table.ts';

/**
 * What would create a table like this one: its keys, indexes, billing, class and encryption. Tags,
 * stream, recovery, time to live and protection are not taken over, as AWS does in restores.
 */
export function createInputOf(table: Table, TableName: string): CreateTableInput {
  const indexes = table.indexes?.filter(({ status }) => status !== 'DELETING');
  const described = describeTable({ ...table, ...(indexes && { indexes }) }, table.createdAtMs);
  const provisioned = table.billing.mode === 'PROVISIONED';
  return {
    TableName,
    AttributeDefinitions: described.AttributeDefinitions,
    KeySchema: described.KeySchema,
    BillingMode: table.billing.mode,
    ProvisionedThroughput: provisioned ? unitsOf(described.ProvisionedThroughput) : undefined,
    OnDemandThroughput: described.OnDemandThroughput,
    LocalSecondaryIndexes: described.LocalSecondaryIndexes?.map(
      ({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection }),
    ),
    GlobalSecondaryIndexes: described.GlobalSecondaryIndexes?.map((index) => ({
      IndexName: index.IndexName,
      KeySchema: index.KeySchema,
      Projection: index.Projection,
      ProvisionedThroughput: provisioned ? unitsOf(index.ProvisionedThroughput) : undefined,
      OnDemandThroughput: index.OnDemandThroughput,
    })),
    TableClass: table.tableClass,
    SSESpecification: table.encryption && {
      Enabled: true,
      SSEType: table.encryption.type,
      KMSMasterKeyId: table.encryption.keyArn,
    },
  };
}

type Units = NonNullable<CreateTableInput['ProvisionedThroughput']>;

function unitsOf(described: Partial<Units> | undefined): Units {
  const { ReadCapacityUnits, WriteCapacityUnits } = described!;
  return { ReadCapacityUnits, WriteCapacityUnits };
}
