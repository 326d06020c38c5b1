import { rm } from 'node:fs/promises';
import { run } from '../run.ts';

/**
 * Copies a root file system, kept by whoever built it, into an empty folder where all of it belongs to
 * one user and group. By an archive, since a change of owner would take the set-user-ID bits away.
 */
export async function makeRootFolder(from: string, to: string, owner: number): Promise<void> {
  const archive = `${to}.tar`;
  const owned = ['--numeric-owner', `--owner=:${owner}`, `--group=:${owner}`];
  try {
    await run('tar', ['-C', from, ...owned, '-cf', archive, '.']);
    await run('tar', ['-C', to, '--numeric-owner', '--same-owner', '-pxf', archive]);
  } finally {
    await rm(archive, { force: true });
  }
}
