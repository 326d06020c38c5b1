import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { MachineSize } from '../driver.ts';
import { run } from '../run.ts';
import type { Verdict } from './accelerator.ts';
import { QEMU } from './command-line.ts';

/** All that a guest's memory rests on: it goes on only in a machine that is the same in all of this. */
export interface Shape {
  /** Tells the build of the image from every other. */
  readonly image: string;
  readonly kernelArguments: string;
  readonly given: MachineSize;
  readonly rootDiskGib: number;
  readonly verdict: Verdict;
  /** User-mode networking is in QEMU, and so in what is kept of it. */
  readonly link: 'tap' | 'user';
}

/** The files of a guest that was stopped when it had booted and was nobody yet. */
export interface MemorySnapshot {
  readonly memory: string;
  /** As the guest had left it: what its memory knows of the disk is true of this one only. */
  readonly rootDisk: string;
  readonly console: string;
}

/** Counts up when machines of one shape change, as by another device. */
const LAYOUT = 3;
/** Each takes some 100 MB of the host's disk. */
const KEPT = 8;

/** The memory snapshots of this host, which all its clouds share. */
export class MemorySnapshots {
  readonly #directory: string;
  #version: Promise<string> | undefined;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Tells the shape from every other, and this QEMU from every other. */
  async nameOf(shape: Shape): Promise<string> {
    const { image, kernelArguments, given, rootDiskGib, verdict, link } = shape;
    this.#version ??= run(QEMU, ['--version']);
    const machine = [given.vcpus, given.memoryMib, rootDiskGib, verdict.accelerator, link];
    const rests = [LAYOUT, await this.#version, image, kernelArguments, verdict.tscKhz, ...machine];
    return createHash('sha256').update(JSON.stringify(rests)).digest('hex').slice(0, 16);
  }

  async find(shape: Shape): Promise<MemorySnapshot | undefined> {
    const folder = await this.#folderOf(shape);
    if (!(await stat(folder).catch(() => undefined))) return undefined;
    const now = new Date();
    await utimes(folder, now, now);
    return filesIn(folder);
  }

  /** Keeps what `fill` writes, whole or not at all. */
  async keep(shape: Shape, fill: (files: MemorySnapshot) => Promise<void>): Promise<void> {
    const folder = await this.#folderOf(shape);
    const draft = `${folder}.${process.pid}`;
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true });
    try {
      const files = filesIn(draft);
      await fill(files);
      await Promise.all(Object.values(files).map(toDisk));
      await rename(draft, folder).catch(keptByAnother);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
    await this.#removeOldest();
  }

  async remove(shape: Shape): Promise<void> {
    await rm(await this.#folderOf(shape), { recursive: true, force: true });
  }

  async #folderOf(shape: Shape): Promise<string> {
    return join(this.#directory, await this.nameOf(shape));
  }

  /** Those that were not used for longest, and what killed processes have left unfinished. */
  async #removeOldest(): Promise<void> {
    const folders = (await readdir(this.#directory)).map((name) => join(this.#directory, name));
    const used = await Promise.all(
      folders.map(async (folder) => (await stat(folder).catch(() => undefined))?.mtimeMs ?? 0),
    );
    const oldestLast = folders
      .map((folder, at) => ({ folder, atMs: used[at]! }))
      .toSorted((one, other) => other.atMs - one.atMs);
    for (const { folder } of oldestLast.slice(KEPT)) {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

function filesIn(folder: string): MemorySnapshot {
  return {
    memory: join(folder, 'memory'),
    rootDisk: join(folder, 'root.raw'),
    console: join(folder, 'console.log'),
  };
}

/** A snapshot that is found is whole, also after a power cut. */
async function toDisk(path: string): Promise<void> {
  const file = await open(path);
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
}

function keptByAnother(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
}
