import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Ids } from '../kernel/ids.ts';
import {
  only,
  readRootCredentials,
  rootCredentials,
  rootCredentialsFile,
} from './root-credentials.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'alacarte-root-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

it('makes a key once, for its owner to read, and keeps it', async () => {
  const data = join(directory, 'data');
  expect(await readRootCredentials(data)).toBeUndefined();
  const made = await rootCredentials(data, '000000000000', new Ids());
  expect(made.accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
  expect(made.secretAccessKey).toHaveLength(40);
  expect(made.principal.arn).toBe('arn:aws:iam::000000000000:root');
  expect(await rootCredentials(data, '000000000000', new Ids())).toEqual(made);
  expect((await stat(join(data, rootCredentialsFile))).mode & 0o777).toBe(0o600);
  expect(await readdir(data)).toEqual([rootCredentialsFile]);
});

it('gives all who start at once the same key', async () => {
  const starts = [1, 2, 3].map(() => rootCredentials(directory, '000000000000', new Ids()));
  const [first, ...others] = await Promise.all(starts);
  for (const other of others) expect(other).toEqual(first);
});

it.each(['', '{', '[]', '{"account":"1"}'])('refuses a file that holds %j', async (text) => {
  await writeFile(join(directory, rootCredentialsFile), text);
  await expect(rootCredentials(directory, '000000000000', new Ids())).rejects.toThrow(
    /holds no root credentials/,
  );
});

it('is the only key its source knows', async () => {
  const root = await rootCredentials(directory, '000000000000', new Ids());
  expect(await only(root).find(root.accessKeyId)).toBe(root);
  expect(await only(root).find('test')).toBeUndefined();
});
