import {
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestTable, type TestTable } from '../../../../test/dynamodb-table.ts';

let table: TestTable;

beforeAll(async () => {
  table = await startTestTable('N');
  for (let n = 0; n < 5; n++) await put(n);
});
afterAll(() => table[Symbol.asyncDispose]());

async function put(n: number): Promise<void> {
  const Item = { pk: { S: 'Zoë' }, sk: { N: String(n) }, even: { BOOL: n % 2 === 0 } };
  await table.client.send(new PutItemCommand({ TableName: table.TableName, Item }));
}

/** What the header of an answer tells, as a client with a middleware reads it. */
async function explained(
  send: (client: DynamoDBClient) => Promise<unknown>,
  wanted = 'true',
): Promise<unknown> {
  const client = table.cloud.client(DynamoDBClient);
  let told: string | undefined;
  client.middlewareStack.add(
    (next) => async (args) => {
      (args.request as HeaderHolder).headers['x-alacarte-explain'] = wanted;
      const result = await next(args);
      told = (result.response as HeaderHolder).headers['x-alacarte-explain'];
      return result;
    },
    { step: 'build' },
  );
  await send(client);
  return told === undefined ? undefined : JSON.parse(told);
}

interface HeaderHolder {
  readonly headers: Record<string, string | undefined>;
}

const input = {
  KeyConditionExpression: 'pk = :p AND sk > :n',
  FilterExpression: 'even = :t',
  ExpressionAttributeValues: { ':p': { S: 'Zoë' }, ':n': { N: '1' }, ':t': { BOOL: true } },
};

test('a query tells what it read', async () => {
  const { TableName } = table;
  expect(
    await explained((client) => client.send(new QueryCommand({ TableName, ...input }))),
  ).toEqual([
    {
      ...{ read: TableName, keys: 'pk = Zoë AND sk > 1', readUnits: 0.5 },
      partition: expect.stringMatching(/^[0-9a-f]{8}$/) as unknown,
      ...{ examined: 3, returned: 2, bytes: expect.any(Number) as unknown, more: false },
    },
  ]);
});

test('a scan and a write tell theirs, of the same partition', async () => {
  const { TableName } = table;
  const [scanned] = (await explained((client) => client.send(new ScanCommand({ TableName })))) as [
    object,
  ];
  expect(scanned).toMatchObject({ read: TableName, keys: 'all', examined: 5, returned: 5 });
  const Item = { pk: { S: 'Zoë' }, sk: { N: '9' } };
  const [written] = (await explained((client) =>
    client.send(new PutItemCommand({ TableName, Item })),
  )) as [object];
  const [queried] = (await explained((client) =>
    client.send(new QueryCommand({ TableName, ...input })),
  )) as [{ partition: string }];
  const { partition } = queried;
  expect(written).toEqual({ write: TableName, partition, newBytes: 10, writeUnits: 1 });
});

test('nobody is told who did not ask', async () => {
  const { TableName } = table;
  expect(
    await explained((client) => client.send(new ScanCommand({ TableName })), 'no'),
  ).toBeUndefined();
});
