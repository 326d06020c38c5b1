import { setTimeout as sleep } from 'node:timers/promises';
import { allotmentOf } from '../allotment.ts';
import type { MachineId, MachineSpec } from '../driver.ts';
import { doorOf } from '../network/addresses.ts';
import type { Sockets } from '../network/vpc-network.ts';
import { Cgroups, findHierarchies } from './cgroups.ts';
import { launch } from './launch.ts';
import type { MachineFiles } from './machine-files.ts';
import { initOf, look, type Process, RunningMachine, shellOf } from './running-machine.ts';

export interface PowerOptions {
  /** The folder with a folder for each machine, which tells its cgroups from other clouds'. */
  readonly directory: string;
  readonly files: (id: MachineId) => MachineFiles;
  readonly network: Sockets;
  /** Machines end with this process, whatever ends it. */
  readonly ephemeral: boolean;
  /** A machine has ended without being asked. */
  readonly onEnd: (id: MachineId) => void;
}

const BETWEEN_PRESSES_MS = 1_000;
const BETWEEN_BOOTS_MS = 5_000;
/** A host that starts many at once takes its time; one that has failed has no processes. */
const FIRST_BOOT_MS = 60_000;
/** What busybox's init takes for the power button. */
const POWER_BUTTON = 'SIGUSR2';

/** Switches machines on and off and holds those that are on; one call at a time for each machine. */
export class Power {
  readonly #options: PowerOptions;
  readonly #running = new Map<MachineId, RunningMachine>();
  #cgroups: Promise<Cgroups> | undefined;

  constructor(options: PowerOptions) {
    this.#options = options;
  }

  /** Every machine that is on, whoever started it, with its processes. */
  async machines(): Promise<Map<MachineId, number[]>> {
    return await (await this.#groups()).processes();
  }

  /** The memory that each machine has of the host. */
  async memoryMib(): Promise<Map<MachineId, number>> {
    return await (await this.#groups()).memoryMib();
  }

  /** The kernel's lists of the processes of a machine; none while it is off. */
  async processLists(id: MachineId): Promise<string[]> {
    return await (await this.#groups()).processLists(id);
  }

  isHeld(id: MachineId): boolean {
    return this.#running.has(id);
  }

  async on(spec: MachineSpec): Promise<void> {
    const { id } = spec;
    if (await this.adopt(id)) return;
    await this.pullPlug(id);
    const files = this.#options.files(id);
    const host = doorOf(id);
    const given = allotmentOf(spec);
    await files.savePowerOn({ published: { 22: { host, port: 22 } }, given });
    await files.console.clear();
    try {
      const groups = await (await this.#groups()).make(id, given);
      const launched = await launch(files, groups, this.#options.ephemeral);
      await this.#options.network.plug(spec, launched.pid);
      await this.#hold(id);
      launched.boot(spec);
      if (!(await this.#isUp(id, FIRST_BOOT_MS))) {
        const said = Buffer.from(await files.console.read()).toString();
        throw new Error(`${id} did not come up: ${said}`);
      }
    } catch (error) {
      await this.pullPlug(id);
      throw error;
    }
  }

  async off(id: MachineId, graceMs: number): Promise<void> {
    const machine = await this.adopt(id);
    if (machine) await this.#shutDown(id, machine, graceMs);
    await this.pullPlug(id);
  }

  /** Ends whatever is left of a power-on. */
  async pullPlug(id: MachineId): Promise<void> {
    await this.#release(id);
    await (await this.#groups()).remove(id);
    const spec = await this.#options.files(id).spec();
    if (spec) await this.#options.network.unplug(spec);
  }

  /** Holds on to a machine that may have been started by another process; undefined if it is off. */
  async adopt(id: MachineId): Promise<RunningMachine | undefined> {
    const held = this.#running.get(id);
    if (held) return held;
    if (!(await this.#isUp(id))) return undefined;
    const spec = await this.#options.files(id).spec();
    const shell = shellOf(await this.#processes(id));
    if (spec && shell !== undefined) await this.#options.network.hold(spec, { pid: shell });
    return await this.#hold(id);
  }

  /** Leaves the machines running for the next process. */
  async letGo(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((id) => this.#release(id)));
  }

  /** A guest that has just begun to boot does not hear the button, so it is pressed again and again. */
  async #shutDown(id: MachineId, machine: RunningMachine, graceMs: number): Promise<void> {
    machine.endAsked = true;
    const deadlineMs = performance.now() + graceMs;
    for (let leftMs = graceMs; leftMs > 0; leftMs = deadlineMs - performance.now()) {
      const init = initOf(await this.#processes(id));
      if (init !== undefined) press(init);
      if (await machine.hasEnded(Math.min(leftMs, BETWEEN_PRESSES_MS))) return;
    }
  }

  /**
   * Whether a machine has come up. One that has not booted was left by a process that ended as it made
   * it, and is about to end too; one that reboots has no init for a moment.
   */
  async #isUp(id: MachineId, withinMs = BETWEEN_BOOTS_MS): Promise<boolean> {
    const deadlineMs = performance.now() + withinMs;
    for (;;) {
      const processes = await this.#processes(id);
      if (initOf(processes) !== undefined) return true;
      if (processes.length === 0 || performance.now() > deadlineMs) return false;
      await sleep(20);
    }
  }

  /** Holds on to a machine that runs, and notices when it ends by itself. */
  async #hold(id: MachineId): Promise<RunningMachine> {
    const machine = await RunningMachine.hold(this.#options.files(id));
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

  async #processes(id: MachineId): Promise<Process[]> {
    return await look(await (await this.#groups()).processesOf(id));
  }

  #groups(): Promise<Cgroups> {
    const { directory } = this.#options;
    this.#cgroups ??= findHierarchies().then(({ found }) => new Cgroups(found, directory));
    return this.#cgroups;
  }
}

function press(init: number): void {
  try {
    process.kill(init, POWER_BUTTON);
  } catch {
    // It has ended by itself.
  }
}
