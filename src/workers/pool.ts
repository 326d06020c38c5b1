import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Activity } from '../gateway/activity/activity.ts';
import type { Listener } from '../gateway/http/listener.ts';
import type { ClockState } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { packageRoot } from '../package-root.ts';
import type { Siblings } from '../storage/siblings.ts';
import { Channel } from './channel.ts';
import type { Start, ToLeader, ToWorker } from './orders.ts';

export interface PoolParts {
  /** Server processes beside this one. */
  readonly size: number;
  /** Whose connections are shared. */
  readonly listener: Listener;
  /** What a worker is told at its start, as it is then. */
  readonly start: () => Omit<Start, 'prefixes'>;
  readonly siblings: Siblings;
  readonly activity: Activity;
  readonly log: Log;
}

interface Worker {
  readonly child: ChildProcess;
  readonly channel: Channel<ToLeader, ToWorker>;
}

/** Where a worker's program is: as it was built, or among the sources while developing. */
const isBuilt = import.meta.url.endsWith('.js');
const program = fileURLToPath(
  new URL(isBuilt ? 'dist/worker.js' : 'src/workers/worker.ts', packageRoot),
);

/**
 * Has each process take one connection at a time from a shared socket: else whoever wakes first
 * takes all that wait. To be called before the process listens for the first time, when libuv looks.
 */
export function takeConnectionsInTurn(): void {
  process.env['UV_TCP_SINGLE_ACCEPT'] = '1';
}

const RESTART_DELAY_MS = 500;

/** The further server processes of a cloud. One that dies is replaced; its clients connect anew. */
export class Workers {
  readonly #parts: PoolParts;
  readonly #workers = new Set<Worker>();
  readonly #starting = new Set<Promise<void>>();
  #handsOn = false;
  #closing = false;

  private constructor(parts: PoolParts) {
    this.#parts = parts;
  }

  /** Starts all of them; they serve when this resolves. */
  static async start(parts: PoolParts): Promise<Workers> {
    const workers = new Workers(parts);
    try {
      await Promise.all(Array.from({ length: parts.size }, () => workers.#add()));
    } catch (error) {
      await workers.close();
      throw error;
    }
    return workers;
  }

  get processIds(): readonly number[] {
    return Array.from(this.#workers, ({ child }) => child.pid!);
  }

  /** Resolves when every worker's clock stands so. */
  clock(state: ClockState): Promise<void> {
    return this.#all('clock', state);
  }

  /** Whether workers are to leave every call to this process. */
  handOn(everything: boolean): Promise<void> {
    this.#handsOn = everything;
    return this.#all('handOn', everything);
  }

  /** Runs `task` while no worker has the store open. */
  async without(task: () => Promise<void>): Promise<void> {
    await this.#all('pause', undefined);
    try {
      await task();
    } finally {
      await this.#all('resume', undefined);
    }
  }

  async close(): Promise<void> {
    this.#closing = true;
    await Promise.allSettled(this.#starting);
    const ended = Array.from(this.#workers, ({ child }) => endOf(child));
    await this.#all('close', undefined);
    await Promise.all(ended);
  }

  async #all<Name extends keyof ToWorker>(name: Name, payload: ToWorker[Name]): Promise<void> {
    // One that dies meanwhile needs nothing any more: its successor starts with what is so then.
    await Promise.allSettled(
      Array.from(this.#workers, ({ channel }) => channel.call(name, payload)),
    );
  }

  #add(): Promise<void> {
    const start = this.#startOne().finally(() => this.#starting.delete(start));
    this.#starting.add(start);
    return start;
  }

  async #startOne(): Promise<void> {
    const { siblings, listener, start, activity, log } = this.#parts;
    const child = fork(program, [], { serialization: 'advanced' });
    const channel = new Channel<ToLeader, ToWorker>(child);
    channel.handle('written', (keys) => siblings.heard(keys));
    channel.handle('activity', (entries) => activity.take(entries));
    channel.handle('log', ({ level, details, message }) =>
      log[level]({ ...details, worker: child.pid }, message),
    );
    const ended = endOf(child);
    const order: Start = { ...start(), prefixes: siblings.prefixes() };
    const early = ended.then(() => Promise.reject(new Error('a worker ended at its start')));
    early.catch(() => {});
    const prefixes = await Promise.race([channel.call('start', order), early]);
    const leave = siblings.add({
      prefixes: prefixes as ToWorker['written'],
      tell: async (keys) => void (await channel.call('written', keys).catch(() => {})),
    });
    const worker: Worker = { child, channel };
    this.#workers.add(worker);
    if (this.#handsOn) await channel.call('handOn', true);
    await channel.call('serve', undefined, listener.server);
    void ended.then(() => {
      leave();
      this.#workers.delete(worker);
      return this.#replace(child.pid);
    });
  }

  async #replace(pid: number | undefined): Promise<void> {
    if (!this.#closing) this.#parts.log.error({ pid }, 'a worker died; another takes its place');
    while (!this.#closing) {
      try {
        return await this.#add();
      } catch (error) {
        this.#parts.log.error({ err: error }, 'a worker cannot be started, trying again');
        await sleep(RESTART_DELAY_MS);
      }
    }
  }
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
}
