import { PutItemCommand, ScanCommand, type ScanCommandInput } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestTable, type TestTable } from '../../../../test/dynamodb-table.ts';

let table: TestTable;
const all = Array.from({ length: 40 }, (_, n) => `item ${n}`).toSorted();

beforeEach(async () => {
  table = await startTestTable();
  await Promise.all(
    all.map((pk, n) =>
      table.client.send(
        new PutItemCommand({
          TableName: table.TableName,
          Item: { pk: { S: pk }, n: { N: String(n) } },
        }),
      ),
    ),
  );
});

afterEach(() => table[Symbol.asyncDispose]());

async function scanned(input: Partial<ScanCommandInput>): Promise<string[]> {
  const seen: string[] = [];
  let ExclusiveStartKey: ScanCommandInput['ExclusiveStartKey'];
  do {
    const page = await table.client.send(
      new ScanCommand({ TableName: table.TableName, ...input, ExclusiveStartKey }),
    );
    seen.push(...page.Items!.map(({ pk }) => pk!.S!));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return seen;
}

test('pages join to the whole, in an order that stays', async () => {
  const whole = await scanned({});
  expect(whole.toSorted()).toEqual(all);
  expect(await scanned({ Limit: 7 })).toEqual(whole);
  expect(await scanned({ Limit: 40 })).toEqual(whole);
});

test('segments divide the table among them', async () => {
  const parts = await Promise.all(
    [0, 1, 2].map((Segment) => scanned({ Segment, TotalSegments: 3, Limit: 5 })),
  );
  expect(parts.every((part) => part.length > 0)).toBe(true);
  expect(parts.flat()).toEqual(await scanned({}));
});

test('a filter selects by any attribute', async () => {
  const found = await scanned({
    FilterExpression: 'n < :n AND begins_with(pk, :item)',
    ExpressionAttributeValues: { ':n': { N: '3' }, ':item': { S: 'item' } },
  });
  expect(found.toSorted()).toEqual(all.slice(0, 3));
});

test('an eventually consistent page costs half', async () => {
  const cost = async (ConsistentRead: boolean) => {
    const { ConsumedCapacity } = await table.client.send(
      new ScanCommand({
        TableName: table.TableName,
        ConsistentRead,
        ReturnConsumedCapacity: 'TOTAL',
      }),
    );
    return ConsumedCapacity?.CapacityUnits;
  };
  expect([await cost(true), await cost(false)]).toEqual([1, 0.5]);
});

describe('refuses', () => {
  test.each<[string, Partial<ScanCommandInput>, string]>([
    [
      'a segment without a total',
      { Segment: 1 },
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    ],
    [
      'a segment behind the last',
      { Segment: 2, TotalSegments: 2 },
      'The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 2 is not less than TotalSegments: 2',
    ],
    [
      'a start that is no key of the table',
      { ExclusiveStartKey: { other: { S: 'x' } } },
      'The provided starting key is invalid: The provided key element does not match the schema',
    ],
    [
      'chosen attributes without a choice',
      { Select: 'SPECIFIC_ATTRIBUTES' },
      'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    ],
  ])('%s', async (_what, input, message) => {
    const refused = table.client.send(new ScanCommand({ TableName: table.TableName, ...input }));
    await expect(refused).rejects.toMatchObject({ name: 'ValidationException', message });
  });
});
