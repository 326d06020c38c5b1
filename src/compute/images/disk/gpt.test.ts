import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../run.ts';
import { isInstalled } from '../../installed.ts';
import { BIOS_BOOT, gpt, LINUX, SECTOR } from './gpt.ts';

const DISK = 'c1f1b1d4-7a0e-4f0b-9d43-5f0b7a1c0e00';
const obstacle = (await isInstalled('partx')) ? undefined : 'partx is not installed.';
if (obstacle !== undefined)
  console.warn(`SKIPPED: a partition table as others read it. ${obstacle}`);

test.skipIf(obstacle !== undefined)('a partition table is what others read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'alacarte-gpt-'));
  const file = join(folder, 'disk');
  const sectors = 65_536;
  const root = { number: 1, type: LINUX, id: DISK.replace(/0$/, '1') };
  const boot = { number: 14, type: BIOS_BOOT, id: DISK.replace(/0$/, 'e') };
  const table = gpt(sectors, DISK, [
    { ...root, firstSector: 8192, lastSector: 63_487 },
    { ...boot, firstSector: 2048, lastSector: 8191 },
  ]);
  try {
    const disk = await open(file, 'w');
    await disk.truncate(sectors * SECTOR);
    await disk.write(table.start, 0, undefined, 0);
    await disk.write(table.end, 0, undefined, sectors * SECTOR - table.end.length);
    await disk.close();
    const columns = ['--noheadings', '--output', 'NR,START,SECTORS,UUID,TYPE'];
    const lines = (await run('partx', ['--raw', ...columns, file])).trim().split('\n');
    expect(lines).toEqual([
      `1 8192 55296 ${root.id} ${LINUX}`,
      `14 2048 6144 ${boot.id} ${BIOS_BOOT}`,
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
