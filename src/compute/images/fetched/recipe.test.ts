import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { missingPackages } from '../../qemu/requirements.ts';
import { buildImage } from '../build-image.ts';
import { qcow2 } from '../disk/qcow2-under-test.ts';
import { whyNoImage } from '../obstacle.ts';
import { fetched } from './recipe.ts';
import { type VendorImage, vendorImages } from './vendors.ts';

const MIB = 1024 * 1024;
const DISK = qcow2('cold soup');
const obstacle = (await missingPackages()).length > 0 ? 'QEMU is not installed.' : undefined;
if (obstacle !== undefined) console.warn(`SKIPPED: a vendor's disk becomes an image. ${obstacle}`);

let directory: string;
let server: Server;
let fetches: number;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'alacarte-fetched-'));
  fetches = 0;
  server = createServer(({ method }, response) => {
    if (method === 'GET') fetches += 1;
    response.end(DISK);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  if (server.listening) await new Promise((resolve) => server.close(resolve));
  rmSync(directory, { recursive: true });
});

function vendor(bytes = DISK): VendorImage {
  const digest = createHash('sha256').update(bytes).digest('hex');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/disk.img`;
  return { name: 'vendors', loginName: 'cook', url, algorithm: 'sha256', digest };
}

const build = (from: VendorImage) => buildImage(fetched(from), { directory, progress() {} });

describe.skipIf(obstacle !== undefined)("a vendor's disk", () => {
  test('is fetched once, and machines begin as copies of it', async () => {
    await build(vendor());
    const image = await build(vendor());
    expect(fetches).toBe(1);
    expect(image.kernel).toBeUndefined();
    const root = join(directory, 'root.raw');
    await image.makeRootDisk(root, 1);
    const disk = await open(root);
    const { buffer } = await disk.read(Buffer.alloc(9), 0, 9, MIB);
    const { size, blocks } = await disk.stat();
    await disk.close();
    expect(buffer.toString()).toBe('cold soup');
    expect(size).toBe(1024 * MIB);
    expect(blocks * 512).toBeLessThan(MIB);
  });

  test('is no image where its bytes are not those that were expected', async () => {
    await expect(build(vendor(Buffer.from('another')))).rejects.toMatchObject({
      message: 'Image vendors could not be built.',
      cause: { message: expect.stringContaining('is not the file that was expected') as string },
    });
    expect(readdirSync(directory)).toEqual(['downloads']);
    expect(readdirSync(join(directory, 'downloads'))).toEqual([]);
  });
});

test('where a vendor is not reached it is told which, unless the image is there', async () => {
  const recipe = fetched(vendor());
  expect(await whyNoImage(directory, recipe)).toBeUndefined();
  await new Promise((resolve) => server.close(resolve));
  expect(await whyNoImage(directory, recipe)).toMatch(
    /^The image vendors is not built yet, and cannot be: 127\.0\.0\.1:\d+ is not reached from here/,
  );
});

test('every vendor image is named by its URL and a digest of the right length', () => {
  for (const { url, algorithm, digest } of vendorImages) {
    expect(url).toMatch(/^https:.*\.(img|qcow2)$/);
    expect(digest).toMatch(algorithm === 'sha256' ? /^[0-9a-f]{64}$/ : /^[0-9a-f]{128}$/);
  }
});
