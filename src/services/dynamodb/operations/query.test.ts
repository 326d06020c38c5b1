import {
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  type ScalarAttributeType,
} from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { startTestTable, type TestTable } from '../../../../test/dynamodb-table.ts';

let table: TestTable | undefined;

afterEach(async () => {
  await table?.[Symbol.asyncDispose]();
  table = undefined;
});

async function filled(type: ScalarAttributeType, keys: readonly string[]): Promise<TestTable> {
  table = await startTestTable(type);
  const { client, TableName } = table;
  const puts = keys.map((sk, n) => ({ pk: { S: 'a' }, sk: { [type]: sk }, n: { N: String(n) } }));
  const others = [{ pk: { S: 'b' }, sk: { [type]: keys[0]! } }];
  await Promise.all(
    [...puts, ...others].map((Item) =>
      client.send(new PutItemCommand({ TableName, Item: Item as never })),
    ),
  );
  return table;
}

async function sortKeys(
  { client, TableName }: TestTable,
  input: Partial<QueryCommandInput>,
): Promise<(string | undefined)[]> {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: 'a' }, ...input.ExpressionAttributeValues },
      ...(({ ExpressionAttributeValues: _values, ...rest }) => rest)(input),
    }),
  );
  return Items.map(({ sk }) => sk?.S ?? sk?.N);
}

test('numbers come back by value', async () => {
  const numbers = await filled('N', ['10', '9', '-1', '-1.5', '0', '1e20', '0.001', '-100']);
  const ordered = ['-100', '-1.5', '-1', '0', '0.001', '9', '10', '100000000000000000000'];
  expect(await sortKeys(numbers, {})).toEqual(ordered);
  expect(await sortKeys(numbers, { ScanIndexForward: false })).toEqual(ordered.toReversed());
});

describe('a condition on the sort key selects', () => {
  const words = ['a', 'aa', 'ab', 'b', 'ba', 'é', '😀'];
  test.each<[string, Record<string, string>, string[]]>([
    ['sk = :x', { ':x': 'a' }, ['a']],
    ['sk < :x', { ':x': 'ab' }, ['a', 'aa']],
    ['sk <= :x', { ':x': 'ab' }, ['a', 'aa', 'ab']],
    ['sk > :x', { ':x': 'a' }, ['aa', 'ab', 'b', 'ba', 'é', '😀']],
    [':x <= sk', { ':x': 'ba' }, ['ba', 'é', '😀']],
    ['sk BETWEEN :x AND :y', { ':x': 'aa', ':y': 'b' }, ['aa', 'ab', 'b']],
    ['begins_with(sk, :x)', { ':x': 'a' }, ['a', 'aa', 'ab']],
    ['begins_with(sk, :x)', { ':x': 'zz' }, []],
  ])('%s %j', async (condition, values, wanted) => {
    const texts = await filled('S', words);
    const selected = await sortKeys(texts, {
      KeyConditionExpression: `pk = :pk AND ${condition}`,
      ExpressionAttributeValues: Object.fromEntries(
        Object.entries(values).map(([name, S]) => [name, { S }]),
      ),
    });
    expect(selected).toEqual(wanted);
  });
});

test('pages join to the whole, forward and backward, whatever their size', async () => {
  const keys = Array.from({ length: 23 }, (_, n) => String(n * 7 - 50));
  const { client, TableName } = await filled('N', keys);
  const wanted = keys.map(Number);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 25 }), fc.boolean(), async (Limit, forward) => {
      const seen: number[] = [];
      let ExclusiveStartKey: QueryCommandInput['ExclusiveStartKey'];
      do {
        const page = await client.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': { S: 'a' } },
            ScanIndexForward: forward,
            Limit,
            ExclusiveStartKey,
          }),
        );
        seen.push(...page.Items!.map(({ sk }) => Number(sk!.N)));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      expect(seen).toEqual(forward ? wanted : wanted.toReversed());
    }),
    { numRuns: 12 },
  );
});

test('a page ends at a megabyte, counted as DynamoDB counts', async () => {
  const { client, TableName } = (table = await startTestTable('N'));
  const text = { S: 'x'.repeat(200_000) };
  for (let n = 0; n < 8; n++) {
    const Item = { pk: { S: 'a' }, sk: { N: String(n) }, text };
    await client.send(new PutItemCommand({ TableName, Item }));
  }
  const page = await client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: 'a' } },
      ReturnConsumedCapacity: 'TOTAL',
      ConsistentRead: true,
    }),
  );
  expect(page.Count).toBe(6);
  expect(page.LastEvaluatedKey).toEqual({ pk: { S: 'a' }, sk: { N: '5' } });
  expect(page.ConsumedCapacity?.CapacityUnits).toBe(Math.ceil((6 * 200_012) / 4096));
});

test('a filter takes out items but still counts and pages them', async () => {
  const { client, TableName } = await filled('N', ['1', '2', '3', '4', '5', '6']);
  const page = await client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      FilterExpression: 'n >= :n',
      ProjectionExpression: 'sk',
      ExpressionAttributeValues: { ':pk': { S: 'a' }, ':n': { N: '2' } },
      Limit: 4,
    }),
  );
  expect(page).toMatchObject({ Count: 2, ScannedCount: 4, LastEvaluatedKey: { sk: { N: '4' } } });
  expect(page.Items).toEqual([{ sk: { N: '3' } }, { sk: { N: '4' } }]);
});

test('Select COUNT leaves the items out', async () => {
  const { client, TableName } = await filled('S', ['x', 'y']);
  const { Count, Items } = await client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: 'a' } },
      Select: 'COUNT',
    }),
  );
  expect({ Count, Items }).toEqual({ Count: 2, Items: undefined });
});

describe('refuses', () => {
  test.each<[string, Partial<QueryCommandInput>, string]>([
    [
      'no condition',
      { KeyConditionExpression: undefined, ExpressionAttributeValues: undefined },
      'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
    ],
    [
      'no partition key',
      { KeyConditionExpression: 'sk = :pk' },
      'Query condition missed key schema element: pk',
    ],
    [
      'a range of partitions',
      { KeyConditionExpression: 'pk > :pk' },
      'Query key condition not supported',
    ],
    [
      'an operator that no key can answer',
      { KeyConditionExpression: 'pk = :pk OR sk = :pk' },
      'Invalid operator used in KeyConditionExpression: OR',
    ],
    [
      'a value of the wrong type',
      { ExpressionAttributeValues: { ':pk': { N: '1' } } },
      'One or more parameter values were invalid: Condition parameter type does not match schema type',
    ],
    [
      'to start in another partition',
      { ExclusiveStartKey: { pk: { S: 'b' }, sk: { S: 'x' } } },
      'The provided starting key is outside query boundaries based on provided conditions',
    ],
    [
      'key attributes in a filter',
      { FilterExpression: 'sk = :pk' },
      'Filter Expression can only contain non-primary key attributes: Primary key attribute: sk',
    ],
    [
      'an index that is not there',
      { IndexName: 'by-date' },
      'The table does not have the specified index: by-date',
    ],
    [
      'a limit of nothing',
      { Limit: 0 },
      "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
  ])('%s', async (_what, input, message) => {
    const { client, TableName } = await filled('S', ['x']);
    const refused = client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: 'a' } },
        ...input,
      }),
    );
    await expect(refused).rejects.toMatchObject({ name: 'ValidationException', message });
  });
});
