import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** A program that a driver runs, with the Debian package that brings it. */
export type Program = readonly [program: string, debianPackage: string];

/** The Debian packages that are missing for these programs. */
export async function packagesMissingFor(programs: readonly Program[]): Promise<string[]> {
  const missing = new Set<string>();
  for (const [program, debianPackage] of programs) {
    if (!(await isInstalled(program))) missing.add(debianPackage);
  }
  return [...missing];
}

/** Programs for administrators are not on every user's path. */
const FOLDERS = ['/usr/sbin', '/sbin'];

export async function isInstalled(program: string): Promise<boolean> {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...FOLDERS];
  const found = await Promise.allSettled(
    folders.map((folder) => access(join(folder, program), constants.X_OK)),
  );
  return found.some(({ status }) => status === 'fulfilled');
}
