import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestTable, type TestTable } from '../../../../test/dynamodb-table.ts';

let table: TestTable;
const key = { pk: { S: 'a' }, sk: { B: Uint8Array.of(1, 2) } };

beforeEach(async () => {
  table = await startTestTable('B');
  const Item = { ...key, text: { S: 'x'.repeat(5000) }, map: { M: { n: { N: '1' } } } };
  await table.client.send(new PutItemCommand({ TableName: table.TableName, Item }));
});

afterEach(() => table[Symbol.asyncDispose]());

const get = (Key: GetItemCommand['input']['Key'], more = {}) =>
  table.client.send(new GetItemCommand({ TableName: table.TableName, Key, ...more }));

test('an item is found by its whole key, or not at all', async () => {
  expect((await get(key)).Item).toMatchObject(key);
  const { Item } = await get({ ...key, sk: { B: Uint8Array.of(1) } });
  expect(Item).toBeUndefined();
});

test('a projection chooses attributes', async () => {
  const { Item } = await get(key, {
    ProjectionExpression: '#m.n, pk',
    ExpressionAttributeNames: { '#m': 'map' },
  });
  expect(Item).toEqual({ pk: { S: 'a' }, map: { M: { n: { N: '1' } } } });
});

test('capacity goes by four kilobytes, half where consistency may wait', async () => {
  const cost = async (ConsistentRead: boolean, Key = key) =>
    (await get(Key, { ConsistentRead, ReturnConsumedCapacity: 'TOTAL' })).ConsumedCapacity
      ?.CapacityUnits;
  expect([await cost(true), await cost(false)]).toEqual([2, 1]);
  expect(await cost(false, { ...key, pk: { S: 'absent' } })).toBe(0.5);
});

test('a table goes by its ARN as well', async () => {
  const TableName = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders';
  expect((await get(key, { TableName })).Item).toMatchObject(key);
  const other = TableName.replace('us-east-1', 'us-east-2');
  await expect(get(key, { TableName: other })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test('a deleted item is gone; deleting it again is no error', async () => {
  const remove = () =>
    table.client.send(
      new DeleteItemCommand({ TableName: table.TableName, Key: key, ReturnValues: 'ALL_OLD' }),
    );
  expect((await remove()).Attributes).toMatchObject(key);
  expect((await get(key)).Item).toBeUndefined();
  expect((await remove()).Attributes).toBeUndefined();
});

test('a delete keeps to its condition', async () => {
  const remove = (n: string) =>
    table.client.send(
      new DeleteItemCommand({
        TableName: table.TableName,
        Key: key,
        ConditionExpression: '#m.n = :n',
        ExpressionAttributeNames: { '#m': 'map' },
        ExpressionAttributeValues: { ':n': { N: n } },
      }),
    );
  await expect(remove('2')).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
  expect((await get(key)).Item).toMatchObject(key);
  await remove('1.0');
  expect((await get(key)).Item).toBeUndefined();
});

describe('refuses keys', () => {
  const mismatch = 'The provided key element does not match the schema';
  test.each([
    ['that lack a part', { pk: key.pk }, mismatch],
    ['with more than the key', { ...key, more: { S: 'x' } }, mismatch],
    ['of another type', { ...key, sk: { S: 'x' } }, mismatch],
    [
      'that are empty',
      { ...key, pk: { S: '' } },
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk',
    ],
  ])('%s', async (_what, wrong, message) => {
    await expect(get(wrong)).rejects.toMatchObject({ name: 'ValidationException', message });
  });
});

describe('JSON of the wrong kind is a SerializationException', () => {
  test.each([
    [{ TableName: 1, Key: {} }, 'NUMBER_VALUE cannot be converted to String'],
    [{ TableName: 'orders', Key: 'x' }, 'Unexpected field type'],
    [{ TableName: 'orders', Key: { pk: 'x' } }, 'Unexpected value type in payload'],
    [{ TableName: 'orders', Key: { pk: { S: true } } }, 'TRUE_VALUE cannot be converted to String'],
    [
      { TableName: 'orders', Key: { pk: { B: 'x' } } },
      'Base64 encoded length is expected a multiple of 4 bytes but found: 1',
    ],
    [
      { TableName: 'orders', Key: {}, ConsistentRead: 1 },
      'NUMBER_VALUE cannot be converted to Boolean',
    ],
  ])('%j', async (body, Message) => {
    const response = await fetch(table.cloud.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'DynamoDB_20120810.GetItem',
        'x-amz-date': '20261123T120000Z',
        authorization:
          'AWS4-HMAC-SHA256 Credential=anyone/20261123/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=00',
      },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      __type: 'com.amazon.coral.service#SerializationException',
      Message,
    });
  });
});
