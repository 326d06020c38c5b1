import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type {
  AttributeValue,
  BatchGetItemCommandInput,
  KeysAndAttributes,
  WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  itemsIn,
  onDemand,
  startTestTable,
  type TestTable,
} from '../../../../test/dynamodb-table.ts';

const TableName = 'orders';
const dish = (name: string) => ({ pk: { S: name } });
const put = (name: string, more: Record<string, AttributeValue> = {}): WriteRequest => ({
  PutRequest: { Item: { ...dish(name), ...more } },
});
const remove = (name: string): WriteRequest => ({ DeleteRequest: { Key: dish(name) } });
const names = (count: number) => Array.from({ length: count }, (_, n) => `${n}`);

let table: TestTable;

beforeEach(async () => {
  table = await startTestTable();
});

afterEach(() => table[Symbol.asyncDispose]());

function write(RequestItems: Record<string, WriteRequest[]>) {
  return table.client.send(
    new BatchWriteItemCommand({ RequestItems, ReturnConsumedCapacity: 'TOTAL' }),
  );
}

function get(
  RequestItems: Record<string, KeysAndAttributes>,
  more: Partial<BatchGetItemCommandInput> = {},
) {
  return table.client.send(new BatchGetItemCommand({ RequestItems, ...more }));
}

async function makeGuests(): Promise<void> {
  await table.client.send(new CreateTableCommand(onDemand('guests', 'N')));
  await table.cloud.inside.workflows.settled();
}

test('a batch puts and deletes in several tables', async () => {
  await makeGuests();
  await write({ [TableName]: [put('soup'), put('stew')] });
  const guest = { pk: { S: 'ann' }, sk: { N: '1' } };
  const answer = await write({
    [TableName]: [put('pie', { text: { S: 'x'.repeat(1100) } }), remove('soup'), remove('none')],
    guests: [{ PutRequest: { Item: guest } }],
  });
  expect(answer).toMatchObject({
    UnprocessedItems: {},
    ConsumedCapacity: [
      { TableName, CapacityUnits: 4 },
      { TableName: 'guests', CapacityUnits: 1 },
    ],
  });
  expect((await itemsIn(table.client, TableName)).map(({ pk }) => pk)).toEqual([
    { S: 'pie' },
    { S: 'stew' },
  ]);
  expect(await itemsIn(table.client, 'guests')).toEqual([guest]);
});

describe('a batch of writes is refused as a whole for', () => {
  test.each<[string, Record<string, WriteRequest[]>, string]>([
    ['no table', {}, 'The requestItems parameter is required for BatchWriteItem'],
    [
      'no request',
      { [TableName]: [] },
      "1 validation error detected: Value '{orders=[]}' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 25, Member must have length greater than or equal to 1]",
    ],
    [
      'the same item twice',
      { [TableName]: [put('soup'), remove('soup')] },
      'Provided list of item keys contains duplicates',
    ],
    [
      'too many requests over all tables',
      {
        [TableName]: names(13).map((name) => put(name)),
        guests: names(13).map((name) => put(name)),
      },
      'Too many items requested for the BatchWriteItem call',
    ],
    [
      'a request with two changes',
      { [TableName]: [{ ...put('soup'), ...remove('stew') }] },
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    ],
    [
      'a key of another type',
      { [TableName]: [put('stew'), { PutRequest: { Item: { pk: { N: '1' } } } }] },
      'The provided key element does not match the schema',
    ],
    [
      'an item that is too large',
      { [TableName]: [put('stew'), put('soup', { large: { S: 'x'.repeat(410_000) } })] },
      'Item size has exceeded the maximum allowed size',
    ],
    [
      'a table with an impossible name',
      { 'no!': [put('soup')] },
      "1 validation error detected: Value '{no!=[WriteRequest]}' at 'requestItems' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 255, Member must have length greater than or equal to 3, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]",
    ],
  ])('%s', async (_what, requests, message) => {
    await expect(write(requests)).rejects.toMatchObject({ name: 'ValidationException', message });
    expect(await itemsIn(table.client, TableName)).toEqual([]);
  });

  test('a table that is not there', async () => {
    const nowhere = { nowhere: [put('soup')], [TableName]: [put('stew')] };
    await expect(write(nowhere)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found',
    });
    expect(await itemsIn(table.client, TableName)).toEqual([]);
  });

  test('26 requests, while 25 are done', async () => {
    const all = names(26).map((name) => put(name));
    await expect(write({ [TableName]: all })).rejects.toThrow(
      'Member must have length less than or equal to 25',
    );
    await write({ [TableName]: all.slice(1) });
    expect(await itemsIn(table.client, TableName)).toHaveLength(25);
  });
});

test('a batch gets what is there from several tables, as each of them asks', async () => {
  await makeGuests();
  const guest = { pk: { S: 'ann' }, sk: { N: '1' }, seat: { S: 'window' } };
  const soup = { ...dish('soup'), price: { N: '7' }, name: { S: 'leek' } };
  await write({
    [TableName]: [{ PutRequest: { Item: soup } }, put('stew')],
    guests: [{ PutRequest: { Item: guest } }],
  });
  const answer = await get(
    {
      [TableName]: {
        Keys: ['soup', 'none', 'stew'].map(dish),
        ProjectionExpression: '#name',
        ExpressionAttributeNames: { '#name': 'name' },
        ConsistentRead: true,
      },
      guests: { Keys: [{ pk: { S: 'ann' }, sk: { N: '1.0' } }], AttributesToGet: ['seat'] },
    },
    { ReturnConsumedCapacity: 'INDEXES' },
  );
  expect(answer).toMatchObject({
    Responses: { [TableName]: [{ name: { S: 'leek' } }, {}], guests: [{ seat: { S: 'window' } }] },
    UnprocessedKeys: {},
    ConsumedCapacity: [
      { TableName, CapacityUnits: 3, Table: { CapacityUnits: 3 } },
      { TableName: 'guests', CapacityUnits: 0.5, Table: { CapacityUnits: 0.5 } },
    ],
  });
  const whole = await get({ [TableName]: { Keys: ['stew', 'soup'].map(dish) } });
  expect(whole.Responses).toEqual({ [TableName]: [dish('stew'), soup] });
});

test('an answer holds 16 MB, and the rest is to be asked for again', async () => {
  const large = { S: 'x'.repeat(399_000) };
  const Keys = names(45).map(dish);
  await Promise.all(
    Keys.map((key) =>
      table.client.send(new PutItemCommand({ TableName, Item: { ...key, large } })),
    ),
  );
  const wanted = { ConsistentRead: true, ProjectionExpression: 'pk' };
  const first = await get({ [TableName]: { ...wanted, Keys } });
  const got = first.Responses![TableName]!;
  expect(got).toEqual(Keys.slice(0, 42));
  expect(first.UnprocessedKeys).toEqual({ [TableName]: { ...wanted, Keys: Keys.slice(42) } });
  const second = await get(first.UnprocessedKeys!);
  expect(second.Responses).toEqual({ [TableName]: Keys.slice(42) });
  expect(second.UnprocessedKeys).toEqual({});
});

describe('a batch of gets is refused for', () => {
  const keys = names(60).map(dish);
  const both = { Keys: [dish('soup')], AttributesToGet: ['a'], ProjectionExpression: 'a' };
  test.each<[string, Record<string, KeysAndAttributes>, string]>([
    ['no table', {}, 'The requestItems parameter is required for BatchGetItem'],
    [
      'no key',
      { [TableName]: { Keys: [] } },
      "1 validation error detected: Value '[]' at 'requestItems.orders.member.keys' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      'more than 100 keys of a table',
      { [TableName]: { Keys: names(101).map(dish) } },
      "1 validation error detected: Value at 'RequestItems.orders.member.Keys' failed to satisfy constraint: Member must have length less than or equal to 100",
    ],
    [
      'more than 100 keys of all',
      { [TableName]: { Keys: keys }, guests: { Keys: keys } },
      'Too many items requested for the BatchGetItem call',
    ],
    [
      'the same key twice',
      { [TableName]: { Keys: [dish('soup'), dish('soup')] } },
      'Provided list of item keys contains duplicates',
    ],
    [
      'a key that does not fit',
      { [TableName]: { Keys: [{ ...dish('soup'), sk: { N: '1' } }] } },
      'The provided key element does not match the schema',
    ],
    [
      'both forms of choosing attributes',
      { [TableName]: both },
      'Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {AttributesToGet} Expression parameters: {ProjectionExpression}',
    ],
  ])('%s', async (_what, wanted, message) => {
    await expect(get(wanted)).rejects.toMatchObject({ name: 'ValidationException', message });
  });

  test('a table that is not there', async () => {
    await expect(get({ nowhere: { Keys: [dish('soup')] } })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found',
    });
  });
});

test('the document client writes and gets plain objects', async () => {
  const documents = DynamoDBDocumentClient.from(table.client);
  const Item = { pk: 'soup', leeks: 3, tags: new Set(['hot']) };
  await documents.send(
    new BatchWriteCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item } }] } }),
  );
  const { Responses } = await documents.send(
    new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [{ pk: 'soup' }] } } }),
  );
  expect(Responses).toEqual({ [TableName]: [Item] });
});
