import { stat, truncate } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { sparseCopy } from '../../sparse-copy.ts';
import type { Image } from '../image.ts';

/** The name under which the folder of such an image has its disk: raw, and sparse. */
export const DISK = 'disk.raw';

/** A whole disk with a system that boots by itself, as vendors give them out for clouds. */
export function diskImage(name: string, folder: string): Image {
  return {
    name,
    id: basename(folder),
    // Such a system draws randomness, and makes its own IDs, before it asks who it is.
    asksFirst: false,
    board: 'q35',
    makeRootDisk: (file, gib) => copyAtLeast(join(folder, DISK), file, gib),
    makeRootFolder: () => {
      throw onlyInMachine(name);
    },
    archiveRoot: () => {
      throw onlyInMachine(name);
    },
  };
}

/** What is larger than the copied disk is free: a system like these makes its file system grow into it. */
export async function copyAtLeast(from: string, to: string, gib: number): Promise<void> {
  await sparseCopy(from, to);
  const { size } = await stat(to);
  await truncate(to, Math.max(size, gib * 1024 ** 3));
}

function onlyInMachine(name: string): Error {
  return new Error(`${name} is a disk with a kernel of its own: only QEMU starts it.`);
}
