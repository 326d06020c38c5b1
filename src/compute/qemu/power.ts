import type { Log } from '../../kernel/log.ts';
import { allotmentOf } from '../allotment.ts';
import type { MachineId, MachineSpec } from '../driver.ts';
import type { FileDisks } from '../file-disks.ts';
import { doorOf } from '../network/addresses.ts';
import type { Card } from '../network/router.ts';
import type { Sockets } from '../network/vpc-network.ts';
import { findAccelerator, type Verdict } from './accelerator.ts';
import { commandLine } from './command-line.ts';
import { FastStart } from './fast-start.ts';
import type { MetadataHandler } from './first-request.ts';
import type { MachineFiles } from './machine-files.ts';
import { publishPorts } from '../published-ports.ts';
import { findProcesses, kill } from './processes.ts';
import { RunningMachine, startQemu } from './running-machine.ts';

export interface PowerOptions {
  /** Where machines are kept: they are recognized by it. */
  readonly directory: string;
  readonly imageDirectory: string;
  /** Where the memory of booted guests is kept. */
  readonly memoryDirectory: string;
  readonly files: (id: MachineId) => MachineFiles;
  readonly disks: FileDisks;
  /** What its machines are plugged into; undefined for a network of its own for each. */
  readonly network: Sockets | undefined;
  readonly metadata: MetadataHandler;
  readonly log: Log;
  /** Machines end with this process, whatever ends it. */
  readonly ephemeral: boolean;
  /** A machine has ended without being asked. */
  readonly onEnd: (id: MachineId) => void;
}

/** Switches machines on and off and holds those that are on; one call at a time for each machine. */
export class Power {
  readonly #options: PowerOptions;
  readonly #fastStart: FastStart;
  readonly #running = new Map<MachineId, RunningMachine>();
  #verdict: Promise<Verdict> | undefined;

  constructor(options: PowerOptions) {
    this.#options = options;
    const { memoryDirectory: directory, metadata, log } = options;
    this.#fastStart = new FastStart({ directory, metadata, log });
  }

  /** Every machine that is on, whoever started it, with its process. */
  processes(): Promise<Map<MachineId, number>> {
    return findProcesses(this.#options.directory);
  }

  isHeld(id: MachineId, pid: number): boolean {
    return this.#running.get(id)?.pid === pid;
  }

  /** The machine if it is on, whoever started it. */
  async machine(id: MachineId): Promise<RunningMachine | undefined> {
    const pid = (await this.processes()).get(id);
    if (pid === undefined) return undefined;
    await this.adopt(id, pid);
    const machine = this.#running.get(id);
    await machine?.settled();
    return machine;
  }

  async on(spec: MachineSpec): Promise<void> {
    const { id } = spec;
    const files = this.#options.files(id);
    const found = (await this.processes()).get(id);
    const isUnbooted = (await files.unbootedImage()) !== undefined;
    if (found !== undefined && !isUnbooted) return await this.adopt(id, found);
    // Its first start was cut off before it had begun.
    if (found !== undefined) await this.pullPlug(id);
    const verdict = await this.#accelerator(files);
    const { network } = this.#options;
    const powerOn = {
      published: network
        ? { 22: { host: doorOf(id), port: 22 } }
        : await publishPorts(spec.publicAddress),
      given: allotmentOf(spec),
    };
    await files.savePowerOn(powerOn);
    await files.console.clear();
    const kernelArguments = await files.kernelArguments();
    const board = await files.board();
    const on = async (metadata: MetadataHandler, waiting: boolean): Promise<RunningMachine> => {
      const tap = await network?.tap(spec);
      const boot = { verdict, board, kernelArguments, waiting, ...(tap && { tap: tap.device }) };
      const args = commandLine(spec, files, powerOn, boot);
      const pid = await startQemu(args, files, this.#options.ephemeral, tap?.namespace);
      return await this.#hold(id, pid, metadata);
    };
    const link = network ? 'tap' : 'user';
    const shape = await this.#fastStart.shapeOf(files, spec, powerOn, { verdict, link });
    const power = { on, off: () => this.pullPlug(id) };
    // One that boots has begun a life of its own: whoever finds it running holds on to it.
    if (!shape) await files.forgetUnbooted();
    const machine = shape
      ? await this.#fastStart.start(files, shape, power)
      : await on(this.#options.metadata, false);
    await this.#plugAll(spec, machine);
  }

  /** Asks the guest to shut down, and pulls the plug after `graceMs`. */
  async off(id: MachineId, graceMs: number): Promise<void> {
    await (await this.machine(id))?.powerOff(graceMs);
    await this.#unplug(id);
  }

  async pullPlug(id: MachineId): Promise<void> {
    await this.#release(id);
    const pid = (await this.processes()).get(id);
    if (pid !== undefined) await kill(pid);
    await this.#unplug(id);
  }

  /** Holds on to a machine that another process has started. */
  async adopt(id: MachineId, pid: number): Promise<void> {
    if (this.isHeld(id, pid)) return;
    const machine = await this.#hold(id, pid, this.#options.metadata);
    const files = this.#options.files(id);
    if ((await files.unbootedImage()) !== undefined) return;
    const spec = await files.spec();
    // That process may have gone while it kept the machine stopped, or before all disks were there.
    await machine.goOn();
    if (spec) await this.#plugAll(spec, machine);
  }

  /** Leaves the machines running for the next process. */
  async letGo(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((id) => this.#release(id)));
  }

  /** Holds on to a machine that runs, and notices when it ends by itself. */
  async #hold(id: MachineId, pid: number, metadata: MetadataHandler): Promise<RunningMachine> {
    await this.#release(id);
    const machine = await RunningMachine.adopt(id, pid, this.#options.files(id), metadata);
    this.#running.set(id, machine);
    void this.#noticeEnd(id, machine);
    return machine;
  }

  async #noticeEnd(id: MachineId, machine: RunningMachine): Promise<void> {
    await machine.ended;
    if (this.#running.get(id) === machine) this.#running.delete(id);
    if (!machine.endAsked) this.#options.onEnd(id);
  }

  async #release(id: MachineId): Promise<void> {
    const machine = this.#running.get(id);
    this.#running.delete(id);
    await machine?.letGo();
  }

  async #unplug(id: MachineId): Promise<void> {
    const { network, files } = this.#options;
    const spec = network && (await files(id).spec());
    if (spec) await network.unplug(spec);
  }

  async #plugAll(spec: MachineSpec, machine: RunningMachine): Promise<void> {
    const { disks, network, log } = this.#options;
    for (const disk of spec.disks ?? []) await machine.disks.plug(disk, disks.path(disk.id));
    const settleCards = (cards: readonly Card[]) =>
      machine.settleCards(cards).catch((error: unknown) => {
        if (!machine.endAsked)
          log.warn({ err: error, machine: spec.id }, 'no card could be plugged');
      });
    await network?.hold(spec, { settleCards });
  }

  #accelerator(files: MachineFiles): Promise<Verdict> {
    this.#verdict ??= findAccelerator(files.path('kernel'), this.#options.imageDirectory);
    return this.#verdict;
  }
}
