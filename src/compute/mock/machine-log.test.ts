import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MachineLog } from './machine-log.ts';

interface Machine {
  readonly power: 'on' | 'off';
}

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'alacarte-machine-log-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const open = () => MachineLog.open<Machine>(directory);
const file = () => readFileSync(join(directory, 'machines.log'), 'utf8');

test('the next process finds what was last set, and nothing that is gone', async () => {
  const log = await open();
  await Promise.all([
    log.set('i-1', { power: 'off' }),
    log.set('i-2', { power: 'off' }),
    log.set('i-1', { power: 'on' }),
  ]);
  await log.set('i-2', undefined);
  expect([...log.machines]).toEqual([['i-1', { power: 'on' }]]);
  expect([...(await open()).machines]).toEqual([['i-1', { power: 'on' }]]);
});

test('a line that a dying process left half written is left out, and the next are read', async () => {
  await (await open()).set('i-1', { power: 'on' });
  appendFileSync(join(directory, 'machines.log'), '["i-2",{"pow');
  await (await open()).set('i-3', { power: 'off' });
  expect([...(await open()).machines.keys()]).toEqual(['i-1', 'i-3']);
});

test('a file of which most is outdated is written anew', async () => {
  const log = await open();
  for (let round = 0; round < 12; round++) {
    await Promise.all(
      Array.from({ length: 1_000 }, () => log.set('i-1', { power: round % 2 ? 'on' : 'off' })),
    );
  }
  expect(file().split('\n').length).toBeLessThan(3_000);
  expect([...(await open()).machines]).toEqual([['i-1', { power: 'on' }]]);
});

test('what cannot be written is not believed', async () => {
  const log = await open();
  rmSync(directory, { recursive: true });
  await expect(log.set('i-1', { power: 'on' })).rejects.toThrow('ENOENT');
  expect(log.machines.has('i-1')).toBe(false);
  directory = mkdtempSync(join(tmpdir(), 'alacarte-machine-log-'));
});
