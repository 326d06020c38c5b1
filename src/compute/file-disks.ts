import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DiskId, Disks } from './disks.ts';
import type { DiskFile } from './images/disk/disk-file.ts';
import { toRaw } from './images/disk/to-raw.ts';
import { run } from './run.ts';
import { sparseCopy } from './sparse-copy.ts';

const GIB = 1024 ** 3;
const DRAFT = '.new';

/**
 * Disks as sparse raw files in one directory: they take what was written to them. What a driver keeps
 * of a machine's root disk may be a folder.
 */
export class FileDisks implements Disks {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Where a disk's bytes are. */
  path(id: DiskId): string {
    return join(this.#directory, id);
  }

  async create(id: DiskId, gib: number, from?: DiskId): Promise<void> {
    await this.take(id, async (draft) => {
      if (from !== undefined) await sparseCopy(this.path(from), draft);
      const isFolder = (await stat(draft).catch(ifThere))?.isDirectory() ?? false;
      if (!isFolder) await makeAtLeast(draft, gib);
    });
  }

  async read(
    id: DiskId,
    gib: number,
    { path, format }: Pick<DiskFile, 'path' | 'format'>,
  ): Promise<void> {
    await this.take(id, async (draft) => {
      await toRaw(path, format, draft);
      await makeAtLeast(draft, gib);
    });
  }

  /**
   * Makes a disk by whatever `fill` puts at the path that it is given, whole or not at all. One that
   * exists already is left as it is.
   */
  async take(id: DiskId, fill: (draft: string) => Promise<void>): Promise<void> {
    if (await stat(this.path(id)).catch(ifThere)) return;
    await mkdir(this.#directory, { recursive: true });
    const draft = `${this.path(id)}${DRAFT}`;
    await remove(draft);
    await fill(draft);
    await run('sync', ['--file-system', draft]);
    await rename(draft, this.path(id));
  }

  resize(id: DiskId, gib: number): Promise<void> {
    return makeAtLeast(this.path(id), gib, 'r+');
  }

  async remove(id: DiskId): Promise<void> {
    await remove(`${this.path(id)}${DRAFT}`);
    await remove(this.path(id));
  }

  async list(): Promise<DiskId[]> {
    const names = (await readdir(this.#directory).catch(ifThere)) ?? [];
    return names.filter((name) => !name.endsWith(DRAFT));
  }
}

async function makeAtLeast(path: string, gib: number, flags = 'a'): Promise<void> {
  const file = await open(path, flags);
  try {
    const { size } = await file.stat();
    if (size < gib * GIB) await file.truncate(gib * GIB);
    await file.sync();
  } finally {
    await file.close();
  }
}

function remove(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true });
}

function ifThere(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
