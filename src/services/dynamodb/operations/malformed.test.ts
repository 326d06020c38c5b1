import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestTable, type TestTable } from '../../../../test/dynamodb-table.ts';

let table: TestTable;

beforeEach(async () => {
  table = await startTestTable('N');
});

afterEach(() => table[Symbol.asyncDispose]());

async function send(operation: string, body: unknown) {
  const response = await fetch(table.cloud.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'x-amz-date': '20261123T120000Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=anyone/20261123/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=00',
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}

/** Names that mean something here, so that random structures get past the first check. */
const name = fc.constantFrom(
  ...['pk', 'sk', 'a', '', '__proto__', 'constructor', 'S', 'N', 'B', 'SS', 'NS', 'BS', 'L', 'M'],
  ...['BOOL', 'NULL', '#n', ':v'],
);
const text = fc.oneof(
  fc.constantFrom('orders', 'a', '1', '-1.5e3', '', 'AAA=', 'true', 'ALL_OLD', 'TOTAL', 'COUNT'),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const expression = fc
  .array(
    fc.constantFrom(
      ...['pk', 'sk', 'a', '#n', ':v', '=', '<', '<>', '(', ')', '[', '0', ']', '.', ',', 'AND'],
      ...['OR', 'NOT', 'BETWEEN', 'IN', 'size', 'begins_with', 'contains', 'attribute_exists', '%'],
      ...['SET', 'REMOVE', 'ADD', 'DELETE', '+', '-', 'if_not_exists', 'list_append', '__proto__'],
    ),
    { maxLength: 12 },
  )
  .map((tokens) => tokens.join(' '));
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    text,
    fc.constantFrom(null, true, false, 0, 1.5, -1),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3 }),
  ),
}));
const attribute = fc.oneof(
  fc.record({ S: text }),
  fc.record({ N: fc.constantFrom('1', '2.5', 'x', '1e200') }),
  value,
);
/** A legacy condition or update, or next to one. */
const clause = fc.record(
  {
    ComparisonOperator: fc.oneof(
      fc.constantFrom('EQ', 'NE', 'IN', 'NULL', 'BETWEEN', 'CONTAINS', 'BEGINS_WITH', 'GT'),
      value,
    ),
    AttributeValueList: fc.oneof(fc.array(attribute, { maxLength: 3 }), value),
    Exists: fc.oneof(fc.boolean(), value),
    Value: attribute,
    Action: fc.oneof(fc.constantFrom('ADD', 'PUT', 'DELETE'), value),
  },
  { requiredKeys: [] },
);
const clauses = fc.oneof(fc.dictionary(name, clause, { maxKeys: 3 }), value);
const key = fc.oneof(
  fc.constant({ pk: { S: 'a' }, sk: { N: '1' } }),
  fc.dictionary(name, attribute, { maxKeys: 3 }),
  value,
);
const goodKey = { pk: { S: 'a' }, sk: { N: '1' } };
const whole = {
  PutItem: { Item: goodKey },
  GetItem: { Key: goodKey },
  DeleteItem: { Key: goodKey },
  UpdateItem: { Key: goodKey },
  Query: { KeyConditionExpression: 'pk = :v', ExpressionAttributeValues: { ':v': { S: 'a' } } },
  Scan: {},
};
/** A request that works, with up to three parameters that may not. */
const request = fc
  .tuple(
    fc.constantFrom(...(Object.keys(whole) as (keyof typeof whole)[])),
    fc.record({
      TableName: value,
      Item: key,
      Key: key,
      ExclusiveStartKey: key,
      UpdateExpression: fc.oneof(fc.constantFrom('SET a = :v', 'ADD a :v'), expression, value),
      AttributeUpdates: clauses,
      Expected: clauses,
      QueryFilter: clauses,
      ScanFilter: clauses,
      KeyConditions: clauses,
      ConditionalOperator: fc.oneof(fc.constantFrom('AND', 'OR'), value),
      AttributesToGet: fc.oneof(fc.array(name), value),
      ReturnValuesOnConditionCheckFailure: text,
      ReturnItemCollectionMetrics: text,
      ConditionExpression: fc.oneof(expression, value),
      KeyConditionExpression: fc.oneof(expression, value),
      FilterExpression: fc.oneof(expression, value),
      ProjectionExpression: fc.oneof(expression, value),
      ExpressionAttributeNames: fc.oneof(fc.constant({ '#n': 'name' }), value),
      ExpressionAttributeValues: fc.oneof(fc.record({ ':v': attribute }), value),
      Limit: fc.oneof(fc.nat(3), value),
      Select: text,
      ReturnValues: text,
      ReturnConsumedCapacity: text,
      ConsistentRead: fc.oneof(fc.boolean(), value),
      Segment: fc.oneof(fc.nat(3), value),
      TotalSegments: fc.oneof(fc.nat(3), value),
    }),
    fc.array(fc.nat(), { maxLength: 3 }),
  )
  .map(([operation, parameters, chosen]) => {
    const entries = Object.entries(parameters);
    const changes = chosen.map((at) => entries[at % entries.length]!);
    const body = { TableName: 'orders', ...whole[operation], ...Object.fromEntries(changes) };
    return { operation, body };
  });

test('malformed requests of every kind end in an answer or in a refusal that changes nothing', async () => {
  const seen = new Set<number>();
  const contents = async () => (await send('Scan', { TableName: 'orders' })).text;
  let before = await contents();
  await fc.assert(
    fc.asyncProperty(request, async ({ operation, body }) => {
      const { status, text: answer } = await send(operation, body);
      seen.add(status);
      if (status >= 500) throw new Error(answer);
      const after = await contents();
      if (status !== 200) expect(after).toBe(before);
      before = after;
    }),
    { numRuns: 300 },
  );
  expect([...seen]).toEqual(expect.arrayContaining([200, 400]));
});

const TableName = 'orders';
const updates = {
  Key: goodKey,
  UpdateExpression: 'SET a = :v',
  ConditionExpression: '#n <> :v',
  ExpressionAttributeNames: { '#n': 'a' },
  ExpressionAttributeValues: { ':v': { S: 'a' } },
};
const other = (pk: string) => ({ ...goodKey, pk: { S: pk } });
/** Requests that work, of operations whose parameters are nested. */
const nested: readonly (readonly [string, object])[] = [
  ['UpdateItem', { TableName, ...updates, ReturnValues: 'ALL_NEW' }],
  [
    'BatchGetItem',
    {
      RequestItems: {
        [TableName]: { Keys: [goodKey], ConsistentRead: true, ProjectionExpression: 'a' },
      },
      ReturnConsumedCapacity: 'TOTAL',
    },
  ],
  [
    'BatchWriteItem',
    {
      RequestItems: {
        [TableName]: [{ PutRequest: { Item: goodKey } }, { DeleteRequest: { Key: other('b') } }],
      },
    },
  ],
  ['TransactGetItems', { TransactItems: [{ Get: { TableName, Key: goodKey } }] }],
  [
    'TransactWriteItems',
    {
      TransactItems: [
        { Update: { TableName, ...updates } },
        { Put: { TableName, Item: other('b') } },
        { Delete: { TableName, Key: other('c') } },
        {
          ConditionCheck: {
            ...{ TableName, Key: other('d') },
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        },
      ],
      ReturnConsumedCapacity: 'INDEXES',
    },
  ],
];

/** Every place in a structure below its root: the way to it. */
function placesIn(part: unknown): string[][] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([step, below]) => [
    [step],
    ...placesIn(below).map((rest) => [step, ...rest]),
  ]);
}

/** A copy with something else in one place. */
function replaced(part: unknown, [step, ...rest]: readonly string[], by: unknown): unknown {
  const copy = structuredClone(part) as Record<string, unknown>;
  copy[step!] = rest.length === 0 ? by : replaced(copy[step!], rest, by);
  return copy;
}

const spoiled = fc
  .tuple(fc.constantFrom(...nested), fc.nat(), fc.oneof(value, expression))
  .map(([[operation, body], chosen, by]) => {
    const places = placesIn(body);
    return { operation, body: replaced(body, places[chosen % places.length]!, by) };
  });

test('so do requests with something else in any one place', async () => {
  for (const [operation, body] of nested) {
    expect(await send(operation, body)).toMatchObject({ status: 200 });
  }
  await fc.assert(
    fc.asyncProperty(spoiled, async ({ operation, body }) => {
      const { status, text: answer } = await send(operation, body);
      if (status >= 500 && status !== 501) throw new Error(answer);
    }),
    { numRuns: 400 },
  );
});
