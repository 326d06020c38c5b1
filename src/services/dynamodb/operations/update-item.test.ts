import { GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { AttributeValue, UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestTable, type TestTable } from '../../../../test/dynamodb-table.ts';

let table: TestTable;
beforeAll(async () => void (table = await startTestTable()));
afterAll(() => table[Symbol.asyncDispose]());

type Attributes = Record<string, AttributeValue>;
const Key = { pk: { S: 'it' } };

/** The item after an update of `before`, which is put first. */
async function update(
  before: Attributes | undefined,
  UpdateExpression: string,
  ExpressionAttributeValues?: Attributes,
  more: Partial<UpdateItemCommandInput> = {},
): Promise<Attributes> {
  const { client, TableName } = table;
  const Item = { ...Key, ...before };
  await client.send(new PutItemCommand({ TableName, Item }));
  const { Attributes: all } = await client.send(
    new UpdateItemCommand({
      ...{ TableName, Key, UpdateExpression, ReturnValues: 'ALL_NEW' },
      ...(ExpressionAttributeValues && { ExpressionAttributeValues }),
      ...more,
    }),
  );
  const { pk, ...rest } = all!;
  expect(pk).toEqual(Key.pk);
  return rest;
}

const n = (value: number | string): AttributeValue => ({ N: String(value) });
const list = (...values: number[]): AttributeValue => ({ L: values.map(n) });

test.each<[string, Attributes, string, Attributes | undefined, Attributes]>([
  ['sets', { a: n(1) }, 'SET b = :v', { ':v': n(2) }, { a: n(1), b: n(2) }],
  [
    'reads before it writes',
    { a: n(1), b: n(2) },
    'SET a = b, b = a',
    undefined,
    { a: n(2), b: n(1) },
  ],
  ['adds up', { a: n(5) }, 'SET a = a + :v', { ':v': n('0.1') }, { a: n('5.1') }],
  ['takes off', { a: n(5) }, 'SET b = :v - a', { ':v': n(3) }, { a: n(5), b: n(-2) }],
  [
    'adds exactly',
    { a: n('99999999999999999999999999999999999999') },
    'SET a = a - :v',
    { ':v': n(1) },
    { a: n('99999999999999999999999999999999999998') },
  ],
  [
    'starts a counter',
    {},
    'SET a = if_not_exists(a, :z) + :v',
    { ':z': n(0), ':v': n(1) },
    { a: n(1) },
  ],
  ['appends', { l: list(1) }, 'SET l = list_append(l, :v)', { ':v': list(2) }, { l: list(1, 2) }],
  [
    'nests functions',
    {},
    'SET l = list_append(if_not_exists(l, :e), :v)',
    { ':e': list(), ':v': list(1) },
    { l: list(1) },
  ],
  [
    'takes parentheses',
    { a: n(5) },
    'SET a = ((a) + (if_not_exists((b), (:v)))), b = (:v)',
    { ':v': n(1) },
    { a: n(6), b: n(1) },
  ],
  [
    'sets behind the end',
    { l: list(1, 2) },
    'SET l[9] = :b, l[5] = :a',
    { ':a': n(3), ':b': n(4) },
    { l: list(1, 2, 3, 4) },
  ],
  [
    'removes by old indices',
    { l: list(0, 1, 2, 3) },
    'REMOVE l[0], l[2]',
    undefined,
    { l: list(1, 3) },
  ],
  [
    'mixes list changes',
    { l: list(0, 1, 2) },
    'REMOVE l[1] SET l[2] = :v, l[7] = :v',
    { ':v': n(9) },
    { l: list(0, 9, 9) },
  ],
  [
    'reaches into maps',
    { m: { M: { a: n(1), b: n(2) } } },
    'SET m.a = m.b REMOVE m.b',
    undefined,
    { m: { M: { a: n(2) } } },
  ],
  ['removes what is not there', { a: n(1) }, 'REMOVE b', undefined, { a: n(1) }],
  ['ADD makes a number', {}, 'ADD a :v', { ':v': n(3) }, { a: n(3) }],
  [
    'ADD joins sets',
    { s: { SS: ['a'] } },
    'ADD s :v',
    { ':v': { SS: ['a', 'b'] } },
    { s: { SS: ['a', 'b'] } },
  ],
  [
    'DELETE leaves members',
    { s: { NS: ['1', '2'] } },
    'DELETE s :v',
    { ':v': { NS: ['2'] } },
    { s: { NS: ['1'] } },
  ],
  [
    'DELETE takes an empty set away',
    { s: { SS: ['a'] } },
    'DELETE s :v',
    { ':v': { SS: ['a'] } },
    {},
  ],
])('%s', async (_, before, expression, values, after) => {
  expect(await update(before, expression, values)).toEqual(after);
});

test('makes an item of its key where none stands', async () => {
  const { client, TableName } = table;
  const other = { pk: { S: 'other' } };
  await client.send(new UpdateItemCommand({ TableName, Key: other }));
  expect((await client.send(new GetItemCommand({ TableName, Key: other }))).Item).toEqual(other);
});

test.each<[string, Attributes, string, Attributes | undefined, string]>([
  [
    'a missing attribute',
    {},
    'SET a = b',
    undefined,
    'The provided expression refers to an attribute that does not exist in the item',
  ],
  [
    'a missing parent',
    {},
    'SET a.b = :v',
    { ':v': n(1) },
    'The document path provided in the update expression is invalid for update',
  ],
  [
    'text in a sum',
    { a: { S: 'x' } },
    'SET a = a + :v',
    { ':v': n(1) },
    'An operand in the update expression has an incorrect data type',
  ],
  [
    'a literal text in a sum',
    {},
    'SET a = :v + :v',
    { ':v': { S: '' } },
    'Invalid UpdateExpression: Incorrect operand type for operator or function; operator or function: +, operand type: S',
  ],
  [
    'ADD of text',
    {},
    'ADD a :v',
    { ':v': { S: '' } },
    'Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND',
  ],
  [
    'overlapping paths',
    {},
    'SET a.b = :v REMOVE a',
    { ':v': n(1) },
    'Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a]',
  ],
  [
    'a section twice',
    {},
    'REMOVE a REMOVE b',
    undefined,
    'Invalid UpdateExpression: The "REMOVE" section can only be used once in an update expression;',
  ],
  [
    'no section',
    {},
    'a = b',
    undefined,
    'Invalid UpdateExpression: Syntax error; token: "a", near: "a ="',
  ],
  [
    'an empty expression',
    {},
    '',
    undefined,
    'Invalid UpdateExpression: The expression can not be empty;',
  ],
  [
    'doubled parentheses',
    {},
    'SET a = ((:v))',
    { ':v': n(1) },
    'Invalid UpdateExpression: The expression has redundant parentheses;',
  ],
  [
    'three numbers in a sum',
    {},
    'SET a = (:v + :v) + :v',
    { ':v': n(1) },
    'Invalid UpdateExpression: Syntax error; token: "+", near: ") + :v"',
  ],
  [
    'more of an appended list',
    { l: list(1) },
    'SET a = list_append(list_append(l, l), l)',
    undefined,
    'Invalid UpdateExpression: The function is not allowed to be used this way in an expression; function: list_append',
  ],
  [
    'a function of conditions',
    {},
    'SET a = size(pk)',
    undefined,
    'Invalid UpdateExpression: The function is not allowed in an update expression; function: size',
  ],
  [
    'more than 400 KB',
    { a: { S: 'x'.repeat(200 * 1024) } },
    'SET b = a, c = a',
    undefined,
    'Item size to update has exceeded the maximum allowed size',
  ],
  [
    'a key',
    {},
    'SET pk = :v',
    { ':v': { S: 'b' } },
    'One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key',
  ],
  [
    'a part of a key',
    {},
    'SET pk.a = :v',
    { ':v': { S: 'b' } },
    'One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key',
  ],
  [
    'a sum beyond 38 digits',
    { a: n('99999999999999999999999999999999999999') },
    'SET a = a + :v',
    { ':v': n('0.1') },
    'Attempting to store more than 38 significant digits in a Number',
  ],
])('refuses %s', async (_, before, expression, values, message) => {
  await expect(update(before, expression, values)).rejects.toMatchObject({
    name: 'ValidationException',
    message,
  });
});

test.each([
  ['UPDATED_OLD', { m: { M: { a: n(1) } } }],
  ['UPDATED_NEW', { m: { M: { a: n(2) } }, z: n(2) }],
  ['ALL_OLD', { ...Key, m: { M: { a: n(1), b: n(1) } }, x: n(1) }],
  ['NONE', undefined],
] as const)('returns %s', async (ReturnValues, expected) => {
  const { client, TableName } = table;
  const Item = { ...Key, m: { M: { a: n(1), b: n(1) } }, x: n(1) };
  await client.send(new PutItemCommand({ TableName, Item }));
  const { Attributes: parts } = await client.send(
    new UpdateItemCommand({
      ...{ TableName, Key, ReturnValues },
      UpdateExpression: 'SET m.a = :v, z = :v',
      ExpressionAttributeValues: { ':v': n(2) },
    }),
  );
  expect(parts).toEqual(expected);
});
