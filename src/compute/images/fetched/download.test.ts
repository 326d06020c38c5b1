import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { download, type Source, whyNotFetched } from './download.ts';

const BYTES = Buffer.alloc(100_000, 'a disk of a vendor ');

let folder: string;
let file: string;
let server: Server;
let lines: string[];
/** Where each request began to read. */
let begun: number[];
/** How much an answer sends before it breaks off. */
let portion: number;
let takesRanges: boolean;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'alacarte-download-'));
  file = join(folder, 'kept', 'disk');
  [lines, begun, portion, takesRanges] = [[], [], Infinity, true];
  server = createServer((request, response) => {
    if (request.url !== '/disk') return void response.writeHead(404).end();
    const asked = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
    const from = takesRanges ? Number(asked ?? 0) : 0;
    if (from >= BYTES.length) return void response.writeHead(416).end();
    const rest = BYTES.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': rest.length });
    if (request.method === 'HEAD') return void response.end();
    begun.push(from);
    if (portion >= rest.length) return void response.end(rest);
    response.write(rest.subarray(0, portion));
    void whenKept(from + portion).then(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

function source(bytes: Buffer = BYTES, path = 'disk'): Source {
  const digest = createHash('sha512').update(bytes).digest('hex');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/${path}`, algorithm: 'sha512', digest };
}

/** Bytes that a client has not yet read are lost to it where a connection breaks. */
async function whenKept(bytes: number): Promise<void> {
  const size = async () => (await stat(`${file}.part`).catch(() => undefined))?.size ?? 0;
  while ((await size()) < bytes) await nextTurn();
}

const isWhole = async () => (await readFile(file)).equals(BYTES);
const fetchIt = (from = source()) => download(from, file, (line) => void lines.push(line));

test('a file comes whole, with progress, and once', async () => {
  await fetchIt();
  await fetchIt();
  expect(await isWhole()).toBe(true);
  expect(begun).toEqual([0]);
  expect(lines.at(-1)).toMatch(/^fetched .* MB/);
});

test('one that breaks off goes on where it was', async () => {
  portion = 60_000;
  await fetchIt();
  expect(begun).toEqual([0, portion]);
  expect(await isWhole()).toBe(true);
});

test('or begins anew, where the server gives no parts, and not for ever', async () => {
  takesRanges = false;
  portion = 60_000;
  await expect(fetchIt()).rejects.toThrow('broke off');
  expect(new Set(begun)).toEqual(new Set([0]));
  expect(readdirSync(join(folder, 'kept'))).toEqual(['disk.part']);
  portion = Infinity;
  await fetchIt();
  expect(await isWhole()).toBe(true);
});

test('what a process that was killed has fetched is not fetched again', async () => {
  await fetchIt();
  rmSync(file);
  await writeFile(`${file}.part`, BYTES.subarray(0, 70_000));
  await fetchIt();
  expect(begun).toEqual([0, 70_000]);
  expect(await isWhole()).toBe(true);
  rmSync(file);
  await writeFile(`${file}.part`, BYTES);
  await fetchIt();
  expect(begun).toHaveLength(2);
});

test('another file than the expected one is refused, and not kept', async () => {
  await expect(fetchIt(source(Buffer.from('another')))).rejects.toThrow(
    /is not the file that was expected: its sha512 is /,
  );
  expect(readdirSync(join(folder, 'kept'))).toEqual([]);
});

test('it is told beforehand what stands in the way', async () => {
  expect(await whyNotFetched(source(), 5_000)).toBeUndefined();
  expect(await whyNotFetched(source(BYTES, 'gone'), 5_000)).toMatch(/\/gone answers 404\.$/);
  await expect(fetchIt(source(BYTES, 'gone'))).rejects.toThrow(/answers 404\.$/);
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  const nobody = { ...source(), url: `http://127.0.0.1:${port}/disk` };
  expect(await whyNotFetched(nobody, 5_000)).toMatch(/^127\.0\.0\.1:\d+ is not reached from here/);
  await expect(fetchIt(nobody)).rejects.toThrow(/^Fetching .* broke off/);
});
