import { findImage } from '../images/build-image.ts';
import { tiny } from '../images/tiny/recipe.ts';
import { isInstalled, packagesMissingFor, type Program } from '../installed.ts';
import { QEMU } from './command-line.ts';

const PROGRAMS: readonly Program[] = [
  [QEMU, 'qemu-system-x86'],
  ['mke2fs', 'e2fsprogs'],
  ['debugfs', 'e2fsprogs'],
  ['setpriv', 'util-linux'],
];
const BUILD_PROGRAMS = ['apt-get', 'dpkg-deb'];

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
  if (await findImage(tiny, images)) return undefined;
  for (const program of BUILD_PROGRAMS) {
    if (!(await isInstalled(program))) {
      return `The image ${tiny.name} is not built yet, and without ${program} (Debian) it cannot be.`;
    }
  }
  return undefined;
}
