import { mkdtempSync, rmSync } from 'node:fs';
import { open, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missingPackages } from '../../qemu/requirements.ts';
import { findDiskFile } from './disk-file.ts';
import { qcow2 } from './qcow2-under-test.ts';
import { toRaw } from './to-raw.ts';

const MIB = 1024 * 1024;
const obstacle = (await missingPackages()).length > 0 ? 'QEMU is not installed.' : undefined;
if (obstacle !== undefined) console.warn(`SKIPPED: disks become raw. ${obstacle}`);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'alacarte-raw-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/**
 * What stands behind the bytes of a disk of fixed size.
 *
 * @see https://www.microsoft.com/en-us/download/details.aspx?id=23850
 */
function vhdFooter(bytes: number): Buffer {
  const footer = Buffer.alloc(512);
  footer.write('conectix');
  footer.writeUInt32BE(2, 8);
  footer.writeUInt32BE(0x0001_0000, 12);
  footer.fill(0xff, 16, 24);
  footer.write('win ', 28);
  footer.writeBigUInt64BE(BigInt(bytes), 40);
  footer.writeBigUInt64BE(BigInt(bytes), 48);
  footer.writeUInt32BE(2, 60);
  footer.writeUInt32BE(~footer.reduce((sum, byte) => sum + byte) >>> 0, 64);
  return footer;
}

describe.skipIf(obstacle !== undefined)('a disk becomes raw', () => {
  const from = (name: string) => join(folder, name);

  test('of clusters, with holes where there is nothing', async () => {
    await writeFile(from('disk.qcow2'), qcow2('cold soup'));
    await toRaw(from('disk.qcow2'), 'qcow2', from('disk.raw'));
    const raw = await readFile(from('disk.raw'));
    expect(raw).toHaveLength(4 * MIB);
    expect(raw.subarray(MIB, MIB + 9).toString()).toBe('cold soup');
    expect((await stat(from('disk.raw'))).blocks * 512).toBeLessThan(MIB);
  });

  test('of another hypervisor, without what it says of itself', async () => {
    const disk = Buffer.alloc(2 * MIB);
    disk.write('hot soup', MIB);
    await writeFile(from('disk.vhd'), Buffer.concat([disk, vhdFooter(disk.length)]));
    const url = pathToFileURL(from('disk.vhd')).href;
    const found = await findDiskFile(url, folder);
    expect(found).toMatchObject({ format: 'vpc', bytes: disk.length });
    await toRaw(found.path, found.format, from('vhd.raw'));
    expect((await readFile(from('vhd.raw'))).equals(disk)).toBe(true);
  });

  test('and reads nothing of the files that it names', async () => {
    await writeFile(from('secret'), 'secret'.repeat(100_000));
    await writeFile(from('base.qcow2'), qcow2('cold soup', from('secret')));
    await toRaw(from('base.qcow2'), 'qcow2', from('base.raw'));
    const raw = await readFile(from('base.raw'));
    expect(raw.includes('cold soup')).toBe(true);
    expect(raw.includes('secret')).toBe(false);
  });

  test('as it is, where it is raw', async () => {
    const disk = await open(from('plain'), 'w');
    await disk.write('warm soup', MIB);
    await disk.truncate(2 * MIB);
    await disk.close();
    await toRaw(from('plain'), 'raw', from('plain.raw'));
    const raw = await readFile(from('plain.raw'));
    expect(raw.equals(await readFile(from('plain')))).toBe(true);
  });

  test('or it is said that it is none', async () => {
    await writeFile(from('text'), 'not a disk at all'.repeat(100));
    await expect(toRaw(from('text'), 'qcow2', from('text.raw'))).rejects.toThrow(/qcow2/);
  });
});
