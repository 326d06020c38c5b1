import { expect, test } from 'vitest';
import { jsonLines } from './json-lines.ts';

const value = {
  name: 'x',
  shapes: { A: { type: 'list', member: [1, 2] }, B: {} },
  none: undefined,
};

test('entries stand on lines of their own down to the depth, and compact below it', () => {
  expect(jsonLines(value, 2)).toBe(
    '{\n "name":"x",\n "shapes":{\n  "A":{"type":"list","member":[1,2]},\n  "B":{}\n }\n}',
  );
});

test('the text parses to the same value at any depth', () => {
  const { none: _none, ...defined } = value;
  for (const depth of [0, 1, 2, 5]) expect(JSON.parse(jsonLines(value, depth))).toEqual(defined);
});
