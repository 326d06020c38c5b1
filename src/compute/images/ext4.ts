import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { run } from '../run.ts';

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Makes `file` a sparse ext4 file system of `gib` GiB that holds what `folder` holds. It needs no
 * root: e2fsprogs writes the file system itself, and the owners are set in it afterwards.
 *
 * @param owners by path inside the file system, e.g. `/home/ec2-user`; root owns the rest. Without it
 *   everything is owned as it is in `folder`.
 */
export async function makeExt4(
  file: string,
  { folder, gib, owners }: { folder: string; gib: number; owners?: ReadonlyMap<string, Owner> },
): Promise<void> {
  // A block group's inode table is written when it is first used: a large disk costs what it holds.
  const features = 'root_owner=0:0,lazy_itable_init=1,lazy_journal_init=1,nodiscard';
  const shape = ['-q', '-F', '-t', 'ext4', '-i', '65536', '-L', 'root', '-E', features];
  await run(programs.mke2fs, [...shape, '-d', folder, file, `${gib}G`]);
  if (!owners) return;
  await run(programs.debugfs, ['-w', '-f', '-', file], { input: await ownership(folder, owners) });
}

/** `sbin` is not on every user's path, and e2fsprogs lives there. */
const programs = { mke2fs: '/sbin/mke2fs', debugfs: '/sbin/debugfs' };

async function ownership(folder: string, owners: ReadonlyMap<string, Owner>): Promise<string> {
  const lines: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const path = `/${relative(folder, join(entry.parentPath, entry.name))}`;
    const { uid, gid } = owners.get(path) ?? { uid: 0, gid: 0 };
    lines.push(`set_inode_field ${path} uid ${uid}`, `set_inode_field ${path} gid ${gid}`);
  }
  return `${lines.join('\n')}\n`;
}
