import { GetItemCommand, PutItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestTable, type TestTable } from '../../../../test/dynamodb-table.ts';

let table: TestTable;

beforeEach(async () => {
  table = await startTestTable();
});

afterEach(() => table[Symbol.asyncDispose]());

function put(attributes: Record<string, AttributeValue>, more = {}) {
  const { client, TableName } = table;
  return client.send(
    new PutItemCommand({ TableName, Item: { pk: { S: 'a' }, ...attributes }, ...more }),
  );
}

async function stored(): Promise<Record<string, AttributeValue> | undefined> {
  const { client, TableName } = table;
  const { Item } = await client.send(new GetItemCommand({ TableName, Key: { pk: { S: 'a' } } }));
  return Item;
}

test('every type comes back as it was put, numbers in normal form', async () => {
  await put({
    string: { S: 'Grüße 🍳' },
    number: { N: '+1.50e2' },
    binary: { B: Uint8Array.of(0, 255) },
    yes: { BOOL: true },
    nothing: { NULL: true },
    strings: { SS: ['b', 'a'] },
    numbers: { NS: ['1.0', '-0'] },
    binaries: { BS: [Uint8Array.of(1)] },
    list: { L: [{ N: '007' }, { L: [] }] },
    map: { M: { inner: { S: '' } } },
  });
  expect(await stored()).toEqual({
    pk: { S: 'a' },
    string: { S: 'Grüße 🍳' },
    number: { N: '150' },
    binary: { B: Uint8Array.of(0, 255) },
    yes: { BOOL: true },
    nothing: { NULL: true },
    strings: { SS: ['b', 'a'] },
    numbers: { NS: ['1', '0'] },
    binaries: { BS: [Uint8Array.of(1)] },
    list: { L: [{ N: '7' }, { L: [] }] },
    map: { M: { inner: { S: '' } } },
  });
});

test('the document client puts and gets plain objects', async () => {
  const documents = DynamoDBDocumentClient.from(table.client);
  const Item = { pk: 'a', dish: { name: 'omelette', eggs: 3, hot: true }, tags: new Set(['x']) };
  await documents.send(new PutCommand({ TableName: table.TableName, Item }));
  const got = await documents.send(
    new GetCommand({ TableName: table.TableName, Key: { pk: 'a' } }),
  );
  expect(got.Item).toEqual(Item);
});

test('a put replaces the whole item and can tell what stood there', async () => {
  await put({ old: { S: 'x' } });
  const { Attributes } = await put({ fresh: { S: 'y' } }, { ReturnValues: 'ALL_OLD' });
  expect(Attributes).toEqual({ pk: { S: 'a' }, old: { S: 'x' } });
  expect(await stored()).toEqual({ pk: { S: 'a' }, fresh: { S: 'y' } });
});

test('a condition decides, and a failed one can show the item', async () => {
  const fresh = { ConditionExpression: 'attribute_not_exists(pk)' };
  await put({ bytes: { B: Uint8Array.of(7) } }, fresh);
  const again = put(
    { n: { N: '2' } },
    { ...fresh, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' },
  );
  await expect(again).rejects.toMatchObject({
    name: 'ConditionalCheckFailedException',
    message: 'The conditional request failed',
    Item: { pk: { S: 'a' }, bytes: { B: Uint8Array.of(7) } },
  });
  expect(await stored()).toHaveProperty('bytes');
  await put({ n: { N: '3' } }, { ConditionExpression: 'attribute_exists(pk)' });
  expect(await stored()).toEqual({ pk: { S: 'a' }, n: { N: '3' } });
});

test('of many conditional puts at once exactly one succeeds', async () => {
  const puts = Array.from({ length: 40 }, (_, n) =>
    put({ n: { N: String(n) } }, { ConditionExpression: 'attribute_not_exists(pk)' }),
  );
  const outcomes = await Promise.allSettled(puts);
  const won = outcomes.flatMap(({ status }, n) => (status === 'fulfilled' ? [n] : []));
  expect(won).toHaveLength(1);
  expect(await stored()).toEqual({ pk: { S: 'a' }, n: { N: String(won[0]) } });
});

test('capacity is the larger of old and new, by the kilobyte', async () => {
  const { ConsumedCapacity: large } = await put(
    { text: { S: 'x'.repeat(2100) } },
    { ReturnConsumedCapacity: 'INDEXES' },
  );
  expect(large).toEqual({
    TableName: 'orders',
    CapacityUnits: 3,
    Table: { CapacityUnits: 3 },
  });
  const { ConsumedCapacity: small } = await put({}, { ReturnConsumedCapacity: 'TOTAL' });
  expect(small).toEqual({ TableName: 'orders', CapacityUnits: 3 });
});

const refusals: [string, Record<string, AttributeValue>, string][] = [
  [
    'a number of too many digits',
    { n: { N: '1'.repeat(39) } },
    'Attempting to store more than 38 significant digits in a Number',
  ],
  [
    'a name above 64 KB',
    { ['x'.repeat(65_536)]: { S: '' } },
    'Attribute name is too large, must be less than 65536 bytes',
  ],
  ['a set with duplicates', { s: { NS: ['1', '1.0'] } }, 'Input collection contains duplicates'],
  [
    'an empty key',
    { pk: { S: '' } },
    'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk',
  ],
  [
    'a key of another type',
    { pk: { N: '1' } },
    'One or more parameter values were invalid: Type mismatch for key pk expected: S actual: N',
  ],
  [
    'an item above 400 KB',
    { text: { S: 'x'.repeat(400 * 1024 - 6) } },
    'Item size has exceeded the maximum allowed size',
  ],
];

describe('refuses', () => {
  test.each(refusals)('%s', async (_what, attributes, message) => {
    const refused = put(attributes);
    await expect(refused).rejects.toMatchObject({ name: 'ValidationException', message });
    expect(await stored()).toBeUndefined();
  });
});

test('an item of exactly 400 KB is stored', async () => {
  await put({ text: { S: 'x'.repeat(400 * 1024 - 7) } });
  expect((await stored())?.['text']?.S).toHaveLength(400 * 1024 - 7);
});
