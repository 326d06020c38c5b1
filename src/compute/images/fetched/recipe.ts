import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DISK, diskImage } from '../disk/disk-image.ts';
import { toRaw } from '../disk/to-raw.ts';
import type { Recipe } from '../image.ts';
import { download, whyNotFetched } from './download.ts';
import type { VendorImage } from './vendors.ts';

/** Where what has come of a download is kept, beside the images. */
const DOWNLOADS = 'downloads';
/** How long a vendor's server may take to say that it has the file. */
const ANSWER_MS = 5_000;

/** How a vendor's own disk comes to be an image: fetched once, and otherwise left as it is. */
export function fetched(vendor: VendorImage): Recipe {
  const { name, loginName, algorithm, digest } = vendor;
  return {
    ...({ name, loginName, architecture: 'x86_64', drivers: ['qemu'] } as const),
    obstacle: () => whyNotFetched(vendor, ANSWER_MS),
    fingerprint: () =>
      Promise.resolve(createHash('sha256').update(`${algorithm} ${digest}`).digest('hex')),
    async build(folder, progress) {
      const file = join(dirname(folder), DOWNLOADS, digest);
      await download(vendor, file, progress);
      progress('making it a raw disk …');
      await toRaw(file, 'qcow2', join(folder, DISK));
      await rm(file);
    },
    open: (folder) => diskImage(name, folder),
  };
}
