import { expect, test } from 'vitest';
import { BodyStore } from './body-store.ts';

const getItem = { service: 'dynamodb', name: 'GetItem' };
const ofTable = (length: number) => ({
  input: { TableName: 'a'.repeat(length) },
  output: undefined,
});

test('a body of more than 64 KiB is kept as the beginning of its text', () => {
  const bodies = new BodyStore();
  const whole = ofTable(64 * 1024 - '{"TableName":""}'.length);
  bodies.keep(1, getItem, whole);
  expect(bodies.get(1)).toEqual({ input: whole.input });
  const longer = ofTable(64 * 1024);
  bodies.keep(2, getItem, longer);
  const start = JSON.stringify(longer.input).slice(0, 64 * 1024);
  expect(bodies.get(2)).toEqual({ input: `${start}…` });
});

test('the oldest bodies go where all take more than 8 MiB', () => {
  const bodies = new BodyStore();
  for (let sequence = 1; sequence <= 140; sequence++)
    bodies.keep(sequence, getItem, ofTable(60_000));
  expect(bodies.get(1)).toBeUndefined();
  expect(bodies.get(140)).toEqual({ input: { TableName: 'a'.repeat(60_000) } });
});
