import { expect, test } from 'vitest';
import { matchesPattern } from './match-pattern.ts';

test('the whole text has to match', () => {
  expect(matchesPattern('[a-z]+', 'abc')).toBe(true);
  expect(matchesPattern('[a-z]+', 'abc!')).toBe(false);
  expect(matchesPattern('a|b', 'ab')).toBe(false);
});

test("Java's ways are understood", () => {
  expect(matchesPattern('(?i)all|[0-9]{12}', 'ALL')).toBe(true);
  expect(matchesPattern(String.raw`\p{Print}+`, 'a b~')).toBe(true);
  expect(matchesPattern(String.raw`\p{Print}+`, 'a\u0001')).toBe(false);
  expect(matchesPattern(String.raw`[\p{L}\p{N}_.:/=+\-@]+`, 'ü-1')).toBe(true);
  expect(matchesPattern(String.raw`[\w\_\-]+`, 'a-_')).toBe(true);
});

test('a pattern that would search for ever gives up', () => {
  const hopeless = String.raw`^[ \t]*[\x20-\x7E]+([ \t]+[\x20-\x7E]+)*[ \t]*$`;
  expect(matchesPattern(hopeless, 'a b c')).toBe(true);
  expect(matchesPattern(hopeless, `${'a '.repeat(200)}\u0001`)).toBe(false);
});
