import { run } from './run.ts';

/**
 * Copies a file whose holes stay holes, or a folder with all that the kernel keeps of its files, without
 * copying bytes at all where the file system can share.
 */
export async function sparseCopy(from: string, to: string): Promise<void> {
  await run('cp', ['-a', '--sparse=always', '--reflink=auto', '--', from, to]);
}
