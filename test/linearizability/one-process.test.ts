import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestTable, type TestTable } from '../dynamodb-table.ts';
import { checkHistory } from './history.ts';

let table: TestTable;

beforeEach(async () => {
  table = await startTestTable();
});

afterEach(() => table[Symbol.asyncDispose]());

test('one order explains what many clients are answered by items and transactions', async () => {
  const clients = Array.from({ length: 6 }, () => table.cloud.client(DynamoDBClient));
  const seed = Date.now();
  const calls = await checkHistory(clients, table.TableName, { calls: 60, seed });
  expect(calls).toHaveLength(360);
});
