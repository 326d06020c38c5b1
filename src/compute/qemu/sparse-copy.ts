import { run } from '../run.ts';

/** Copies a file whose holes stay holes, without copying at all where the file system can share. */
export async function sparseCopy(from: string, to: string): Promise<void> {
  await run('cp', ['--sparse=always', '--reflink=auto', '--', from, to]);
}
