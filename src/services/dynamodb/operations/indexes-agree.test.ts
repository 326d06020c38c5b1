import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';
import { dynamodb } from '../service.ts';

const TableName = 'orders';
type Item = Record<string, AttributeValue>;

/** Each index with its key attributes and what else its entries hold; `undefined` is all. */
const INDEXES = [
  { IndexName: 'by-state', keys: ['state'], others: undefined },
  { IndexName: 'by-city', keys: ['city', 'state'], others: [] },
  { IndexName: 'by-time', keys: ['at'], others: ['state'] },
] as const;

let cloud: TestCloud;
let client: DynamoDBClient;

beforeAll(async () => {
  cloud = await startTestCloud({ services: [dynamodb] });
  client = cloud.client(DynamoDBClient);
  const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'state', 'city', 'at'].map((AttributeName) => ({
        AttributeName,
        AttributeType: AttributeName === 'at' ? 'N' : 'S',
      })),
      KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-state',
          KeySchema: [key('state', 'HASH')],
          Projection: { ProjectionType: 'ALL' },
        },
        {
          IndexName: 'by-city',
          KeySchema: [key('city', 'HASH'), key('state', 'RANGE')],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
      LocalSecondaryIndexes: [
        {
          IndexName: 'by-time',
          KeySchema: [key('pk', 'HASH'), key('at', 'RANGE')],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['state'] },
        },
      ],
    }),
  );
  await cloud.inside.workflows.settled();
});

afterAll(() => cloud?.[Symbol.asyncDispose]());

const Key = fc.record({
  pk: fc.constantFrom({ S: 'a' }, { S: 'b' }),
  sk: fc.constantFrom({ S: '1' }, { S: '2' }, { S: '3' }),
});
/** Some are no key for an index: whatever holds them is refused as a whole. */
const attributes = fc.record(
  {
    state: fc.constantFrom<AttributeValue>({ S: 'open' }, { S: 'served' }, { N: '1' }),
    city: fc.constantFrom<AttributeValue>({ S: 'Bern' }, { S: 'Ulm' }, { S: 'Bern' }, { S: '' }),
    at: fc.constantFrom<AttributeValue>({ N: '1' }, { N: '20' }, { N: '-3' }),
    note: fc.constantFrom<AttributeValue>({ S: 'x' }, { L: [] }),
  },
  { requiredKeys: [] },
);
const item = fc.tuple(Key, attributes).map(([key, more]) => ({ ...key, ...more }));
const update = fc
  .tuple(Key, fc.constantFrom('state', 'city'), fc.constantFrom('open', 'Ulm', undefined))
  .map(([key, name, value]) => ({
    Key: key,
    UpdateExpression: value === undefined ? 'REMOVE #name' : 'SET #name = :value',
    ExpressionAttributeNames: { '#name': name },
    ...(value !== undefined && { ExpressionAttributeValues: { ':value': { S: value } } }),
  }));
const action = fc.oneof(
  item.map((Item): TransactWriteItem => ({ Put: { TableName, Item } })),
  Key.map((key): TransactWriteItem => ({ Delete: { TableName, Key: key } })),
  update.map((input): TransactWriteItem => ({ Update: { TableName, ...input } })),
);
const command = fc.oneof(
  item.map((Item) => () => client.send(new PutItemCommand({ TableName, Item }))),
  Key.map((key) => () => client.send(new DeleteItemCommand({ TableName, Key: key }))),
  update.map((input) => () => client.send(new UpdateItemCommand({ TableName, ...input }))),
  fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => () => {
    const requests = items.map((Item) => ({ PutRequest: { Item } }));
    return client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
  }),
  fc
    .array(action, { minLength: 1, maxLength: 3 })
    .map((TransactItems) => () => client.send(new TransactWriteItemsCommand({ TransactItems }))),
);

async function scanned(IndexName?: string): Promise<Item[]> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName, IndexName }));
  return inOrder(Items);
}

function inOrder(items: readonly Item[]): Item[] {
  return items.toSorted((one, two) => (told(one) < told(two) ? -1 : 1));
}

function told({ pk, sk }: Item): string {
  return `${pk!.S} ${sk!.S}`;
}

/** What an index is to hold of these items. */
function entriesOf(items: readonly Item[], { keys, others }: (typeof INDEXES)[number]): Item[] {
  const kept = others && new Set<string>(['pk', 'sk', ...keys, ...others]);
  return items
    .filter((each) => keys.every((name) => each[name] !== undefined))
    .map((each) =>
      kept ? Object.fromEntries(Object.entries(each).filter(([name]) => kept.has(name))) : each,
    );
}

test('after any changes, made or refused, one by one or at once, indexes agree with the items', async () => {
  let made = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 6, maxLength: 12 }), async (commands) => {
      const sent = commands.map((send) => send());
      for (const { status } of await Promise.allSettled(sent)) {
        if (status === 'fulfilled') made += 1;
        else refused += 1;
      }
      const items = await scanned();
      for (const index of INDEXES) {
        expect(await scanned(index.IndexName)).toEqual(entriesOf(items, index));
      }
    }),
    { numRuns: 25 },
  );
  expect(made).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(0);
});
