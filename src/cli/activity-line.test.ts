import { expect, test } from 'vitest';
import type { Entry } from '../gateway/activity/entry.ts';
import { activityLine } from './activity-line.ts';

const entry: Entry = {
  ...{ sequence: 1, time: '2026-11-23T12:00:00.000Z', requestId: 'r', durationMs: 3.46 },
  ...{ service: 'dynamodb', operation: 'GetItem', status: 200, realization: 'real' },
  principal: 'arn:aws:iam::000000000000:root',
};
const refused: Entry = { ...entry, status: 400, error: { code: 'Bad', message: 'a\n\u001b[2Jb' } };
const plain = { colour: false, widthColumns: Infinity };

test('a call is one line, cut to the terminal, whatever it holds', () => {
  expect(activityLine(entry, plain)).toBe(
    '12:00:00.000 200    3.5 ms  dynamodb GetItem               root',
  );
  expect(activityLine(refused, plain)).toMatch(/400 .* root +Bad: a b$/);
  expect(activityLine(refused, { ...plain, widthColumns: 40 })).toHaveLength(40);
});

test('a call for a caller is indented, bodies stand below, colours are for terminals', () => {
  const inner = { ...entry, calledVia: [], input: { Key: 'k' } };
  expect(activityLine(inner, plain)).toMatch(/  ↳ dynamodb GetItem .*\n    > \{"Key":"k"\}$/);
  expect(activityLine(entry, { ...plain, colour: true })).toContain('\u001b[32m200');
});
