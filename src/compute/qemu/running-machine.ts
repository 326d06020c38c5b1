import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MachineId } from '../driver.ts';
import { InTurn } from '../in-turn.ts';
import type { Card } from '../network/router.ts';
import { METADATA_ADDRESS, QEMU } from './command-line.ts';
import type { MachineFiles } from './machine-files.ts';
import { dyingWithParent } from '../die-with-parent.ts';
import type { MetadataHandler } from './first-request.ts';
import { listenForMetadata } from './metadata-relay.ts';
import { PluggedCards } from './plugged-cards.ts';
import { PluggedDisks } from './plugged-disks.ts';
import { hasEnded, kill } from './processes.ts';
import { Qmp } from './qmp.ts';
import type { SerialLog } from '../serial-log.ts';

/** A machine that is on, held by this process: its QEMU, the way to talk to it, its metadata. */
export class RunningMachine {
  readonly pid: number;
  /** Whether this process is switching it off; another end was the guest's own or a crash. */
  endAsked = false;
  /** Resolves when QEMU has gone, or when this process has let go of it, and nothing is held. */
  readonly ended: Promise<void>;
  readonly disks: PluggedDisks;
  readonly #cards: PluggedCards;
  readonly #inTurn = new InTurn();
  readonly #qmp: Qmp;
  readonly #metadata: Server;
  readonly #trimming: NodeJS.Timeout;
  #stopped: Promise<void> | undefined;

  private constructor(pid: number, qmp: Qmp, metadata: Server, log: SerialLog) {
    this.pid = pid;
    this.#qmp = qmp;
    this.disks = new PluggedDisks(qmp);
    this.#cards = new PluggedCards(qmp);
    this.#metadata = metadata;
    this.#trimming = setInterval(() => void log.trim().catch(() => undefined), TRIM_MS).unref();
    this.ended = this.#end();
  }

  /** Takes hold of a QEMU that runs, whoever started it. */
  static async adopt(
    id: MachineId,
    pid: number,
    files: MachineFiles,
    metadata: MetadataHandler,
  ): Promise<RunningMachine> {
    const server = await listenForMetadata(id, files, metadata);
    try {
      return new RunningMachine(pid, await talkTo(pid, files), server, files.console);
    } catch (error) {
      server.close();
      throw error;
    }
  }

  /**
   * Presses the power button, and pulls the plug when the guest has not gone after `graceMs`. A
   * guest that has just begun to boot does not hear the button, so it is pressed again and again.
   */
  async powerOff(graceMs: number): Promise<void> {
    this.endAsked = true;
    await this.#untilEnded(graceMs);
    await this.ended;
  }

  async #untilEnded(graceMs: number): Promise<void> {
    const deadlineMs = performance.now() + graceMs;
    for (let leftMs = graceMs; leftMs > 0; leftMs = deadlineMs - performance.now()) {
      await this.#qmp.execute('system_powerdown').catch(() => undefined);
      if (await hasEnded(this.pid, Math.min(leftMs, BETWEEN_PRESSES_MS))) return;
    }
    await this.#qmp.execute('quit').catch(() => undefined);
    if (!(await hasEnded(this.pid, QUIT_MS))) await kill(this.pid);
  }

  /**
   * Stops the guest until `work` is done, at a moment when it has no connection to the metadata
   * service: one that is open does not outlast a move of the guest's memory, and the guest would wait
   * for its answer.
   */
  async whileStopped(work: () => Promise<void>): Promise<void> {
    this.#stopped = this.#inTurn.run(STANDS_STILL, async () => {
      await this.#qmp.execute('stop');
      while (await this.#asksMetadata()) {
        await this.#qmp.execute('cont');
        await sleep(BETWEEN_LOOKS_MS);
        await this.#qmp.execute('stop');
      }
      await this.#thenGoOn(work);
    });
    await this.#stopped;
  }

  /** Gives it these network cards beside its first one, and no others. */
  settleCards(cards: readonly Card[]): Promise<void> {
    return this.#inTurn.run(STANDS_STILL, () => this.#cards.settle(cards));
  }

  async hasCards(): Promise<boolean> {
    return !(await this.#cards.isNone());
  }

  /** Resolves when nobody keeps the guest stopped. */
  async settled(): Promise<void> {
    await this.#stopped?.catch(() => undefined);
  }

  async #thenGoOn(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } finally {
      await this.goOn();
    }
  }

  async #asksMetadata(): Promise<boolean> {
    const command = { 'command-line': 'info usernet' };
    const connections = String(await this.#qmp.execute('human-monitor-command', command));
    const lines = connections.split('\n').filter((line) => line.includes(METADATA_ADDRESS));
    return lines.some((line) => !line.includes('[TIME_WAIT]'));
  }

  /** Lets a guest run that is stopped, also where whoever stopped it has gone. */
  async goOn(): Promise<void> {
    await this.#qmp.execute('migrate_cancel');
    await this.#qmp.execute('cont');
  }

  /** Presses the reset button: the guest boots anew. */
  async reset(): Promise<void> {
    await this.#qmp.execute('system_reset');
  }

  /** Sends the guest's kernel an interrupt that it cannot mask. */
  async interrupt(): Promise<void> {
    await this.#qmp.execute('inject-nmi');
  }

  /** Writes the memory of a stopped guest to a file. */
  async saveMemory(file: string): Promise<void> {
    await this.#qmp.execute('migrate-set-parameters', { 'max-bandwidth': UNLIMITED });
    await this.#migrate('migrate', `exec:cat >${quoted(file)}`);
  }

  /** Gives a guest that waits for it the memory in a file. It does not go on by itself. */
  async loadMemory(file: string): Promise<void> {
    await this.#migrate('migrate-incoming', `exec:cat ${quoted(file)}`);
  }

  async #migrate(command: 'migrate' | 'migrate-incoming', uri: string): Promise<void> {
    await this.#qmp.execute(command, { uri });
    for (;;) {
      const { status } = (await this.#qmp.execute('query-migrate')) as { readonly status?: string };
      if (status === 'completed') return;
      if (status === 'failed' || status === 'cancelled')
        throw new Error(`QEMU's ${command} ${status}.`);
      await sleep(BETWEEN_LOOKS_MS);
    }
  }

  /** Leaves QEMU running for the next process. */
  async letGo(): Promise<void> {
    this.endAsked = true;
    await this.settled();
    this.#qmp.close();
    await this.ended;
  }

  async #end(): Promise<void> {
    await this.#qmp.closed;
    clearInterval(this.#trimming);
    this.#metadata.closeAllConnections();
    // Takes the socket's file away as well, so it must be done before the next power-on.
    await new Promise((resolve) => this.#metadata.close(resolve));
    // QEMU hangs up shortly before its process ends.
    if (!this.endAsked) await hasEnded(this.pid, QUIT_MS);
  }
}

/** What does not go together: no card comes while memory is being written. */
const STANDS_STILL = 'stands still';
const BETWEEN_PRESSES_MS = 1_000;
const BETWEEN_LOOKS_MS = 5;
/** Bytes a second, as far as the file takes them. */
const UNLIMITED = 2 ** 40;
/** A guest prints a few megabytes in this time at most. */
const TRIM_MS = 10_000;
const QUIT_MS = 5_000;
const ANSWER_MS = 30_000;

/**
 * Starts QEMU in a session of its own, so that it outlives this process and a terminal's Ctrl-C.
 *
 * @param withParent makes it die with this process, however that dies: for clouds that keep nothing
 * @param network the network namespace that its tap is in, as a file; the host's if left out. Sockets
 *   with names, such as QEMU's own, are the same in all.
 */
export async function startQemu(
  args: readonly string[],
  files: MachineFiles,
  withParent: boolean,
  network?: string,
): Promise<number> {
  const log = await open(files.path('qemu.log'), 'w');
  try {
    const [program, rest] = withParent ? dyingWithParent(QEMU, args) : [QEMU, args];
    // Each of them becomes the next, so that there is one process.
    const [command = '', ...all] = [
      ...(network === undefined ? [] : ['nsenter', `--net=${network}`]),
      ...[program, ...rest],
    ];
    const child = spawn(command, all, {
      cwd: files.folder,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      env: { PATH: process.env['PATH'] ?? '' },
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve).once('error', reject);
    });
    child.unref();
    return child.pid!;
  } finally {
    await log.close();
  }
}

/** A file's name as the shell takes it that QEMU runs. */
function quoted(file: string): string {
  return `'${file.replaceAll("'", `'\\''`)}'`;
}

/** Connects as soon as QEMU listens; fails with QEMU's own words if it gives up instead. */
async function talkTo(pid: number, files: MachineFiles): Promise<Qmp> {
  const path = files.socket('qmp.sock');
  const deadlineMs = performance.now() + ANSWER_MS;
  for (;;) {
    const qmp = await Qmp.connect(path, ANSWER_MS).catch(() => undefined);
    if (qmp) return qmp;
    if (await hasEnded(pid, 0)) throw new Error(`QEMU gave up: ${await files.qemuLog()}`);
    if (performance.now() > deadlineMs) throw new Error(`QEMU ${pid} does not answer on ${path}.`);
    await sleep(20);
  }
}
