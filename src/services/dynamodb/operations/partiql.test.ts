import {
  BatchExecuteStatementCommand,
  CreateTableCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  ExecuteTransactionCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { AttributeValue, ExecuteStatementCommandInput } from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';
import { onDemand } from '../../../../test/dynamodb-table.ts';
import { dynamodb } from '../service.ts';

let cloud: TestCloud;
let client: DynamoDBClient;

beforeAll(async () => {
  cloud = await startTestCloud({ services: [dynamodb] });
  client = cloud.client(DynamoDBClient);
  const table = onDemand('music', 'N');
  await client.send(
    new CreateTableCommand({
      ...table,
      AttributeDefinitions: [
        ...table.AttributeDefinitions!,
        { AttributeName: 'genre', AttributeType: 'S' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-genre',
          KeySchema: [{ AttributeName: 'genre', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  await cloud.inside.workflows.settled();
});
afterAll(() => cloud[Symbol.asyncDispose]());

beforeEach(async () => {
  for (const pk of ['a', 'b']) {
    for (let sk = 0; sk < 4; sk++) {
      const m = { M: { x: n(sk), l: { L: [n(5)] } } };
      const Item = { pk: { S: pk }, sk: n(sk), genre: { S: sk % 2 ? 'odd' : 'even' }, m };
      await client.send(new PutItemCommand({ TableName: 'music', Item }));
    }
  }
});

const n = (value: number): AttributeValue => ({ N: String(value) });

async function run(
  Statement: string,
  Parameters?: AttributeValue[],
  more: Partial<ExecuteStatementCommandInput> = {},
): Promise<Record<string, AttributeValue>[]> {
  const input = { Statement, ...(Parameters && { Parameters }), ...more };
  return (await client.send(new ExecuteStatementCommand(input))).Items!;
}

async function keys(where: string, ...values: AttributeValue[]): Promise<string[]> {
  const found = await run(
    `SELECT pk, sk FROM "music" ${where}`,
    values.length > 0 ? values : undefined,
  );
  return found.map(({ pk, sk }) => `${pk!.S}${sk!.N}`);
}

test.each<[string, AttributeValue[], string[]]>([
  [`WHERE pk = 'a'`, [], ['a0', 'a1', 'a2', 'a3']],
  [`WHERE pk = ? AND sk >= ?`, [{ S: 'a' }, n(2)], ['a2', 'a3']],
  [`WHERE pk = 'a' AND sk BETWEEN 1 AND 2`, [], ['a1', 'a2']],
  [`WHERE pk = 'a' ORDER BY sk DESC`, [], ['a3', 'a2', 'a1', 'a0']],
  [`WHERE pk IN ['b', 'a'] AND sk = 1`, [], ['b1', 'a1']],
  [`WHERE pk = 'a' AND m.x > 1 AND NOT genre = 'odd'`, [], ['a2']],
  [`WHERE pk = 'a' AND (sk = 0 OR m.l[0] = 6 OR sk = 3)`, [], ['a0', 'a3']],
  [`WHERE pk = 'a' AND 2 < sk`, [], ['a3']],
  [`WHERE pk = 'a' AND begins_with(genre, 'od') AND size(m) = 2`, [], ['a1', 'a3']],
  [
    `WHERE pk = 'a' AND nothing IS MISSING AND m IS NOT MISSING AND sk <> 0`,
    [],
    ['a1', 'a2', 'a3'],
  ],
])('SELECT … %s', async (where, values, expected) => {
  expect(await keys(where, ...values)).toEqual(expected);
});

test('SELECT without a partition key scans, and an index is read by its name', async () => {
  expect((await keys('WHERE sk = 1')).toSorted()).toEqual(['a1', 'b1']);
  expect(await run(`SELECT m.x, m.l[0] FROM "music" WHERE pk = 'a' AND sk = 2`)).toEqual([
    { x: n(2), 'l[0]': n(5) },
  ]);
  expect(await run(`SELECT * FROM "music"."by-genre" WHERE genre = 'odd'`)).toHaveLength(4);
});

test('pages meet every item once', async () => {
  const Statement = `SELECT pk, sk FROM "music" WHERE pk IN ['a', 'b']`;
  const seen: unknown[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new ExecuteStatementCommand({ Statement, Limit: 3, ...(NextToken && { NextToken }) }),
    );
    seen.push(...page.Items!.map(({ pk, sk }) => `${pk!.S}${sk!.N}`));
    ({ NextToken } = page);
  } while (NextToken);
  expect(seen).toEqual(['a0', 'a1', 'a2', 'a3', 'b0', 'b1', 'b2', 'b3']);
  const first = await client.send(new ExecuteStatementCommand({ Statement, Limit: 3 }));
  const other = `SELECT * FROM "music"`;
  await expect(run(other, undefined, { NextToken: first.NextToken! })).rejects.toThrow(
    'Invalid NextToken',
  );
});

test('items are inserted, updated and deleted', async () => {
  const where = `WHERE pk = 'new' AND sk = 1`;
  await run(
    `INSERT INTO "music" VALUE {'pk': 'new', 'sk': ?, 's': <<'x'>>, 'l': [1, true, null]}`,
    [n(1)],
  );
  await expect(run(`INSERT INTO "music" VALUE {'pk': 'new', 'sk': 1}`)).rejects.toMatchObject({
    name: 'DuplicateItemException',
    message: 'Duplicate primary key exists in table',
  });
  const updated = await run(
    `UPDATE "music" SET n = 1 SET s = set_add(s, <<'y'>>), l = list_append(l, [2]) ${where} RETURNING ALL NEW *`,
  );
  expect(updated).toEqual([
    {
      ...{ pk: { S: 'new' }, sk: n(1), n: n(1), s: { SS: ['x', 'y'] } },
      l: { L: [n(1), { BOOL: true }, { NULL: true }, n(2)] },
    },
  ]);
  const modified = await run(
    `UPDATE "music" SET n = n + 4 REMOVE l ${where} RETURNING MODIFIED OLD *`,
  );
  expect(modified).toEqual([{ n: n(1), l: updated[0]!['l'] }]);
  const gone = await run(`DELETE FROM "music" ${where} AND n = 5 RETURNING ALL OLD *`);
  expect(gone).toMatchObject([{ n: n(5) }]);
  expect(await run(`DELETE FROM "music" ${where}`)).toEqual([]);
});

test.each<[string, string]>([
  ['', `1 validation error detected: Value '' at 'statement'`],
  ['SELEC', `Statement wasn't well formed, can't be processed: Unexpected token: SELEC`],
  [
    `SELECT * FROM "music" WHERE pk = 1`,
    `Key attribute's data type should match its data type in table's schema: Key pk`,
  ],
  [
    `SELECT * FROM "music" ORDER BY sk`,
    'Must have WHERE clause in the statement when using ORDER BY clause.',
  ],
  [
    `SELECT * FROM "music" WHERE pk = ?`,
    "Number of parameters in request and statement don't match.",
  ],
  [`SELECT * FROM "missing" WHERE pk = 'a'`, 'Requested resource not found'],
  [
    `UPDATE "music" SET n = 1 WHERE pk = 'a'`,
    'Where clause does not contain a mandatory equality on all key attributes',
  ],
  [`UPDATE "music" SET n = 1 WHERE pk = 'none' AND sk = 1`, 'The conditional request failed'],
  [
    `UPDATE "music" SET sk = 9 WHERE pk = 'a' AND sk = 1`,
    'Cannot update attribute sk. This attribute is part of the key',
  ],
  [`DELETE FROM "music" WHERE pk = 'a' AND sk = 1 AND m.x = 7`, 'The conditional request failed'],
  [
    `EXISTS(SELECT * FROM "music" WHERE pk = 'a' AND sk = 1)`,
    'EXISTS can only be used in ExecuteTransaction write requests.',
  ],
])('refuses %s', async (statement, message) => {
  await expect(run(statement)).rejects.toThrow(message);
});

test('a batch answers each statement in its place', async () => {
  const { Responses } = await client.send(
    new BatchExecuteStatementCommand({
      Statements: [
        { Statement: `UPDATE "music" SET n = 1 WHERE pk = 'none' AND sk = 1` },
        { Statement: `UPDATE "music" SET n = ? WHERE pk = 'a' AND sk = 1`, Parameters: [n(7)] },
        { Statement: `DELETE FROM "missing" WHERE pk = 'a'` },
      ],
    }),
  );
  expect(Responses!.map(({ Error }) => Error?.Code)).toEqual([
    'ConditionalCheckFailed',
    undefined,
    'ResourceNotFound',
  ]);
  expect(await run(`SELECT n FROM "music" WHERE pk = 'a' AND sk = 1`)).toEqual([{ n: n(7) }]);
});

test('a transaction makes all of its changes or none', async () => {
  const statements = (exists: string) => [
    {
      Statement: `EXISTS(SELECT * FROM "music" WHERE pk = 'a' AND sk = 0 AND genre = '${exists}')`,
    },
    { Statement: `INSERT INTO "music" VALUE {'pk': 'made', 'sk': 1}` },
    { Statement: `DELETE FROM "music" WHERE pk = 'b' AND sk = 0` },
  ];
  const send = (exists: string) =>
    client.send(new ExecuteTransactionCommand({ TransactStatements: statements(exists) }));
  await expect(send('odd')).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [{ Code: 'ConditionalCheckFailed' }, { Code: 'None' }, { Code: 'None' }],
  });
  expect(await keys(`WHERE pk IN ['made', 'b'] AND sk < 2`)).toEqual(['b0', 'b1']);
  await send('even');
  expect(await keys(`WHERE pk IN ['made', 'b'] AND sk < 2`)).toEqual(['made1', 'b1']);
  await run(`DELETE FROM "music" WHERE pk = 'made' AND sk = 1`);
});

test('no text makes it fail', async () => {
  const words = fc.constantFrom(
    ...[
      'SELECT',
      '*',
      'FROM',
      '"music"',
      'WHERE',
      'pk',
      '=',
      "'a'",
      'AND',
      '(',
      ')',
      '[',
      ']',
      '?',
    ],
    ...[
      'INSERT INTO',
      'VALUE',
      '{',
      '}',
      'SET',
      'UPDATE',
      'REMOVE',
      'm.x',
      '+',
      '1',
      '<<',
      '>>',
      'IN',
    ],
    ...['size(', 'NOT', 'IS', 'MISSING', ',', '"', "'", '\0', 'é', '__proto__', 'EXISTS('],
  );
  const text = fc.array(words, { maxLength: 14 }).map((parts) => parts.join(' '));
  await fc.assert(
    fc.asyncProperty(text, async (statement) => {
      const failure = await run(statement, [{ S: 'a' }]).catch((error: unknown) => error);
      if (!(failure instanceof Error)) return;
      expect(failure.name).toMatch(/^(ValidationException|ResourceNotFoundException)$/);
    }),
    { numRuns: 300 },
  );
});
