import { constants, open } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { MachineFiles } from './machine-files.ts';

/** A machine that is on, held by this process: its sign of life, its console. */
export class RunningMachine {
  /** Whether this process is switching it off; another end was the guest's own or a crash. */
  endAsked = false;
  /** Resolves when the machine has ended, or when this process has let go of it. */
  readonly ended: Promise<void>;
  readonly #alive: Socket;
  readonly #trimming: NodeJS.Timeout;

  private constructor(files: MachineFiles, alive: Socket) {
    this.#alive = alive;
    const trim = (): void => void files.console.trim().catch(() => undefined);
    this.#trimming = setInterval(trim, TRIM_MS).unref();
    this.ended = new Promise((resolve) => {
      alive.once('close', () => {
        clearInterval(this.#trimming);
        resolve();
      });
    });
  }

  /** Takes hold of a machine that runs, whoever started it. */
  static async hold(files: MachineFiles): Promise<RunningMachine> {
    // The machine has the other end of this pipe open for as long as it is on.
    const end = await promisify(open)(
      files.path('alive'),
      constants.O_RDONLY | constants.O_NONBLOCK,
    );
    const alive = new Socket({ fd: end, readable: true, writable: false });
    alive.on('error', () => undefined).resume();
    return new RunningMachine(files, alive);
  }

  /** Whether it has ended by itself before `timeoutMs`. */
  async hasEnded(timeoutMs: number): Promise<boolean> {
    const waiting = new AbortController();
    const ended = this.ended.then(() => true);
    const late = sleep(timeoutMs, false, { signal: waiting.signal }).catch(() => false);
    const first = await Promise.race([ended, late]);
    waiting.abort();
    return first;
  }

  /** Leaves the machine running for the next process. */
  async letGo(): Promise<void> {
    this.endAsked = true;
    this.#alive.destroy();
    await this.ended;
  }
}

/** A guest prints a few megabytes in this time at most. */
const TRIM_MS = 10_000;

/** One process of a machine, by its ID on the host. */
export interface Process {
  readonly pid: number;
  /** Its ID in every process ID namespace that it is in, the host's first. */
  readonly ids: readonly number[];
}

/** Those of these processes that are still there. */
export async function look(pids: readonly number[]): Promise<Process[]> {
  const found = pids.map(async (pid) => {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    const line = /^NSpid:(.*)$/m.exec(status)?.[1]?.trim();
    return line === undefined ? [] : [{ pid, ids: line.split(/\s+/).map(Number) }];
  });
  return (await Promise.all(found)).flat();
}

/** What runs beside the guest, in its network namespace, as long as the machine is on. */
export function shellOf(processes: readonly Process[]): number | undefined {
  return processes.find(({ ids }) => ids.length === 1)?.pid;
}

/** The guest's init. */
export function initOf(processes: readonly Process[]): number | undefined {
  return processes.find(({ ids }) => ids.length === 2 && ids[1] === 1)?.pid;
}
