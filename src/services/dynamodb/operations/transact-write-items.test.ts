import {
  CreateTableCommand,
  TransactWriteItemsCommand,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import type {
  AttributeValue,
  TransactWriteItem,
  TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  itemsIn,
  onDemand,
  startTestTable,
  type TestTable,
} from '../../../../test/dynamodb-table.ts';

const MINUTE_MS = 60_000;
const TableName = 'orders';
const dish = (name: string) => ({ pk: { S: name } });

let table: TestTable;

beforeEach(async () => {
  table = await startTestTable();
});

afterEach(() => table[Symbol.asyncDispose]());

function write(
  TransactItems: TransactWriteItem[],
  more: Partial<TransactWriteItemsCommandInput> = {},
) {
  return table.client.send(new TransactWriteItemsCommand({ TransactItems, ...more }));
}

async function reasons(attempt: Promise<unknown>) {
  const error: unknown = await attempt.then(
    () => undefined,
    (refusal: unknown) => refusal,
  );
  if (!(error instanceof TransactionCanceledException)) throw error;
  return error.CancellationReasons;
}

const put = (name: string, more: Record<string, AttributeValue> = {}): TransactWriteItem => ({
  Put: { TableName, Item: { ...dish(name), ...more } },
});
const increment = (name: string): TransactWriteItem => ({
  Update: {
    TableName,
    Key: dish(name),
    UpdateExpression: 'ADD n :one',
    ExpressionAttributeValues: { ':one': { N: '1' } },
  },
});
const exists = (name: string): TransactWriteItem => ({
  ConditionCheck: {
    TableName,
    Key: dish(name),
    ConditionExpression: 'attribute_exists(pk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

test('all four actions are done together, in several tables', async () => {
  await table.client.send(new CreateTableCommand(onDemand('guests', 'N')));
  await table.cloud.inside.workflows.settled();
  await write([put('soup'), put('stew', { n: { N: '1' } }), put('pie')]);
  const guest = { pk: { S: 'ann' }, sk: { N: '1' } };
  await write([
    exists('soup'),
    increment('stew'),
    { Delete: { TableName, Key: dish('pie'), ConditionExpression: 'attribute_exists(pk)' } },
    { Put: { TableName: 'guests', Item: guest, ConditionExpression: 'attribute_not_exists(pk)' } },
  ]);
  expect(await itemsIn(table.client, TableName)).toEqual([
    dish('soup'),
    { ...dish('stew'), n: { N: '2' } },
  ]);
  expect(await itemsIn(table.client, 'guests')).toEqual([guest]);
});

test('one failed condition leaves everything as it was and is named in its place', async () => {
  const old = { ...dish('soup'), hot: { BOOL: true }, bytes: { B: Uint8Array.of(1, 2) } };
  await write([{ Put: { TableName, Item: old } }]);
  const attempt = write([
    put('stew'),
    {
      Put: {
        TableName,
        Item: dish('soup'),
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    exists('pie'),
  ]);
  await expect(attempt).rejects.toThrow(
    'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, ConditionalCheckFailed]',
  );
  const Message = 'The conditional request failed';
  expect(await reasons(attempt)).toEqual([
    { Code: 'None' },
    { Code: 'ConditionalCheckFailed', Message, Item: old },
    { Code: 'ConditionalCheckFailed', Message },
  ]);
  expect(await itemsIn(table.client, TableName)).toEqual([old]);
});

describe('what cannot be done', () => {
  const key = (value: AttributeValue) => ({ pk: value });

  test.each<[string, TransactWriteItem, string]>([
    [
      'a key of another type in an item',
      { Put: { TableName, Item: key({ N: '5' }) } },
      'One or more parameter values were invalid: Type mismatch for key pk expected: S actual: N',
    ],
    [
      'an item without its key',
      { Put: { TableName, Item: { other: { S: 'x' } } } },
      'One or more parameter values were invalid: Missing the key pk in the item',
    ],
    [
      'a key of another type',
      { Delete: { TableName, Key: key({ L: [{ S: 'x' }] }) } },
      'The provided key element does not match the schema',
    ],
    [
      'an update of what is not there',
      { Update: { TableName, Key: dish('pie'), UpdateExpression: 'SET a = b' } },
      'The provided expression refers to an attribute that does not exist in the item',
    ],
  ])('%s is a reason in its place', async (_what, action, Message) => {
    expect(await reasons(write([put('soup'), action]))).toEqual([
      { Code: 'None' },
      { Code: 'ValidationError', Message },
    ]);
    expect(await itemsIn(table.client, TableName)).toEqual([]);
  });

  const large = 'x'.repeat(350_000);
  test.each<[string, TransactWriteItem[], string]>([
    [
      'an empty key',
      [put('')],
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk',
    ],
    [
      'two actions on one item',
      [put('soup'), exists('soup')],
      'Transaction request cannot include multiple operations on one item',
    ],
    ['no action', [], "Value '[]' at 'transactItems' failed to satisfy constraint"],
    [
      '101 actions',
      Array.from({ length: 101 }, (_, n) => put(`${n}`)),
      'Member must have length less than or equal to 100',
    ],
    [
      'an empty action',
      [{}],
      'Invalid Request: TransactWriteRequest should contain Delete or Put or Update request',
    ],
    [
      'two actions in one',
      [{ ...put('soup'), ...exists('stew') }],
      'TransactItems can only contain one of Check, Put, Update or Delete',
    ],
    [
      'more than 4 MB',
      Array.from({ length: 12 }, (_, n) => put(`${n}`, { large: { S: large } })),
      'Transaction payload size cannot exceed 4MB. Payload Size: 4200098',
    ],
    [
      'an item above 400 KB',
      [put('soup', { large: { S: `${large}${large}` } })],
      'Item size has exceeded the maximum allowed size',
    ],
  ])('%s refuses the whole request', async (_what, actions, message) => {
    await expect(write(actions)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message) as string,
    });
    expect(await itemsIn(table.client, TableName)).toEqual([]);
  });

  test('a table that is not there refuses the whole request', async () => {
    const elsewhere = { Put: { TableName: 'nowhere', Item: dish('soup') } };
    await expect(write([put('stew'), elsewhere])).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found',
    });
    expect(await itemsIn(table.client, TableName)).toEqual([]);
  });

  test('100 actions are done', async () => {
    await write(Array.from({ length: 100 }, (_, n) => put(`${n}`)));
    expect(await itemsIn(table.client, TableName)).toHaveLength(100);
  });
});

describe('a ClientRequestToken', () => {
  const ClientRequestToken = 'order-1';

  test('lets a transaction be made once in ten minutes', async () => {
    const more = { ClientRequestToken, ReturnConsumedCapacity: 'TOTAL' } as const;
    const first = await write([increment('soup')], more);
    expect(first.ConsumedCapacity).toEqual([
      { TableName, CapacityUnits: 2, WriteCapacityUnits: 2 },
    ]);
    table.cloud.inside.clock.advance(10 * MINUTE_MS - 1);
    const again = await write([increment('soup')], more);
    expect(again.ConsumedCapacity).toEqual([{ TableName, CapacityUnits: 2, ReadCapacityUnits: 2 }]);
    table.cloud.inside.clock.advance(1);
    await write([increment('soup')], more);
    expect(await itemsIn(table.client, TableName)).toEqual([{ ...dish('soup'), n: { N: '2' } }]);
  });

  test('belongs to one request, however its maps are ordered', async () => {
    await write([put('soup', { a: { S: '1' }, b: { S: '2' } })], { ClientRequestToken });
    await write([put('soup', { b: { S: '2' }, a: { S: '1' } })], { ClientRequestToken });
    await expect(
      write([put('soup', { a: { S: '1' } })], { ClientRequestToken }),
    ).rejects.toMatchObject({ name: 'IdempotentParameterMismatchException' });
  });

  test('of a transaction that was cancelled may come again', async () => {
    const actions = [exists('soup'), put('stew')];
    await expect(write(actions, { ClientRequestToken })).rejects.toThrow('Transaction cancelled');
    await write([put('soup')]);
    await write(actions, { ClientRequestToken });
    expect(await itemsIn(table.client, TableName)).toHaveLength(2);
  });
});

test('the document client writes plain objects', async () => {
  const documents = DynamoDBDocumentClient.from(table.client);
  await documents.send(
    new TransactWriteCommand({
      TransactItems: [{ Put: { TableName, Item: { pk: 'soup', leeks: 3 } } }],
    }),
  );
  expect(await itemsIn(table.client, TableName)).toEqual([{ ...dish('soup'), leeks: { N: '3' } }]);
});

test('capacity is told by table and index, twice that of single writes', async () => {
  const { ConsumedCapacity } = await write(
    [put('soup', { text: { S: 'x'.repeat(1500) } }), increment('stew')],
    { ReturnConsumedCapacity: 'INDEXES' },
  );
  expect(ConsumedCapacity).toEqual([
    {
      TableName,
      CapacityUnits: 6,
      WriteCapacityUnits: 6,
      Table: { CapacityUnits: 6, WriteCapacityUnits: 6 },
    },
  ]);
});
