import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DataDirectoryError, takeDataDirectory } from './data-directory.ts';
import { openStore } from './open.ts';

let parent: string;
let path: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'data-'));
  path = join(parent, 'cloud');
});

afterEach(() => rmSync(parent, { recursive: true }));

/** Every file with its content, to see that nothing was touched. */
function contents(folder: string): unknown {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .toSorted()
    .map((name) => {
      const file = join(folder, name);
      return [name, statSync(file).isFile() ? readFileSync(file, 'base64') : 'folder'];
    });
}

test('a new directory is made, for its owner only, and taken again later', () => {
  takeDataDirectory(path).release();
  expect(statSync(path).mode & 0o777).toBe(0o700);
  takeDataDirectory(path).release();
});

test('an empty directory is taken', () => {
  mkdirSync(path);
  const taken = takeDataDirectory(path);
  expect(readdirSync(path).toSorted()).toEqual(['alacarte.json', 'server.lock']);
  taken.release();
});

describe('refuses, and leaves as it was,', () => {
  function refusal(): unknown {
    const before = contents(path);
    let error: unknown;
    try {
      takeDataDirectory(path).release();
    } catch (thrown) {
      error = thrown;
    }
    expect(contents(path)).toEqual(before);
    expect(error).toBeInstanceOf(DataDirectoryError);
    return (error as Error).message;
  }

  test('what another program keeps its files in', () => {
    mkdirSync(path);
    writeFileSync(join(path, 'thesis.txt'), 'years of work');
    expect(refusal()).toMatch(/holds thesis\.txt but no alacarte\.json: it is not Alacarte's/);
  });

  test.each(['', '{', '[]', 'null', '{"program":"alacarte"}', '{"program":"other","format":1}'])(
    'a marker that reads %j',
    (marker) => {
      mkdirSync(path);
      writeFileSync(join(path, 'alacarte.json'), marker);
      expect(refusal()).toMatch(/alacarte\.json is damaged/);
    },
  );

  test('what a newer Alacarte has written', () => {
    mkdirSync(path);
    writeFileSync(join(path, 'alacarte.json'), '{"program":"alacarte","format":2}');
    expect(refusal()).toMatch(/newer Alacarte \(format 2; this one knows 1\)/);
  });

  test('a directory that a living server uses', () => {
    const taken = takeDataDirectory(path);
    expect(refusal()).toMatch(`is in use by process ${process.pid}`);
    taken.release();
    takeDataDirectory(path).release();
  });
});

test('the lock of a server that was killed is no obstacle', async () => {
  const script = `import { takeDataDirectory } from '${new URL('data-directory.ts', import.meta.url).href}';
    takeDataDirectory(${JSON.stringify(path)}); console.log('taken'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
  await once(child.stdout, 'data');
  expect(() => takeDataDirectory(path)).toThrow(`is in use by process ${child.pid}`);
  child.kill('SIGKILL');
  await once(child, 'exit');
  takeDataDirectory(path).release();
});

describe('a damaged store is refused, and left as it was:', () => {
  const write = (file: string, at: number, bytes: Uint8Array): void => {
    const content = readFileSync(file);
    content.set(bytes, at);
    writeFileSync(file, content);
  };

  test.each<[string, (file: string) => void]>([
    ['cut off', (file) => truncateSync(file, statSync(file).size - 8192)],
    ['cut off in a page', (file) => truncateSync(file, statSync(file).size - 1)],
    ['cut down to its first page', (file) => truncateSync(file, 8192)],
    ['its first page zeroed', (file) => write(file, 0, Buffer.alloc(8192))],
    ['its second page zeroed', (file) => write(file, 8192, Buffer.alloc(8192))],
    [
      'its data pages zeroed',
      (file) => write(file, 16_384, Buffer.alloc(statSync(file).size - 16_384)),
    ],
    ['noise in the middle', (file) => write(file, 32_768, Buffer.alloc(32_768, 'noise'))],
    ['another file in its place', (file) => writeFileSync(file, 'SQLite format 3\0'.repeat(2000))],
  ])('%s', async (_what, damage) => {
    const store = await openStore({ dataDir: path });
    const writes = Array.from({ length: 50 }, (_, i) => ({
      key: Buffer.from(`key ${i}`),
      value: Buffer.alloc(1000, i),
    }));
    await store.engine.transact([], () => ({ writes, result: undefined }));
    await store.close();
    damage(join(path, 'store', 'data.mdb'));

    const before = contents(path);
    await expect(openStore({ dataDir: path })).rejects.toThrow(/data\.mdb is damaged: /);
    expect(contents(path)).toEqual(before);
  });

  test('a store that is whole opens again', async () => {
    const kept = { key: Buffer.from('key'), value: Buffer.from('kept') };
    const store = await openStore({ dataDir: path });
    await store.engine.transact([], () => ({ writes: [kept], result: undefined }));
    await store.close();
    const again = await openStore({ dataDir: path });
    expect(String(await again.engine.get(kept.key))).toBe('kept');
    await again.close();
  });
});
