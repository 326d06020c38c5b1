import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { AttributeValue, QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';
import { dynamodb } from '../service.ts';

const TableName = 'orders';
let cloud: TestCloud;
let client: DynamoDBClient;

const s = (text: string): AttributeValue => ({ S: text });
const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });

beforeAll(async () => {
  cloud = await startTestCloud({ services: [dynamodb] });
  client = cloud.client(DynamoDBClient);
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
          KeySchema: [key('state', 'HASH'), key('at', 'RANGE')],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
        {
          IndexName: 'by-place',
          KeySchema: [
            ...[key('state', 'HASH'), key('city', 'HASH')],
            ...[key('sk', 'RANGE'), key('at', 'RANGE')],
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      LocalSecondaryIndexes: [
        {
          IndexName: 'by-time',
          KeySchema: [key('pk', 'HASH'), key('at', 'RANGE')],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['city'] },
        },
      ],
    }),
  );
  await cloud.inside.workflows.settled();
  for (let n = 0; n < 10; n++) {
    const Item = {
      ...{ pk: s('p'), sk: s(`s${n}`), note: s(`note ${n}`), city: s(n % 2 ? 'Bonn' : 'Kiel') },
      ...(n < 8 && { state: s('open'), at: { N: String([5, 100, -3, 20][n % 4]!) } }),
    };
    await client.send(new PutItemCommand({ TableName, Item }));
  }
});
afterAll(() => cloud[Symbol.asyncDispose]());

async function query(input: Partial<QueryCommandInput>, ...values: AttributeValue[]) {
  const names = [':a', ':b', ':c', ':d'];
  return client.send(
    new QueryCommand({
      TableName,
      ExpressionAttributeValues: Object.fromEntries(values.map((value, at) => [names[at], value])),
      ...input,
    }),
  );
}

const open = { IndexName: 'by-state', KeyConditionExpression: '#s = :a' };
const withState = { ...open, ExpressionAttributeNames: { '#s': 'state' } };

test('a sparse index orders its entries by value and holds what it projects', async () => {
  const { Items, Count } = await query(withState, s('open'));
  expect(Count).toBe(8);
  expect(Items!.map(({ at }) => Number(at!.N))).toEqual([-3, -3, 5, 5, 20, 20, 100, 100]);
  expect(Object.keys(Items![0]!).toSorted()).toEqual(['at', 'pk', 'sk', 'state']);
});

test.each([true, false])('pages meet every entry once (forward: %s)', async (ScanIndexForward) => {
  const whole = await query({ ...withState, ScanIndexForward }, s('open'));
  const seen: unknown[] = [];
  let ExclusiveStartKey: QueryCommandInput['ExclusiveStartKey'];
  do {
    const page = await query(
      { ...withState, ScanIndexForward, Limit: 3, ExclusiveStartKey },
      s('open'),
    );
    seen.push(...page.Items!);
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  expect(seen).toEqual(whole.Items);
});

test.each([
  ['#at > :b', ['100', '100', '20', '20', '5', '5']],
  ['#at >= :b', ['-3', '-3', '100', '100', '20', '20', '5', '5']],
  ['#at < :c', ['-3', '-3', '5', '5']],
  ['#at <= :c', ['-3', '-3', '20', '20', '5', '5']],
  ['#at BETWEEN :b AND :c', ['-3', '-3', '20', '20', '5', '5']],
  ['#at = :c', ['20', '20']],
])('a condition on the sort key: %s', async (condition, expected) => {
  const values = { ':a': s('open'), ':b': { N: '-3' }, ':c': { N: '20' } };
  const used = Object.entries(values).filter(([name]) => name === ':a' || condition.includes(name));
  const { Items } = await query({
    IndexName: 'by-state',
    KeyConditionExpression: `#s = :a AND ${condition}`,
    ExpressionAttributeNames: { '#s': 'state', '#at': 'at' },
    ExpressionAttributeValues: Object.fromEntries(used),
  });
  expect(Items!.map(({ at }) => String(at!.N)).toSorted()).toEqual(expected);
});

test('several attributes make a key', async () => {
  const ExpressionAttributeNames = { '#s': 'state' };
  const both = { IndexName: 'by-place', KeyConditionExpression: '#s = :a AND city = :b' };
  const all = await query({ ...both, ExpressionAttributeNames }, s('open'), s('Bonn'));
  expect(all.Items!.map(({ sk }) => sk!.S)).toEqual(['s1', 's3', 's5', 's7']);
  const some = await query(
    {
      ...both,
      KeyConditionExpression: `${both.KeyConditionExpression} AND sk = :c AND #at > :d`,
      ExpressionAttributeNames: { ...ExpressionAttributeNames, '#at': 'at' },
    },
    ...[s('open'), s('Bonn'), s('s3'), { N: '19' }],
  );
  expect(some.Items!.map(({ note }) => note!.S)).toEqual(['note 3']);
  await expect(
    query({ ...both, KeyConditionExpression: '#s = :a', ExpressionAttributeNames }, s('open')),
  ).rejects.toThrow('Query condition missed key schema element: city');
});

test('a local index fetches what it does not hold', async () => {
  const input = { IndexName: 'by-time', KeyConditionExpression: 'pk = :a', Limit: 2 };
  const projected = await query(input, s('p'));
  expect(Object.keys(projected.Items![0]!).toSorted()).toEqual(['at', 'city', 'pk', 'sk']);
  const fetched = await query(
    { ...input, ProjectionExpression: 'note', ReturnConsumedCapacity: 'INDEXES' },
    s('p'),
  );
  const notes = fetched.Items!.map(({ note }) => String(note!.S)).toSorted(); // at the same `at`
  expect(notes).toEqual(['note 2', 'note 6']);
  expect(fetched.ConsumedCapacity).toEqual({
    ...{ TableName, CapacityUnits: 1.5, Table: { CapacityUnits: 1 } },
    LocalSecondaryIndexes: { 'by-time': { CapacityUnits: 0.5 } },
  });
});

test('entries follow their items', async () => {
  const Key = { pk: s('moving'), sk: s('s') };
  const states = async () => {
    const { Items } = await client.send(new ScanCommand({ TableName, IndexName: 'by-state' }));
    return Items!.filter(({ pk }) => pk!.S === 'moving').map(({ state }) => state!.S);
  };
  const set = (UpdateExpression: string, state?: string) =>
    client.send(
      new UpdateItemCommand({
        ...{ TableName, Key, UpdateExpression, ReturnConsumedCapacity: 'INDEXES' },
        ExpressionAttributeNames: { '#s': 'state' },
        ...(state && { ExpressionAttributeValues: { ':s': s(state), ':n': { N: '1' } } }),
      }),
    );
  await set('SET #s = :s, z = :n', 'waiting');
  expect(await states()).toEqual([]);
  await client.send(
    new PutItemCommand({ TableName, Item: { ...Key, state: s('waiting'), at: { N: '1' } } }),
  );
  expect(await states()).toEqual(['waiting']);
  const moved = await set('SET #s = :s, z = :n', 'done');
  expect(await states()).toEqual(['done']);
  expect(moved.ConsumedCapacity).toMatchObject({
    CapacityUnits: 3,
    GlobalSecondaryIndexes: { 'by-state': { CapacityUnits: 2 } },
  });
  await set('REMOVE #s');
  expect(await states()).toEqual([]);
  await client.send(new DeleteItemCommand({ TableName, Key }));
});

test.each<[string, Partial<QueryCommandInput>, string]>([
  [
    'an unknown index',
    { ...withState, IndexName: 'other' },
    'The table does not have the specified index: other',
  ],
  [
    'a consistent read',
    { ...withState, ConsistentRead: true },
    'Consistent reads are not supported on global secondary indexes',
  ],
  [
    'all attributes',
    { ...withState, Select: 'ALL_ATTRIBUTES' },
    'One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index by-state because its projection type is not ALL',
  ],
  [
    'what is not projected',
    { ...withState, ProjectionExpression: 'note' },
    'One or more parameter values were invalid: Global secondary index by-state does not project [note]',
  ],
  [
    'half a start key',
    { ...withState, ExclusiveStartKey: { state: s('open'), at: { N: '1' } } },
    'The provided starting key is invalid: The provided key element does not match the schema',
  ],
])('refuses %s', async (_, input, message) => {
  await expect(query(input, s('open'))).rejects.toThrow(message);
});

test('a table with a local index tells the size of an item collection', async () => {
  const Item = { pk: s('p'), sk: s('s0'), note: s('note 0'), city: s('Kiel') };
  const put = { TableName, Item, ReturnItemCollectionMetrics: 'SIZE' as const };
  const { ItemCollectionMetrics } = await client.send(new PutItemCommand(put));
  const metrics = { ItemCollectionKey: { pk: s('p') }, SizeEstimateRangeGB: [0, 1] };
  expect(ItemCollectionMetrics).toEqual(metrics);
  const requests = [
    { PutRequest: { Item } },
    { DeleteRequest: { Key: { pk: s('p'), sk: s('x') } } },
  ];
  const batch = await client.send(
    new BatchWriteItemCommand({
      RequestItems: { [TableName]: requests },
      ReturnItemCollectionMetrics: 'SIZE',
    }),
  );
  expect(batch.ItemCollectionMetrics).toEqual({ [TableName]: [metrics] });
});

test('an attribute that cannot be a key is refused', async () => {
  const Item = { pk: s('p'), sk: s('bad') };
  const put = (more: Record<string, AttributeValue>) =>
    client.send(new PutItemCommand({ TableName, Item: { ...Item, ...more } }));
  await expect(put({ at: s('x') })).rejects.toThrow(
    'One or more parameter values were invalid: Type mismatch for Index Key at Expected: N Actual: S IndexName: by-time',
  );
  await expect(put({ state: s('') })).rejects.toThrow(
    'One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: by-state, IndexKey: state',
  );
});
