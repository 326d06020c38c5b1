import { readFile, readdir } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { generatedFiles } from './generated-files.ts';
import type { GeneratedFile } from './generated-files.ts';

const directory = new URL('../../src/models/generated/', import.meta.url);

let generated: readonly GeneratedFile[];
beforeAll(async () => {
  generated = await generatedFiles();
}, 60_000);

test('the committed models are what the installed clients and the overlays give: else `npm run models`', async () => {
  const committed = await Promise.all(
    generated.map(({ path }) => readFile(new URL(path, directory), 'utf8').catch(() => undefined)),
  );
  const stale = generated.filter(({ text }, i) => text !== committed[i]).map(({ path }) => path);
  expect(stale).toEqual([]);
});

test('nothing else is committed beside them', async () => {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  expect(files.toSorted()).toEqual(generated.map(({ path }) => path.split('/').at(-1)!).toSorted());
});
