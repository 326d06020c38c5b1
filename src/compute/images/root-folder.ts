import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { run } from '../run.ts';

/**
 * Copies a root file system, kept by whoever built it, into an empty folder where all of it belongs to
 * one user and group. By an archive, since a change of owner would take the set-user-ID bits away.
 */
export async function makeRootFolder(from: string, to: string, owner: number): Promise<void> {
  const archive = `${to}.tar`;
  try {
    await run('tar', [...packing(from, owner), '-cf', archive, '.']);
    await run('tar', ['-C', to, '--numeric-owner', '--same-owner', '-pxf', archive]);
  } finally {
    await rm(archive, { force: true });
  }
}

/** A root file system as a tar archive in which all of it belongs to root. */
export function archiveRoot(from: string): Readable {
  const { stdout } = spawn('tar', [...packing(from, 0), '-cf', '-', '.'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  }).on('error', (error) => stdout.destroy(error));
  return stdout;
}

function packing(from: string, owner: number): string[] {
  return ['-C', from, '--numeric-owner', `--owner=:${owner}`, `--group=:${owner}`];
}
