import { expect, test } from 'vitest';
import { type Call, isLinearizable } from './checker.ts';

/** Calls on one number. */
const write = (calledAt: number, answeredAt: number, to: number): Call<number> => ({
  ...{ calledAt, answeredAt, text: `write ${to}` },
  apply: () => to,
});
const read = (calledAt: number, answeredAt: number, seen: number): Call<number> => ({
  ...{ calledAt, answeredAt, text: `read ${seen}` },
  apply: (state) => (state === seen ? state : undefined),
});

test('calls at the same time may stand in either order', () => {
  expect(isLinearizable([[write(0, 5, 1)], [read(1, 4, 0)]], 0)).toBe(true);
  expect(isLinearizable([[write(0, 5, 1)], [read(1, 4, 1)]], 0)).toBe(true);
});

test('what was answered is seen by whoever calls later', () => {
  expect(isLinearizable([[write(0, 1, 1)], [read(2, 3, 1)]], 0)).toBe(true);
  expect(isLinearizable([[write(0, 1, 1)], [read(2, 3, 0)]], 0)).toBe(false);
});

test('nobody sees a change taken back', () => {
  const reads = (...seen: [number, number]) => [read(1, 2, seen[0]), read(3, 4, seen[1])];
  expect(isLinearizable([[write(0, 9, 1)], reads(0, 1)], 0)).toBe(true);
  expect(isLinearizable([[write(0, 9, 1)], reads(1, 0)], 0)).toBe(false);
});

test('two sessions do not see two changes in two orders', () => {
  const writers = [[write(0, 9, 1)], [write(0, 9, 2)]];
  const reads = (...seen: [number, number]) => [read(1, 2, seen[0]), read(3, 4, seen[1])];
  expect(isLinearizable([...writers, reads(1, 2), reads(1, 2)], 0)).toBe(true);
  expect(isLinearizable([...writers, reads(1, 2), reads(2, 1)], 0)).toBe(false);
});
