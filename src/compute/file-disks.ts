import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DiskId, Disks } from './disks.ts';

const GIB = 1024 ** 3;
const DRAFT = '.new';

/** Disks as sparse raw files in one directory: they take what was written to them. */
export class FileDisks implements Disks {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Where a disk's bytes are. */
  path(id: DiskId): string {
    return join(this.#directory, id);
  }

  async create(id: DiskId, gib: number): Promise<void> {
    if (await stat(this.path(id)).catch(ifThere)) return;
    await mkdir(this.#directory, { recursive: true });
    const draft = `${this.path(id)}${DRAFT}`;
    await makeAtLeast(draft, gib);
    await rename(draft, this.path(id));
  }

  resize(id: DiskId, gib: number): Promise<void> {
    return makeAtLeast(this.path(id), gib, 'r+');
  }

  async remove(id: DiskId): Promise<void> {
    await rm(`${this.path(id)}${DRAFT}`, { force: true });
    await rm(this.path(id), { force: true });
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

function ifThere(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
