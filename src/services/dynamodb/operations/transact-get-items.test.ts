import {
  PutItemCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import type { Get, TransactGetItemsCommandInput } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactGetCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestTable, type TestTable } from '../../../../test/dynamodb-table.ts';

const TableName = 'orders';
const dish = (name: string) => ({ pk: { S: name } });

let table: TestTable;

beforeEach(async () => {
  table = await startTestTable();
  const Item = { ...dish('soup'), n: { N: '1' }, name: { S: 'leek' } };
  await table.client.send(new PutItemCommand({ TableName, Item }));
});

afterEach(() => table[Symbol.asyncDispose]());

function get(gets: Omit<Get, 'TableName'>[], more: Partial<TransactGetItemsCommandInput> = {}) {
  const TransactItems = gets.map((each) => ({ Get: { TableName, ...each } }));
  return table.client.send(new TransactGetItemsCommand({ TransactItems, ...more }));
}

test('items are answered in their places, each as it is asked for', async () => {
  const names = { '#name': 'name' };
  const answer = await get(
    [
      { Key: dish('none') },
      { Key: dish('soup'), ProjectionExpression: '#name', ExpressionAttributeNames: names },
    ],
    { ReturnConsumedCapacity: 'INDEXES' },
  );
  expect(answer.Responses).toEqual([{}, { Item: { name: { S: 'leek' } } }]);
  expect(answer.ConsumedCapacity).toEqual([
    {
      TableName,
      CapacityUnits: 4,
      ReadCapacityUnits: 4,
      Table: { CapacityUnits: 4, ReadCapacityUnits: 4 },
    },
  ]);
});

test('a key that does not fit is a reason in its place', async () => {
  const attempt = get([{ Key: dish('soup') }, { Key: { pk: { N: '1' } } }]);
  await expect(attempt).rejects.toBeInstanceOf(TransactionCanceledException);
  await expect(attempt).rejects.toMatchObject({
    message:
      'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ValidationError]',
    CancellationReasons: [
      { Code: 'None' },
      { Code: 'ValidationError', Message: 'The provided key element does not match the schema' },
    ],
  });
});

test.each<[string, Omit<Get, 'TableName'>[], string]>([
  [
    'an item twice',
    [{ Key: dish('soup') }, { Key: dish('soup') }],
    'Transaction request cannot include multiple operations on one item',
  ],
  [
    'nothing',
    [],
    "1 validation error detected: Value '[]' at 'transactItems' failed to satisfy constraint: Member must have length greater than or equal to 1",
  ],
  [
    'what is no projection',
    [{ Key: dish('soup'), ProjectionExpression: '!!!' }],
    'Invalid ProjectionExpression: Syntax error; token: "!", near: "!!"',
  ],
])('a request for %s is refused', async (_what, gets, message) => {
  await expect(get(gets)).rejects.toMatchObject({ name: 'ValidationException', message });
});

test('what is read is of one moment', async () => {
  const { client } = table;
  const Keys = ['left', 'right'].map(dish);
  const writer = async (): Promise<void> => {
    for (let n = 1; n <= 20; n++) {
      const TransactItems = Keys.map((Key) => ({
        Update: {
          TableName,
          Key,
          UpdateExpression: 'SET n = :n',
          ExpressionAttributeValues: { ':n': { N: `${n}` } },
        },
      }));
      await client.send(new TransactWriteItemsCommand({ TransactItems }));
    }
  };
  const reader = async () => {
    const pairs: (string | undefined)[][] = [];
    while (pairs.length < 20) {
      try {
        const { Responses = [] } = await get(Keys.map((Key) => ({ Key })));
        pairs.push(Responses.map(({ Item }) => Item?.['n']?.N));
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
      }
    }
    return pairs;
  };
  const [pairs] = await Promise.all([reader(), writer()]);
  for (const [left, right] of pairs) expect(left).toBe(right);
});

test('the document client gets plain objects', async () => {
  const documents = DynamoDBDocumentClient.from(table.client);
  const { Responses } = await documents.send(
    new TransactGetCommand({ TransactItems: [{ Get: { TableName, Key: { pk: 'soup' } } }] }),
  );
  expect(Responses).toEqual([{ Item: { pk: 'soup', n: 1, name: 'leek' } }]);
});
