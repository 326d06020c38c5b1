import { open } from 'node:fs/promises';
import { run } from '../../run.ts';
import { BIOS_BOOT, gpt, LINUX, SECTOR, type Partition } from './gpt.ts';
import type { BootLoader } from './grub.ts';

const MIB = 1024 * 1024;
const at = (mib: number): number => (mib * MIB) / SECTOR;

/** Where Debian's own images for clouds have their parts: the last, on disks of every size, can grow. */
const ROOT_AT_MIB = 128;
export const LOADER_SECTOR = at(1);
export const ROOT_PARTITION = 'c1f1b1d4-7a0e-4f0b-9d43-5f0b7a1c0e01';
const LOADER_PARTITION = 'c1f1b1d4-7a0e-4f0b-9d43-5f0b7a1c0e0e';
const DISK = 'c1f1b1d4-7a0e-4f0b-9d43-5f0b7a1c0e00';

/**
 * Makes `file` a disk of `mib` MiB that a BIOS boots: a boot loader, and a root file system of ext4 that
 * holds what `folder` holds, with the same owners. Takes root where those differ.
 */
export async function makeBootableDisk(
  file: string,
  { folder, mib, loader }: { folder: string; mib: number; loader: BootLoader },
): Promise<void> {
  const sectors = at(mib);
  const root: Partition = {
    ...{ number: 1, type: LINUX, id: ROOT_PARTITION },
    ...{ firstSector: at(ROOT_AT_MIB), lastSector: at(mib - 1) - 1 },
  };
  const grub: Partition = {
    ...{ number: 14, type: BIOS_BOOT, id: LOADER_PARTITION },
    ...{ firstSector: LOADER_SECTOR, lastSector: at(4) - 1 },
  };
  const disk = await open(file, 'w');
  try {
    await disk.truncate(mib * MIB);
    const table = gpt(sectors, DISK, [root, grub]);
    await disk.write(table.start, 0, undefined, 0);
    await disk.write(table.end, 0, undefined, mib * MIB - table.end.length);
    await disk.write(loader.first, 0, undefined, 0);
    await disk.write(loader.core, 0, undefined, LOADER_SECTOR * SECTOR);
  } finally {
    await disk.close();
  }
  const features = `offset=${ROOT_AT_MIB * MIB},lazy_itable_init=1,nodiscard`;
  const shape = ['-q', '-F', '-t', 'ext4', '-L', 'root', '-E', features, '-d', folder];
  await run('/sbin/mke2fs', [...shape, file, `${mib - 1 - ROOT_AT_MIB}M`]);
}
