import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
  type KeySchemaElement,
  ListTablesCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';
import { onDemand } from '../../../../test/dynamodb-table.ts';
import { dynamodb } from '../service.ts';

let cloud: TestCloud;
let client: DynamoDBClient;

beforeAll(async () => {
  cloud = await startTestCloud({ services: [dynamodb] });
  client = cloud.client(DynamoDBClient);
});

afterAll(() => cloud[Symbol.asyncDispose]());

/** `a b / c d` is a partition key of two attributes and a sort key of two. */
function keys(schema: string): KeySchemaElement[] {
  const [hash = '', range = ''] = schema.split('/');
  const elements = (names: string, KeyType: 'HASH' | 'RANGE') =>
    names
      .split(' ')
      .filter((name) => name !== '')
      .map((AttributeName) => ({ AttributeName, KeyType }));
  return [...elements(hash, 'HASH'), ...elements(range, 'RANGE')];
}

const strings = (names: string) =>
  names.split(' ').map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const }));

const index = (IndexName: string, schema: string) => ({
  IndexName,
  KeySchema: keys(schema),
  Projection: { ProjectionType: 'ALL' as const },
});

const indexed: CreateTableCommandInput = {
  ...onDemand('orders', 'S'),
  AttributeDefinitions: strings('pk sk guest dish day'),
  LocalSecondaryIndexes: [
    { ...index('by-day', 'pk/day'), Projection: { ProjectionType: 'KEYS_ONLY' } },
  ],
  GlobalSecondaryIndexes: [
    {
      ...index('by-guest', 'guest dish/day sk'),
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['price'] },
    },
    index('by-dish', 'dish'),
  ],
};

test('a table with indexes is described with them', async () => {
  await client.send(new CreateTableCommand(indexed));
  await cloud.inside.workflows.settled();
  const Item = { pk: { S: 'a' }, sk: { S: 'b' }, dish: { S: 'soup' }, price: { N: '7' } };
  await client.send(new PutItemCommand({ TableName: 'orders', Item }));
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'orders' }));
  expect(Table).toMatchObject({
    LocalSecondaryIndexes: [
      {
        IndexName: 'by-day',
        KeySchema: keys('pk/day'),
        Projection: { ProjectionType: 'KEYS_ONLY' },
        IndexArn: `${Table!.TableArn}/index/by-day`,
        ItemCount: 0,
      },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-guest',
        KeySchema: keys('guest dish/day sk'),
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['price'] },
        IndexStatus: 'ACTIVE',
        ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
        ItemCount: 0,
      },
      { IndexName: 'by-dish', ItemCount: 1, IndexSizeBytes: Table!.TableSizeBytes },
    ],
  });
});

const global = (change: object) => ({
  ...indexed,
  TableName: 'refused',
  AttributeDefinitions: strings('pk sk guest'),
  LocalSecondaryIndexes: undefined,
  GlobalSecondaryIndexes: [{ ...index('by-guest', 'guest'), ...change }],
});

const local = (change: object) => ({
  ...indexed,
  TableName: 'refused',
  AttributeDefinitions: strings('pk sk day'),
  LocalSecondaryIndexes: [{ ...index('by-day', 'pk/day'), ...change }],
  GlobalSecondaryIndexes: undefined,
});

test.each<[CreateTableCommandInput, string]>([
  [
    { ...local({ KeySchema: keys('pk') }), AttributeDefinitions: strings('pk sk') },
    'One or more parameter values were invalid: Index KeySchema does not have a range key for index: by-day',
  ],
  [
    local({ KeySchema: keys('day/sk') }),
    'One or more parameter values were invalid: Index KeySchema does not have the same leading hash key as table KeySchema for index: by-day. index hash key: day, table hash key: pk',
  ],
  [
    global({ Projection: { ProjectionType: 'ALL', NonKeyAttributes: ['price'] } }),
    'One or more parameter values were invalid: ProjectionType is ALL, but NonKeyAttributes is specified',
  ],
  [
    global({ ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } }),
    'One or more parameter values were invalid: ProvisionedThroughput should not be specified for index: by-guest when BillingMode is PAY_PER_REQUEST',
  ],
  [
    { ...indexed, TableName: 'refused', AttributeDefinitions: strings('pk sk guest dish day x') },
    'One or more parameter values were invalid: Some AttributeDefinitions are not used. AttributeDefinitions: [pk, sk, guest, dish, day, x], keys used: [pk, sk, day, guest, dish]',
  ],
])('refuses %#', async (input, message) => {
  await expect(client.send(new CreateTableCommand(input))).rejects.toMatchObject({
    name: 'ValidationException',
    message,
  });
  const { TableNames } = await client.send(new ListTablesCommand({}));
  expect(TableNames).not.toContain('refused');
});
