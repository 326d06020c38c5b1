import { chmod, cp, readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Every file under a folder, in the order of the paths. */
export async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => join(entry.parentPath, entry.name)).toSorted();
}

/** Copies an image's own files into its root file system: scripts may be run, the rest is read. */
export async function copyGuestFiles(guest: string, root: string): Promise<void> {
  await cp(guest, root, { recursive: true });
  for (const file of await filesUnder(guest)) {
    const script = (await readFile(file, 'latin1')).startsWith('#!');
    await chmod(join(root, relative(guest, file)), script ? 0o755 : 0o644);
  }
}
