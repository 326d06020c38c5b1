import { EventEmitter, once } from 'node:events';
import { expect, test } from 'vitest';
import { onlyOne } from './only-one.ts';

test('tasks of one name take turns, and the lock is given back by one that fails', async () => {
  const name = `test-${process.pid}`;
  const steps: string[] = [];
  let waited = false;
  const gate = new EventEmitter();
  const first = onlyOne(name, async () => {
    steps.push('first begins');
    await once(gate, 'open');
    steps.push('first ends');
    throw new Error('broken');
  });
  const failure = first.catch((error: Error) => error.message);
  await expect.poll(() => steps).toEqual(['first begins']);
  const second = onlyOne(
    name,
    () => Promise.resolve(steps.push('second')),
    () => {
      waited = true;
      gate.emit('open');
    },
  );
  expect(await failure).toBe('broken');
  await second;
  expect(waited).toBe(true);
  expect(steps).toEqual(['first begins', 'first ends', 'second']);
});

test('tasks of different names run side by side', async () => {
  const inner = onlyOne(`outer-${process.pid}`, () =>
    onlyOne(`inner-${process.pid}`, () => Promise.resolve('both')),
  );
  expect(await inner).toBe('both');
});
