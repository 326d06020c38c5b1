import type { Clock } from '../../kernel/clock.ts';
import { tail } from '../console.ts';
import type { DiskId } from '../disks.ts';
import type {
  Driver,
  MachineDisk,
  MachineId,
  MachineSize,
  MachineSpec,
  MachineState,
  Probe,
} from '../driver.ts';
import { MachineMissing } from '../machine-missing.ts';
import { InTurn } from '../in-turn.ts';
import { MachineLog } from './machine-log.ts';

interface MockMachine {
  readonly spec: MachineSpec;
  readonly power: 'on' | 'off';
  readonly console: string;
}

/**
 * Machines that exist as records only: they power on at once and print one line. With a directory
 * they outlive the process, as real machines do; without one they live in memory.
 */
export class MockDriver implements Driver {
  readonly name = 'mock';
  readonly realization = 'mock';
  readonly rootCopies = 'raw';
  readonly takesDisks = true;
  readonly #clock: Clock;
  readonly #directory: string | undefined;
  readonly #listeners = new Set<(state: MachineState) => void>();
  readonly #inTurn = new InTurn();
  #log: Promise<MachineLog<MockMachine>> | undefined;

  constructor({ clock, directory }: { readonly clock: Clock; readonly directory?: string }) {
    this.#clock = clock;
    this.#directory = directory;
  }

  probe(): Promise<Probe> {
    return Promise.resolve({
      usable: true,
      reason: 'Machines are records only: nothing boots.',
      promises: {
        ownKernel: false,
        privateAddress: false,
        subnet: false,
        securityGroups: false,
        hotPlug: this.takesDisks,
        metadata: false,
      },
    });
  }

  whyNotBootable(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  capacity(): Promise<number> {
    return Promise.resolve(Infinity);
  }

  create(spec: MachineSpec): Promise<void> {
    return this.#inTurn.run(spec.id, async () => {
      const { machines } = await this.#machines();
      if (!machines.has(spec.id)) await this.#save({ spec, power: 'off', console: '' });
    });
  }

  resize(id: MachineId, { vcpus, memoryMib }: MachineSize): Promise<void> {
    return this.#inTurn.run(id, async () => {
      const machine = await this.#machine(id);
      const { spec } = machine;
      if (spec.vcpus === vcpus && spec.memoryMib === memoryMib) return;
      await this.#save({ ...machine, spec: { ...spec, vcpus, memoryMib } });
    });
  }

  start(id: MachineId): Promise<void> {
    return this.#inTurn.run(id, () => this.#powerOn(id));
  }

  stop(id: MachineId): Promise<void> {
    return this.#inTurn.run(id, async () => {
      const machine = await this.#machine(id);
      if (machine.power === 'on') await this.#save({ ...machine, power: 'off' });
    });
  }

  reboot(id: MachineId): Promise<void> {
    return this.#inTurn.run(id, async () => {
      const machine = await this.#machine(id);
      await this.#save({ ...machine, power: 'off' });
      await this.#powerOn(id);
    });
  }

  async interrupt(id: MachineId): Promise<boolean> {
    await this.#machine(id);
    return true;
  }

  attach(id: MachineId, disk: MachineDisk): Promise<void> {
    return this.#changeDisks(id, (disks) =>
      disks.some((each) => each.id === disk.id) ? disks : [...disks, disk],
    );
  }

  detach(id: MachineId, disk: DiskId): Promise<void> {
    return this.#changeDisks(id, (disks) => disks.filter((each) => each.id !== disk));
  }

  async grow(id: MachineId): Promise<void> {
    await this.#machine(id);
  }

  growRoot(id: MachineId, rootDiskGib: number): Promise<void> {
    return this.#inTurn.run(id, async () => {
      const machine = await this.#machine(id);
      await this.#save({ ...machine, spec: { ...machine.spec, rootDiskGib } });
    });
  }

  async copyDisk(id: MachineId): Promise<void> {
    await this.#machine(id);
  }

  destroy(id: MachineId): Promise<void> {
    return this.#inTurn.run(id, async () => {
      const known = await this.#machines();
      if (known.machines.has(id)) await known.set(id, undefined);
    });
  }

  async list(): Promise<MachineState[]> {
    return [...(await this.#machines()).machines.values()].map(stateOf);
  }

  async find(id: MachineId): Promise<MachineState | undefined> {
    const machine = (await this.#machines()).machines.get(id);
    return machine && stateOf(machine);
  }

  async console(id: MachineId): Promise<Uint8Array> {
    return tail(Buffer.from((await this.#machine(id)).console));
  }

  watch(listener: (state: MachineState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): Promise<void> {
    this.#listeners.clear();
    return Promise.resolve();
  }

  /** Plays the guest: prints on the serial console. */
  async print(id: MachineId, text: string): Promise<void> {
    const machine = await this.#machine(id);
    await this.#save({ ...machine, console: machine.console + text });
  }

  /** Plays the guest: somebody inside says `poweroff`. */
  async powerOffFromInside(id: MachineId): Promise<void> {
    const machine = { ...(await this.#machine(id)), power: 'off' as const };
    await this.#save(machine);
    for (const listener of this.#listeners) listener(stateOf(machine));
  }

  #changeDisks(
    id: MachineId,
    change: (disks: readonly MachineDisk[]) => readonly MachineDisk[],
  ): Promise<void> {
    return this.#inTurn.run(id, async () => {
      const machine = await this.#machine(id);
      const disks = change(machine.spec.disks ?? []);
      await this.#save({ ...machine, spec: { ...machine.spec, disks } });
    });
  }

  async #powerOn(id: MachineId): Promise<void> {
    const machine = await this.#machine(id);
    if (machine.power === 'on') return;
    const at = new Date(this.#clock.now()).toISOString();
    const line = `Mock machine ${id} powered on at ${at}; nothing boots.\n`;
    await this.#save({ ...machine, power: 'on', console: line });
  }

  async #machine(id: MachineId): Promise<MockMachine> {
    const machine = (await this.#machines()).machines.get(id);
    if (!machine) throw new MachineMissing(id);
    return machine;
  }

  async #save(machine: MockMachine): Promise<void> {
    await (await this.#machines()).set(machine.spec.id, machine);
  }

  #machines(): Promise<MachineLog<MockMachine>> {
    this.#log ??= MachineLog.open(this.#directory);
    return this.#log;
  }
}

function stateOf({ spec, power }: MockMachine): MachineState {
  const { id, vcpus, memoryMib } = spec;
  return power === 'off' ? { id, power } : { id, power, given: { vcpus, memoryMib } };
}
