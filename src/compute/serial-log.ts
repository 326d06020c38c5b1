import { open, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { CONSOLE_BYTES, tail } from './console.ts';

/** Above this the older part is dropped, so that a guest which prints for ever fills no disk. */
const LARGEST_BYTES = 1024 * 1024;

/**
 * The file to which QEMU appends what a guest prints, and beside it the end of what was dropped.
 * QEMU opens the file for appending, so it carries on at the beginning of one that was emptied.
 */
export class SerialLog {
  readonly #file: string;
  readonly #dropped: string;

  constructor(file: string) {
    this.#file = file;
    this.#dropped = `${file}.dropped`;
  }

  /** The end of the output, as much as EC2 shows. */
  async read(): Promise<Uint8Array> {
    const dropped = (await readFile(this.#dropped).catch(ifThere)) ?? NOTHING;
    return tail(Buffer.concat([dropped, await this.#end()]));
  }

  /** Begins anew: the machine is powered on. */
  async clear(): Promise<void> {
    await rm(this.#dropped, { force: true });
    await writeFile(this.#file, '');
  }

  /** Drops the older part of a long log. */
  async trim(largestBytes = LARGEST_BYTES): Promise<void> {
    const { size } = await stat(this.#file);
    if (size <= largestBytes) return;
    await writeFile(this.#dropped, await this.#end());
    await truncate(this.#file, 0);
  }

  async #end(): Promise<Buffer> {
    const file = await open(this.#file).catch(ifThere);
    if (!file) return NOTHING;
    try {
      const { size } = await file.stat();
      const output = Buffer.alloc(Math.min(size, CONSOLE_BYTES));
      const { bytesRead } = await file.read(output, 0, output.length, size - output.length);
      return output.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }
}

const NOTHING = Buffer.alloc(0);

function ifThere(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
