import { whyNoImage } from '../images/obstacle.ts';
import { packagesMissingFor, type Program } from '../installed.ts';
import { QEMU } from './command-line.ts';

const PROGRAMS: readonly Program[] = [
  [QEMU, 'qemu-system-x86'],
  ['mke2fs', 'e2fsprogs'],
  ['debugfs', 'e2fsprogs'],
  ['setpriv', 'util-linux'],
];

/** The Debian packages that are missing for this driver. */
export function missingPackages(): Promise<string[]> {
  return packagesMissingFor(PROGRAMS);
}

/** One sentence on what stands in the way; undefined if nothing does. Takes milliseconds. */
export async function whyNotUsable(images: string): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return `Built for x86-64 Linux hosts so far; this is ${process.platform} on ${process.arch}.`;
  }
  const missing = await missingPackages();
  if (missing.length > 0) return `Not installed: run apt-get install ${missing.join(' ')}.`;
  return await whyNoImage(images);
}
