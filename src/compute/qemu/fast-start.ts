import { copyFile, readFile, rm, symlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../kernel/log.ts';
import type { MachineSpec } from '../driver.ts';
import { InTurn } from '../in-turn.ts';
import { FirstRequest, type MetadataHandler } from './first-request.ts';
import type { PowerOn } from '../machine-folder.ts';
import type { MachineFiles } from './machine-files.ts';
import { MemorySnapshots, type Shape } from './memory-snapshots.ts';
import type { RunningMachine } from './running-machine.ts';
import { sparseCopy } from '../sparse-copy.ts';

/** How a machine is switched on, by the driver. */
interface PowerSwitch {
  /** Starts QEMU, which waits for the guest's memory if `waiting`, and takes hold of it. */
  on(metadata: MetadataHandler, waiting: boolean): Promise<RunningMachine>;
  /** Ends a QEMU that did not take the memory that it was given. */
  off(): Promise<void>;
}

/** What Linux says once its randomness is settled: copies of such a guest would draw the same. */
const RANDOMNESS_SETTLED = 'crng init done';
/** By then a guest that boots has asked who it is, on a host that is not much too busy. */
const LONGEST_BOOT_MS = 60_000;
/** By then one that went on as a copy has. */
const LONGEST_WAKING_MS = 20_000;

/**
 * Lets machines begin where another of their shape had come to before it became an instance. The
 * first of a shape boots; as it asks the metadata service who it is, it is stopped for a moment, and
 * its memory and disk are kept. Those after it go on from there, each with a copy of its own.
 */
export class FastStart {
  readonly #snapshots: MemorySnapshots;
  readonly #metadata: MetadataHandler;
  readonly #log: Log;
  readonly #inTurn = new InTurn();

  constructor(parts: {
    readonly directory: string;
    readonly metadata: MetadataHandler;
    readonly log: Log;
  }) {
    this.#snapshots = new MemorySnapshots(parts.directory);
    this.#metadata = parts.metadata;
    this.#log = parts.log;
  }

  /**
   * The shape of a machine that may begin so; undefined for one that has a life behind it, and on
   * KVM, where booting is quick.
   */
  async shapeOf(
    files: MachineFiles,
    spec: MachineSpec,
    { given }: PowerOn,
    { verdict, link }: Pick<Shape, 'verdict' | 'link'>,
  ): Promise<Shape | undefined> {
    const image = await files.unbootedImage();
    if (image === undefined || verdict.accelerator === 'kvm') return undefined;
    const kernelArguments = (await files.kernelArguments()) ?? '';
    return { image, kernelArguments, given, rootDiskGib: spec.rootDiskGib, verdict, link };
  }

  /**
   * Switches on a machine for the first time. Where one of its shape is booting to be kept, it waits
   * for that one: going on from there takes less of the host than another boot.
   */
  async start(files: MachineFiles, shape: Shape, power: PowerSwitch): Promise<RunningMachine> {
    const name = await this.#snapshots.nameOf(shape);
    return await new Promise<RunningMachine>((started, failed) => {
      const turn = this.#inTurn.run(name, async () => {
        const woken = await this.#goOn(files, shape, power);
        if (woken) return started(woken);
        await files.forgetUnbooted();
        const request = new FirstRequest(this.#metadata, { held: true });
        try {
          const machine = await power.on(request, false);
          started(machine);
          await this.#keep(machine, request, files, shape).catch((error: unknown) => {
            this.#log.warn({ err: error, machine: files.folder }, 'no memory snapshot was kept');
          });
        } finally {
          request.release();
        }
      });
      turn.catch(failed);
    });
  }

  /** @returns the machine if it runs now, from what is kept of its shape */
  async #goOn(
    files: MachineFiles,
    shape: Shape,
    power: PowerSwitch,
  ): Promise<RunningMachine | undefined> {
    const snapshot = await this.#snapshots.find(shape);
    if (!snapshot) return undefined;
    try {
      await sparseCopy(snapshot.rootDisk, files.path('root.raw'));
      await copyFile(snapshot.console, files.path('console.log'));
      await rm(files.path('memory'), { force: true });
      await symlink(snapshot.memory, files.path('memory'));
      const request = new FirstRequest(this.#metadata, { held: false });
      const machine = await power.on(request, true);
      await machine.loadMemory('memory');
      // From here on its disk is its own.
      await files.forgetUnbooted();
      await machine.goOn();
      void this.#watch(machine, request, shape);
      return machine;
    } catch (error) {
      this.#log.warn({ err: error }, 'a memory snapshot is of no use: removed, the machine boots');
      await power.off();
      await this.#snapshots.remove(shape);
      await files.console.clear();
      return undefined;
    } finally {
      await rm(files.path('memory'), { force: true });
    }
  }

  /** A guest that does not wake up boots instead, and none begins like it again. */
  async #watch(machine: RunningMachine, request: FirstRequest, shape: Shape): Promise<void> {
    if ((await outcome(machine, request, LONGEST_WAKING_MS)) !== 'late') return;
    try {
      const text = 'a machine did not go on from a memory snapshot: removed, the machine boots';
      this.#log.warn({ shape }, text);
      await this.#snapshots.remove(shape);
      await machine.reset();
    } catch (error) {
      this.#log.error({ err: error }, 'a machine that does not go on cannot be reset');
    }
  }

  async #keep(
    machine: RunningMachine,
    request: FirstRequest,
    files: MachineFiles,
    shape: Shape,
  ): Promise<void> {
    if ((await outcome(machine, request, LONGEST_BOOT_MS)) !== 'asked') return;
    await machine.whileStopped(async () => {
      const console = await readFile(files.path('console.log'));
      const { disks = [] } = (await files.spec()) ?? {};
      if (console.includes(RANDOMNESS_SETTLED) || disks.length > 0) return;
      if (await machine.hasCards()) return;
      await this.#snapshots.keep(shape, async (snapshot) => {
        await machine.saveMemory(snapshot.memory);
        await sparseCopy(files.path('root.raw'), snapshot.rootDisk);
        await copyFile(files.path('console.log'), snapshot.console);
      });
    });
  }
}

async function outcome(
  { ended }: RunningMachine,
  { answered }: FirstRequest,
  timeoutMs: number,
): Promise<'asked' | 'ended' | 'late'> {
  const timer = new AbortController();
  const late = sleep(timeoutMs, 'late' as const, { signal: timer.signal, ref: false });
  try {
    const asked = answered.then(() => 'asked' as const);
    return await Promise.race([asked, ended.then(() => 'ended' as const), late]);
  } finally {
    late.catch(() => undefined);
    timer.abort();
  }
}
