import { Readable } from 'node:stream';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildImage, findImage, imageDirectory } from './build-image.ts';
import type { Image, Recipe } from './image.ts';

let directory: string;
let builds: number;
let lines: string[];
const progress = (line: string): void => void lines.push(line);

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'alacarte-images-'));
  builds = 0;
  lines = [];
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function recipe(fingerprint = 'a'.repeat(64), fails = false): Recipe {
  return {
    name: 'test',
    loginName: 'ec2-user',
    drivers: ['qemu'],
    obstacle: () => Promise.resolve(undefined),
    architecture: 'x86_64',
    fingerprint: () => Promise.resolve(fingerprint),
    async build(folder, say) {
      builds += 1;
      say('one step …');
      await writeFile(join(folder, 'kernel'), 'kernel');
      if (fails) throw new Error('no network');
    },
    open: (folder): Image => ({
      name: 'test',
      id: 'test-1',
      asksFirst: false,
      board: 'microvm',
      kernel: { file: join(folder, 'kernel'), initrd: join(folder, 'initrd'), arguments: [] },
      makeRootDisk: () => Promise.resolve(),
      makeRootFolder: () => Promise.resolve(),
      archiveRoot: () => Readable.from([]),
    }),
  };
}

test('an image is built once, by one of those who ask, with progress', async () => {
  expect(await findImage(recipe(), directory)).toBeUndefined();
  const ask = () => buildImage(recipe(), { directory, progress });
  const images = await Promise.all([ask(), ask(), ask()]);
  await ask();
  expect(builds).toBe(1);
  for (const { kernel } of images) expect(await readFile(kernel!.file, 'utf8')).toBe('kernel');
  expect(lines).toContain('Image test: one step …');
  expect(await findImage(recipe(), directory)).toMatchObject({ kernel: images[0]?.kernel });
});

test('a changed recipe builds anew', async () => {
  await buildImage(recipe(), { directory, progress });
  await buildImage(recipe('b'.repeat(64)), { directory, progress });
  expect(builds).toBe(2);
});

test('a build that fails leaves nothing and tells why; the next one may succeed', async () => {
  const failure = await buildImage(recipe(undefined, true), { directory, progress }).catch(
    (error: Error) => error,
  );
  expect(failure).toMatchObject({
    message: 'Image test could not be built.',
    cause: { message: 'no network' },
  });
  expect(readdirSync(directory)).toEqual([]);
  await buildImage(recipe(), { directory, progress });
  expect(await findImage(recipe(), directory)).toBeDefined();
});

test('what a killed build left behind is cleared away, and never taken for an image', async () => {
  await mkdir(join(directory, `test-${'a'.repeat(16)}.building`));
  expect(await findImage(recipe(), directory)).toBeUndefined();
  await buildImage(recipe(), { directory, progress });
  expect(readdirSync(directory)).toEqual([`test-${'a'.repeat(16)}`]);
});

test('images are kept where the environment says, else in the cache of the user', () => {
  expect(imageDirectory({ ALACARTE_IMAGES: '/images' })).toBe('/images');
  expect(imageDirectory({ XDG_CACHE_HOME: '/cache' })).toBe('/cache/alacarte/images');
});
