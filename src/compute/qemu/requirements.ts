import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { findImage } from '../images/build-image.ts';
import { tiny } from '../images/tiny/recipe.ts';
import { QEMU } from './command-line.ts';

/** What the driver runs, with the Debian package that brings it. */
const PROGRAMS: readonly [program: string, debianPackage: string][] = [
  [QEMU, 'qemu-system-x86'],
  ['mke2fs', 'e2fsprogs'],
  ['debugfs', 'e2fsprogs'],
  ['setpriv', 'util-linux'],
];
const BUILD_PROGRAMS = ['apt-get', 'dpkg-deb'];

/** The Debian packages that are missing for this driver. */
export async function missingPackages(): Promise<string[]> {
  const missing = new Set<string>();
  for (const [program, debianPackage] of PROGRAMS) {
    if (!(await isInstalled(program))) missing.add(debianPackage);
  }
  return [...missing];
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

/** Programs for administrators are not on every user's path. */
const FOLDERS = ['/usr/sbin', '/sbin'];

async function isInstalled(program: string): Promise<boolean> {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...FOLDERS];
  const found = await Promise.allSettled(
    folders.map((folder) => access(join(folder, program), constants.X_OK)),
  );
  return found.some(({ status }) => status === 'fulfilled');
}
