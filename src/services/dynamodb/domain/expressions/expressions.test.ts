import { describe, expect, test } from 'vitest';
import type { Item } from '../attribute-value.ts';
import { readExpressions, selectionOf, testOf } from './request-expressions.ts';

const item: Item = {
  id: { S: 'a' },
  price: { N: '12.5' },
  stock: { N: '3' },
  title: { S: 'Omelette' },
  tags: { SS: ['egg', 'hot'] },
  photo: { B: 'AAEC' },
  steps: { L: [{ S: 'break' }, { M: { tool: { S: 'whisk' }, time: { N: '2' } } }, { S: 'fry' }] },
  on: { BOOL: true },
};

const values = {
  ':n': { N: '12.50' },
  ':one': { N: '1' },
  ':ten': { N: '10' },
  ':twenty': { N: '20' },
  ':egg': { S: 'egg' },
  ':ome': { S: 'Ome' },
  ':whisk': { S: 'whisk' },
  ':true': { BOOL: true },
  ':three': { N: '3' },
  ':type': { S: 'SS' },
  ':bytes': { B: 'AAE=' },
  ':tags': { SS: ['hot', 'egg'] },
};

function used(expression: string) {
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => new RegExp(`${name}\\b`).test(expression)),
  );
}

function holds(FilterExpression: string, names?: Record<string, string>): boolean {
  const ExpressionAttributeValues = used(FilterExpression);
  const { filter } = readExpressions(
    {
      FilterExpression,
      ExpressionAttributeNames: names,
      ...(Object.keys(ExpressionAttributeValues).length > 0 && { ExpressionAttributeValues }),
    },
    'FilterExpression',
  );
  return testOf(filter!)(structuredClone(item));
}

describe('conditions', () => {
  test.each([
    'price = :n',
    'price <> :ten',
    'price > :ten AND price < :twenty',
    'price BETWEEN :ten AND :twenty',
    'NOT price = :ten',
    'price = :ten OR stock = :three AND on = :true'.replace('on', '#on'),
    'stock IN (:ten, :three)',
    'begins_with(title, :ome)',
    'begins_with(photo, :bytes)',
    'contains(tags, :egg)',
    'contains(title, :ome)',
    'attribute_exists(steps[1].tool)',
    'attribute_not_exists(steps[3])',
    'attribute_type(tags, :type)',
    'steps[1].tool = :whisk',
    'size(steps) = :three',
    'tags = :tags',
    '(price) > (stock)',
    `price = :n${' OR price = :n'.repeat(149)}`,
    `price = :n${' '.repeat(4086)}`,
    `stock IN (${Array.from({ length: 99 }, () => ':n').join()}, :three)`,
    'absent <> :ten',
  ])('%s holds', (expression) => {
    expect(holds(expression, expression.includes('#on') ? { '#on': 'on' } : undefined)).toBe(true);
  });

  test.each([
    'price = :ten',
    'price > :twenty',
    'absent = :ten',
    'absent < :ten',
    'title > :ten',
    'NOT contains(tags, :egg)',
    'contains(title, :egg)',
    'attribute_exists(steps[3])',
    'size(price) > :one',
    'price = :n AND stock = :ten',
  ])('%s does not hold', (expression) => {
    expect(holds(expression)).toBe(false);
  });
});

describe('refusals in the words of DynamoDB', () => {
  test.each([
    ['', 'The expression can not be empty;'],
    ['price = ', 'Syntax error; token: "<EOF>", near: "= "'],
    ['price == :n', 'Syntax error; token: "=", near: "== :n"'],
    ['price', 'Syntax error; token: "<EOF>", near: "price"'],
    ['a-b = :n', 'Syntax error; token: "-", near: "a-b"'],
    ['price = :n)', 'Syntax error; token: ")", near: ":n)"'],
    [' = :n', 'Syntax error; token: "=", near: " = :n"'],
    ['steps[01] = :n', 'Syntax error; token: "1", near: "01]"'],
    ['price.set = :n', 'Syntax error; token: "set", near: ".set ="'],
    ['((price = :n))', 'The expression has redundant parentheses;'],
    ['((price)) = :n', 'The expression has redundant parentheses;'],
    ['steps[2147483648] = :n', 'List index is not within the allowable range; index: [2147483648]'],
    [
      `a${'.a'.repeat(32)} = :n`,
      'The document path has too many nesting levels; nesting levels: 33',
    ],
    [
      `stock IN (${Array.from({ length: 101 }, () => ':n').join()})`,
      'The IN operator is provided with too many operands; number of operands: 101',
    ],
    [
      `price = :n${' OR price = :n'.repeat(150)}`,
      'The expression contains too many operators; operator count: 301',
    ],
    [
      `price = :n${' '.repeat(4087)}`,
      'Expression size has exceeded the maximum allowed size; expression size: 4097',
    ],
    [
      'if_not_exists(price, :n)',
      'The function is not allowed in a condition expression; function: if_not_exists',
    ],
    ['shape(price) = :n', 'Invalid function name; function: shape'],
    [
      'size(price)',
      'The function is not allowed to be used this way in an expression; function: size',
    ],
    ['name = :n', 'Attribute name is a reserved keyword; reserved keyword: name'],
    [
      '#x = :n',
      'An expression attribute name used in the document path is not defined; attribute name: #x',
    ],
    [
      'price = :x',
      'An expression attribute value used in expression is not defined; attribute value: :x',
    ],
    [
      'size(price, price) = :n',
      'Incorrect number of operands for operator or function; operator or function: size, number of operands: 2',
    ],
    [
      'price = price',
      'The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [price]',
    ],
    [
      'begins_with(title, :n)',
      'Incorrect operand type for operator or function; operator or function: begins_with, operand type: N',
    ],
    [
      'price BETWEEN :tags AND :ten',
      'Incorrect operand type for operator or function; operator or function: BETWEEN, operand type: SS',
    ],
    [
      'price BETWEEN :twenty AND :ten',
      'The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:20}, upper bound operand: AttributeValue: {N:10}',
    ],
  ])('%.60s', (expression, problem) => {
    expect(() => holds(expression)).toThrow(`Invalid FilterExpression: ${problem}`);
  });

  test('names and values that no expression uses', () => {
    expect(() => holds('price = :n', { '#unused': 'x' })).toThrow(
      'Value provided in ExpressionAttributeNames unused in expressions: keys: {#unused}',
    );
  });

  test('deep nesting, without running out of stack', () => {
    const deep = `${'('.repeat(2000)}price = :n${')'.repeat(2000)}`;
    expect(() => holds(deep)).toThrow('The expression has redundant parentheses;');
    expect(() => holds(`${'NOT '.repeat(900)}price = :n`)).toThrow('too many operators');
    const calls = `${'size('.repeat(600)}price${')'.repeat(600)} = :n`;
    expect(() => holds(calls)).toThrow('too many operators');
  });
});

describe('projections', () => {
  const select = (ProjectionExpression: string) =>
    selectionOf(readExpressions({ ProjectionExpression }, 'ProjectionExpression').projection!)(
      item,
    );

  test('keep the structure and move list elements together', () => {
    expect(select('steps[2], price, steps[1].tool, absent.x')).toEqual({
      price: { N: '12.5' },
      steps: { L: [{ M: { tool: { S: 'whisk' } } }, { S: 'fry' }] },
    });
  });

  test.each([
    ['steps, steps[0]', 'overlap with each other'],
    ['price, price', 'overlap with each other'],
    ['steps[0], steps.x', 'conflict with each other'],
    ['price,', 'Syntax error; token: "<EOF>", near: ","'],
  ])('%s is refused', (paths, problem) => {
    expect(() => select(paths)).toThrow(problem);
  });
});
