import { mkdtempSync, rmSync } from 'node:fs';
import { appendFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SerialLog } from './serial-log.ts';

let directory: string;
let file: string;
let log: SerialLog;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'alacarte-serial-'));
  file = join(directory, 'console.log');
  log = new SerialLog(file);
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const text = async (): Promise<string> => Buffer.from(await log.read()).toString();

test('a machine that has never been on has printed nothing', async () => {
  expect(await text()).toBe('');
});

test('the last 64 KiB are read', async () => {
  await appendFile(file, `${'a'.repeat(70_000)}end`);
  expect(await log.read()).toHaveLength(65_536);
  expect(await text()).toMatch(/^a+end$/);
});

test('a long log is emptied and still reads the same, and goes on', async () => {
  await appendFile(file, 'one two three');
  await log.trim(100);
  expect((await stat(file)).size).toBe(13);
  await log.trim(10);
  expect((await stat(file)).size).toBe(0);
  expect(await text()).toBe('one two three');
  await appendFile(file, ' four');
  expect(await text()).toBe('one two three four');
});

test('a power-on begins anew', async () => {
  await appendFile(file, 'one');
  await log.trim(1);
  await appendFile(file, 'two');
  await log.clear();
  expect(await text()).toBe('');
});
