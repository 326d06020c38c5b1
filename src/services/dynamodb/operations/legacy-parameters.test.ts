import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type {
  AttributeValue,
  AttributeValueUpdate,
  Condition,
  ExpectedAttributeValue,
  QueryCommandInput,
  UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestTable, type TestTable } from '../../../../test/dynamodb-table.ts';

let table: TestTable;
beforeAll(async () => void (table = await startTestTable('N')));
afterAll(() => table[Symbol.asyncDispose]());

type Attributes = Record<string, AttributeValue>;

const s = (value: string): AttributeValue => ({ S: value });
const n = (value: number): AttributeValue => ({ N: String(value) });
const is = (
  ComparisonOperator: NonNullable<Condition['ComparisonOperator']>,
  ...AttributeValueList: AttributeValue[]
): Condition => ({ ComparisonOperator, AttributeValueList });

const Key = { pk: s('a'), sk: n(1) };
const standing: Attributes = {
  text: s('omelette'),
  count: n(5),
  tags: { SS: ['egg', 'hot'] },
  steps: { L: [s('break'), n(2)] },
};

beforeEach(async () => {
  const { client, TableName } = table;
  await client.send(new PutItemCommand({ TableName, Item: { ...Key, ...standing } }));
});

describe('Expected', () => {
  const put = (
    Expected: Record<string, ExpectedAttributeValue>,
    ConditionalOperator?: 'AND' | 'OR',
  ) =>
    table.client.send(
      new PutItemCommand({
        ...{ TableName: table.TableName, Item: { ...Key, ...standing }, Expected },
        ...(ConditionalOperator && { ConditionalOperator }),
      }),
    );

  test.each<[string, Record<string, ExpectedAttributeValue>, ('AND' | 'OR')?]>([
    ['a value', { count: { Value: n(5) } }],
    ['absence', { absent: { Exists: false } }],
    ['NULL', { absent: is('NULL') }],
    ['NOT_NULL', { text: is('NOT_NULL') }],
    ['NE, also of what is absent', { count: is('NE', n(4)), absent: is('NE', n(4)) }],
    ['an order', { count: is('LT', n(6)), text: is('GE', s('o')) }],
    ['BETWEEN', { count: is('BETWEEN', n(5), n(6)) }],
    ['IN', { count: is('IN', n(4), n(5)) }],
    ['BEGINS_WITH', { text: is('BEGINS_WITH', s('ome')) }],
    ['CONTAINS', { tags: is('CONTAINS', s('egg')), steps: is('CONTAINS', n(2)) }],
    ['NOT_CONTAINS', { tags: is('NOT_CONTAINS', s('cold')) }],
    ['one of several', { count: is('EQ', n(4)), text: is('NOT_NULL') }, 'OR'],
  ])('lets through %s', async (_what, expected, operator) => {
    await expect(put(expected, operator)).resolves.toBeDefined();
  });

  test.each<[string, Record<string, ExpectedAttributeValue>, ('AND' | 'OR')?]>([
    ['another value', { count: { Value: n(4) } }],
    ['presence', { text: { Exists: false } }],
    ['another type', { count: is('EQ', s('5')) }],
    ['what is absent and should not contain something', { absent: is('NOT_CONTAINS', s('x')) }],
    ['one of several', { count: is('EQ', n(4)), text: is('NOT_NULL') }, 'AND'],
  ])('stops %s', async (_what, expected, operator) => {
    await expect(put(expected, operator)).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
    });
  });

  const invalid = 'One or more parameter values were invalid: ';
  test.each<[Record<string, ExpectedAttributeValue>, string, ('AND' | 'OR')?]>([
    [{ a: {} }, `${invalid}Value must be provided when Exists is null for Attribute: a`],
    [
      { a: { Exists: false, Value: n(1) } },
      `${invalid}Value cannot be used when Exists is false for Attribute: a`,
    ],
    [
      { a: { Exists: true, ...is('EQ', n(1)) } },
      `${invalid}Exists and ComparisonOperator cannot be used together for Attribute: a`,
    ],
    [
      { a: { Value: n(1), AttributeValueList: [n(1)] } },
      `${invalid}Value and AttributeValueList cannot be used together for Attribute: a`,
    ],
    [
      { a: { AttributeValueList: [n(1)] } },
      `${invalid}AttributeValueList can only be used with a ComparisonOperator for Attribute: a`,
    ],
    [
      { a: { ComparisonOperator: 'EQ' } },
      `${invalid}Value or AttributeValueList must be used with ComparisonOperator: EQ for Attribute: a`,
    ],
    [
      { a: is('BETWEEN', n(1)) },
      `${invalid}Invalid number of argument(s) for the BETWEEN ComparisonOperator`,
    ],
    [
      { a: is('BETWEEN', n(2), n(1)) },
      'The BETWEEN condition was provided a range where the lower bound is greater than the upper bound',
    ],
    [
      { a: is('IN', n(2), s('x')) },
      `${invalid}AttributeValues inside AttributeValueList must be of same type`,
    ],
    [
      { a: is('BEGINS_WITH', n(2)) },
      `${invalid}ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type`,
    ],
    [
      { a: is('XX' as 'EQ', n(2)) },
      "1 validation error detected: Value 'XX' at 'expected.a.member.comparisonOperator' failed to satisfy constraint: Member must satisfy enum value set: [IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT, NOT_NULL, NE, LE, BEGINS_WITH, GE, CONTAINS]",
    ],
    [{}, 'ConditionalOperator cannot be used without Filter or Expected', 'OR'],
    [
      { a: { Exists: false } },
      'ConditionalOperator can only be used when Filter or Expected has two or more elements',
      'OR',
    ],
  ])('%j is refused', async (expected, message, operator) => {
    await expect(put(expected, operator)).rejects.toMatchObject({
      name: 'ValidationException',
      message,
    });
  });

  test('guards deletions too, in thousands of conditions', async () => {
    const { client, TableName } = table;
    const many = Array.from({ length: 20_000 }, (_, at) => [`a${at}`, { Exists: false }]);
    const Expected = Object.fromEntries(many) as Record<string, ExpectedAttributeValue>;
    const remove = { TableName, Key, ReturnValues: 'ALL_OLD' as const };
    const failing = { ...Expected, count: { Exists: false } };
    await expect(
      client.send(new DeleteItemCommand({ ...remove, Expected: failing })),
    ).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
    const { Attributes } = await client.send(new DeleteItemCommand({ ...remove, Expected }));
    expect(Attributes).toEqual({ ...Key, ...standing });
  });
});

describe('AttributeUpdates', () => {
  const update = (
    AttributeUpdates: Record<string, AttributeValueUpdate>,
    more: Partial<UpdateItemCommandInput> = {},
  ) => {
    const { client, TableName } = table;
    const ReturnValues = 'UPDATED_NEW';
    return client.send(
      new UpdateItemCommand({ TableName, Key, AttributeUpdates, ReturnValues, ...more }),
    );
  };

  test.each<[string, Record<string, AttributeValueUpdate>, Attributes | undefined]>([
    ['puts where no action is said', { text: { Value: n(1) } }, { text: n(1) }],
    ['deletes', { text: { Action: 'DELETE' }, absent: { Action: 'DELETE' } }, undefined],
    ['adds numbers', { count: { Action: 'ADD', Value: n(2) } }, { count: n(7) }],
    ['starts what is added to', { fresh: { Action: 'ADD', Value: n(2) } }, { fresh: n(2) }],
    [
      'adds to sets and lists',
      {
        tags: { Action: 'ADD', Value: { SS: ['new'] } },
        steps: { Action: 'ADD', Value: { L: [s('fry')] } },
      },
      { tags: { SS: ['egg', 'hot', 'new'] }, steps: { L: [s('break'), n(2), s('fry')] } },
    ],
    [
      'takes from sets',
      { tags: { Action: 'DELETE', Value: { SS: ['egg'] } } },
      { tags: { SS: ['hot'] } },
    ],
  ])('%s', async (_what, updates, updated) => {
    const { Attributes } = await update(updates);
    expect(Attributes).toEqual(updated);
  });

  test('shows what it replaced, and obeys Expected', async () => {
    const change = { count: { Action: 'ADD' as const, Value: n(1) } };
    const ReturnValues = 'UPDATED_OLD';
    const wrong = update(change, { ReturnValues, Expected: { count: { Value: n(4) } } });
    await expect(wrong).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
    const right = await update(change, { ReturnValues, Expected: { count: { Value: n(5) } } });
    expect(right.Attributes).toEqual({ count: n(5) });
  });

  const invalid = 'One or more parameter values were invalid: ';
  test.each<[Record<string, AttributeValueUpdate>, string]>([
    [
      { a: { Action: 'PUT' } },
      `${invalid}Only DELETE action is allowed when no attribute value is specified`,
    ],
    [
      { a: { Action: 'ADD', Value: s('x') } },
      `${invalid}ADD action is not supported for the type S`,
    ],
    [
      { a: { Action: 'DELETE', Value: s('x') } },
      `${invalid}DELETE action with value is not supported for the type S`,
    ],
    [{ text: { Action: 'ADD', Value: n(1) } }, 'Type mismatch for attribute to update'],
    [
      { pk: { Action: 'PUT', Value: s('b') } },
      `${invalid}Cannot update attribute pk. This attribute is part of the key`,
    ],
  ])('%j is refused', async (updates, message) => {
    await expect(update(updates)).rejects.toMatchObject({ name: 'ValidationException', message });
  });
});

describe('KeyConditions, filters and AttributesToGet', () => {
  beforeEach(async () => {
    const { client, TableName } = table;
    for (const sk of [2, 3]) {
      const Item = { pk: s('a'), sk: n(sk), count: n(sk * 10) };
      await client.send(new PutItemCommand({ TableName, Item }));
    }
  });

  async function query(parameters: Partial<QueryCommandInput>): Promise<unknown[]> {
    const { client, TableName } = table;
    const { Items } = await client.send(new QueryCommand({ TableName, ...parameters }));
    return Items!.map(({ sk }) => Number(sk!.N));
  }
  const inPartition = { pk: is('EQ', s('a')) };

  test.each<[string, Partial<QueryCommandInput>, number[]]>([
    ['a partition', { KeyConditions: inPartition }, [1, 2, 3]],
    ['a range', { KeyConditions: { ...inPartition, sk: is('BETWEEN', n(2), n(9)) } }, [2, 3]],
    [
      'filtered items',
      {
        KeyConditions: inPartition,
        QueryFilter: { count: is('GT', n(20)), text: is('NOT_NULL') },
        ConditionalOperator: 'OR',
      },
      [1, 3],
    ],
    [
      'key conditions beside an expression',
      {
        KeyConditions: inPartition,
        FilterExpression: '#c > :c',
        ExpressionAttributeNames: { '#c': 'count' },
        ExpressionAttributeValues: { ':c': n(20) },
      },
      [3],
    ],
  ])('find %s', async (_what, parameters, found) => {
    expect(await query(parameters)).toEqual(found);
  });

  test('choose whole attributes', async () => {
    const { client, TableName } = table;
    const AttributesToGet = ['count', 'absent'];
    const { Item } = await client.send(new GetItemCommand({ TableName, Key, AttributesToGet }));
    expect(Item).toEqual({ count: n(5) });
    const { Items } = await client.send(
      new ScanCommand({ TableName, AttributesToGet, ScanFilter: { sk: is('IN', n(1), n(3)) } }),
    );
    expect(Items).toEqual([{ count: n(5) }, { count: n(30) }]);
  });

  const mixed =
    'Can not use both expression and non-expression parameters in the same request: Non-expression parameters: ';
  test.each<[string, Partial<QueryCommandInput>, string]>([
    [
      'nothing to look for',
      {},
      'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
    ],
    ['no conditions', { KeyConditions: {} }, 'Conditions can be of length 1 or 2 only'],
    [
      'an order of partitions',
      { KeyConditions: { pk: is('GT', s('a')) } },
      'Query key condition not supported',
    ],
    [
      'what no order answers',
      { KeyConditions: { ...inPartition, sk: is('NE', n(1)) } },
      'Attempted conditional constraint is not an indexable operation',
    ],
    [
      'a filter of keys',
      { KeyConditions: inPartition, QueryFilter: { sk: is('NOT_NULL') } },
      'QueryFilter can only contain non-primary key attributes: Primary key attribute: sk',
    ],
    [
      'an attribute twice',
      { KeyConditions: inPartition, AttributesToGet: ['a', 'a'] },
      'One or more parameter values were invalid: Duplicate value in attribute name: a',
    ],
    [
      'attributes beside a count',
      { KeyConditions: inPartition, AttributesToGet: ['a'], Select: 'COUNT' },
      'Cannot specify the AttributesToGet when choosing to get only the Count',
    ],
    [
      'both forms',
      {
        KeyConditionExpression: 'pk = :p',
        ExpressionAttributeValues: { ':p': s('a') },
        AttributesToGet: ['a'],
        QueryFilter: {},
      },
      `${mixed}{AttributesToGet, QueryFilter} Expression parameters: {KeyConditionExpression}`,
    ],
    [
      'both forms of one',
      {
        KeyConditions: inPartition,
        KeyConditionExpression: 'pk = :p',
        ExpressionAttributeValues: { ':p': s('a') },
      },
      `${mixed}{KeyConditions} Expression parameters: {KeyConditionExpression}`,
    ],
  ])('refuse %s', async (_what, parameters, message) => {
    await expect(query(parameters)).rejects.toMatchObject({
      name: 'ValidationException',
      message,
    });
  });
});
