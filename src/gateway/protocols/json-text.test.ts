import { expect, test } from 'vitest';
import { parseJson } from './json-text.ts';
import { maxDepth } from './shapes.ts';

const bytes = (text: string) => Buffer.from(text);
const nested = (levels: number, inside = '') => '['.repeat(levels) + inside + ']'.repeat(levels);

test('lists and maps stand in each other as deep as is allowed, and no deeper', () => {
  expect(parseJson(bytes(nested(maxDepth + 1)))).toBeInstanceOf(Array);
  expect(() => parseJson(bytes(nested(maxDepth + 2)))).toThrow('Nesting is too deep');
  expect(() => parseJson(bytes(nested(maxDepth + 1, '{"a":1}')))).toThrow('Nesting is too deep');
  expect(() => parseJson(bytes(nested(100_000)))).toThrow('Nesting is too deep');
});

test('many beside each other are not deep', () => {
  const maps = Array.from({ length: maxDepth * 3 }, () => ({ a: [] }));
  expect(parseJson(bytes(JSON.stringify(maps)))).toEqual(maps);
});

test('brackets in strings open and close nothing', () => {
  const text = { a: '['.repeat(maxDepth * 2), '"\\': '\\"]}'.repeat(maxDepth * 2) };
  expect(parseJson(bytes(JSON.stringify(text)))).toEqual(text);
  const closed = `{"\\"}]":${JSON.stringify(']}'.repeat(maxDepth))},"b":${nested(maxDepth + 1)}}`;
  expect(() => parseJson(bytes(closed))).toThrow('Nesting is too deep');
});
