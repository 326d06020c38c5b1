import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MachineId } from '../driver.ts';

/** How many lines may be of no use any more before the file is written anew. */
const OUTDATED_LINES = 10_000;

/**
 * What is known of machines, in memory and in a file that outlives the process: every change is a
 * line at its end. Changes that come while others are being written go into the next write together,
 * so a thousand launches take a few writes.
 */
export class MachineLog<Machine> {
  readonly machines = new Map<MachineId, Machine>();
  readonly #file: string | undefined;
  #lines = 0;
  #waiting: string[] = [];
  #lastWrite: Promise<void> = Promise.resolve();
  #nextWrite: Promise<void> | undefined;

  private constructor(file: string | undefined) {
    this.#file = file;
  }

  /** @param directory made where it is not there; without one all is in memory only */
  static async open<Machine>(directory: string | undefined): Promise<MachineLog<Machine>> {
    if (directory === undefined) return new MachineLog<Machine>(undefined);
    await mkdir(directory, { recursive: true });
    const file = join(directory, 'machines.log');
    const log = new MachineLog<Machine>(file);
    await log.#read(file);
    return log;
  }

  /**
   * Resolves when it is in the file.
   *
   * @param machine undefined where it is gone
   */
  async set(id: MachineId, machine: Machine | undefined): Promise<void> {
    const file = this.#file;
    if (file !== undefined) {
      this.#waiting.push(lineOf(id, machine));
      this.#nextWrite ??= this.#lastWrite.then(() => this.#write(file));
      await this.#nextWrite;
    }
    this.#remember(id, machine);
  }

  #remember(id: MachineId, machine: Machine | undefined): void {
    if (machine === undefined) this.machines.delete(id);
    else this.machines.set(id, machine);
  }

  #write(file: string): Promise<void> {
    const lines = this.#waiting;
    this.#waiting = [];
    const written =
      this.#lines > this.machines.size + OUTDATED_LINES
        ? this.#rewrite(file, lines)
        : appendFile(file, lines.join(''));
    this.#lines += lines.length;
    this.#lastWrite = written.catch(() => {});
    this.#nextWrite = undefined;
    return written;
  }

  async #rewrite(file: string, more: readonly string[]): Promise<void> {
    const lines = [...this.machines].map(([id, machine]) => lineOf(id, machine));
    this.#lines = lines.length + more.length;
    await writeFile(`${file}.new`, [...lines, ...more].join(''));
    await rename(`${file}.new`, file);
  }

  async #read(file: string): Promise<void> {
    const text = await readFile(file, 'utf8').catch(ifMissing);
    const lines = text.split('\n');
    const torn = lines.pop();
    for (const line of lines) {
      const [id, machine] = JSON.parse(line) as [MachineId, Machine | null];
      this.#remember(id, machine ?? undefined);
    }
    this.#lines = lines.length;
    // The process ended in the middle of a write: nobody was told that it had happened.
    if (torn !== '') await this.#rewrite(file, []);
  }
}

function lineOf(id: MachineId, machine: unknown): string {
  return `${JSON.stringify([id, machine ?? null])}\n`;
}

function ifMissing(error: NodeJS.ErrnoException): string {
  if (error.code !== 'ENOENT') throw error;
  return '';
}
