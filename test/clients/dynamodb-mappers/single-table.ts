import {
  type AttributeDefinition,
  CreateTableCommand,
  DynamoDBClient,
  type KeySchemaElement,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import type { TestCloud } from '../../cloud.ts';

/**
 * Creates the table that designs with one table for everything start from: string keys `pk` and
 * `sk`, and the index `gsi1` over `gsi1pk` and `gsi1sk`.
 */
export async function createSingleTable(cloud: TestCloud, TableName: string): Promise<void> {
  const client = cloud.client(DynamoDBClient);
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map(string),
      KeySchema: keys('pk', 'sk'),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'gsi1',
          KeySchema: keys('gsi1pk', 'gsi1sk'),
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 30 }, { TableName });
}

function string(AttributeName: string): AttributeDefinition {
  return { AttributeName, AttributeType: 'S' };
}

function keys(partition: string, sort: string): KeySchemaElement[] {
  return [
    { AttributeName: partition, KeyType: 'HASH' },
    { AttributeName: sort, KeyType: 'RANGE' },
  ];
}
