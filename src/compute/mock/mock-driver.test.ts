import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { MovableClock } from '../../kernel/clock.ts';
import { describeDriver, specOf } from '../driver.contract.ts';
import { MockDriver } from './mock-driver.ts';

const directory = mkdtempSync(join(tmpdir(), 'alacarte-mock-'));
const clock = new MovableClock(Date.UTC(2026, 0, 1));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describeDriver('mock', {
  open: () => Promise.resolve(new MockDriver({ clock, directory })),
  firstLine: /powered on at 2026-01-01T00:00:00/,
  powerOffFromInside: (driver, { id }) => driver.powerOffFromInside(id),
  remains: async (id) => {
    const machines = await new MockDriver({ clock, directory }).list();
    return machines.filter((machine) => machine.id === id).map(() => id);
  },
});

test('without a directory machines live in memory', async () => {
  const driver = new MockDriver({ clock });
  await driver.create(specOf('i-1'));
  await driver.start('i-1');
  await driver.print('i-1', 'hello\n');
  expect(Buffer.from(await driver.console('i-1')).toString()).toMatch(/hello\n$/);
  expect(await new MockDriver({ clock }).list()).toEqual([]);
});

test('the console keeps the last 64 KiB', async () => {
  const driver = new MockDriver({ clock });
  await driver.create(specOf('i-1'));
  await driver.start('i-1');
  await driver.print('i-1', 'x'.repeat(100_000));
  expect(await driver.console('i-1')).toHaveLength(65_536);
});
