import type { Log } from '../kernel/log.ts';
import type { Realization } from '../kernel/operation.ts';
import type { DiskId } from './disks.ts';
import type {
  Driver,
  DriverName,
  MachineDisk,
  MachineId,
  MachineSize,
  MachineSpec,
  MachineState,
  Probe,
  RootCopy,
} from './driver.ts';
import { MachineMissing } from './machine-missing.ts';

export interface FleetParts {
  /** Has every machine that is not asked of another. */
  readonly first: Driver;
  /** Other drivers that have machines from before. */
  readonly withMachines: readonly DriverName[];
  readonly open: (name: DriverName) => Driver;
  readonly log: Log;
}

/**
 * Several drivers as one: a machine is the business of the driver that has it. What says how a machine
 * will be made, such as `realization` and `capacity`, is the first driver's.
 */
export class Fleet implements Driver {
  readonly name: DriverName;
  readonly realization: Realization;
  readonly takesDisks: boolean;
  readonly rootCopies?: RootCopy;
  readonly #first: Driver;
  readonly #open: (name: DriverName) => Driver;
  readonly #log: Log;
  readonly #opened = new Map<DriverName, Driver>();
  /** Which driver a machine was found with: it never changes. */
  readonly #holders = new Map<MachineId, Driver>();
  readonly #listeners = new Set<(state: MachineState) => void>();

  constructor({ first, withMachines, open, log }: FleetParts) {
    this.name = first.name;
    this.realization = first.realization;
    this.takesDisks = first.takesDisks;
    if (first.rootCopies) this.rootCopies = first.rootCopies;
    this.#first = first;
    this.#open = open;
    this.#log = log;
    this.#keep(first);
    for (const name of withMachines) this.of(name);
  }

  /** One of the drivers, opened now if it was not needed before. */
  of(name: DriverName): Driver {
    return this.#opened.get(name) ?? this.#keep(this.#open(name));
  }

  probe(): Promise<Probe> {
    return this.#first.probe();
  }

  whyNotBootable(image: string): Promise<string | undefined> {
    return this.#first.whyNotBootable(image);
  }

  capacity(size: MachineSize): Promise<number> {
    return this.#first.capacity(size);
  }

  async create(spec: MachineSpec): Promise<void> {
    const driver = spec.driver === undefined ? this.#first : this.of(spec.driver);
    await driver.create(spec);
    this.#holders.set(spec.id, driver);
  }

  async resize(id: MachineId, size: MachineSize): Promise<void> {
    await (await this.#holder(id)).resize(id, size);
  }

  async start(id: MachineId): Promise<void> {
    await (await this.#holder(id)).start(id);
  }

  async stop(id: MachineId, graceMs: number): Promise<void> {
    await (await this.#holder(id)).stop(id, graceMs);
  }

  async reboot(id: MachineId): Promise<void> {
    await (await this.#holder(id)).reboot(id);
  }

  async interrupt(id: MachineId): Promise<boolean> {
    return await (await this.#holder(id)).interrupt(id);
  }

  async attach(id: MachineId, disk: MachineDisk): Promise<void> {
    await (await this.#holder(id)).attach(id, disk);
  }

  async detach(id: MachineId, disk: DiskId): Promise<void> {
    await (await this.#holder(id)).detach(id, disk);
  }

  async grow(id: MachineId, disk: DiskId): Promise<void> {
    await (await this.#holder(id)).grow(id, disk);
  }

  async growRoot(id: MachineId, gib: number): Promise<void> {
    await (await this.#holder(id)).growRoot(id, gib);
  }

  async copyDisk(id: MachineId, disk: DiskId | undefined, to: DiskId): Promise<void> {
    const holder = await this.#holder(id);
    if (!holder.copyDisk) throw new Error(`The driver ${holder.name} copies no disks.`);
    await holder.copyDisk(id, disk, to);
  }

  /** Of every driver, as a creation that was cut off may have left something where nothing is found. */
  async destroy(id: MachineId): Promise<void> {
    const holder = this.#holders.get(id);
    const drivers = holder ? [holder] : [...this.#opened.values()];
    await Promise.all(drivers.map((driver) => driver.destroy(id)));
    this.#holders.delete(id);
  }

  async list(): Promise<MachineState[]> {
    const lists = [...this.#opened.values()].map(async (driver) => {
      const states = await this.#orNothing(driver, driver.list());
      for (const { id } of states ?? []) this.#holders.set(id, driver);
      return states ?? [];
    });
    return (await Promise.all(lists)).flat();
  }

  async find(id: MachineId): Promise<MachineState | undefined> {
    const holder = this.#holders.get(id);
    if (holder) return await holder.find(id);
    for (const driver of this.#opened.values()) {
      const state = await this.#orNothing(driver, driver.find(id));
      if (!state) continue;
      this.#holders.set(id, driver);
      return state;
    }
    return undefined;
  }

  async console(id: MachineId): Promise<Uint8Array> {
    return await (await this.#holder(id)).console(id);
  }

  watch(listener: (state: MachineState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    await Promise.all([...this.#opened.values()].map((driver) => driver.close()));
  }

  #keep(driver: Driver): Driver {
    this.#opened.set(driver.name, driver);
    driver.watch((state) => {
      for (const listener of this.#listeners) listener(state);
    });
    return driver;
  }

  async #holder(id: MachineId): Promise<Driver> {
    if (!this.#holders.has(id)) await this.find(id);
    const holder = this.#holders.get(id);
    if (!holder) throw new MachineMissing(id);
    return holder;
  }

  /** That an engine beside the first driver has stopped must not keep the cloud from its machines. */
  async #orNothing<Answer>(driver: Driver, answer: Promise<Answer>): Promise<Answer | undefined> {
    try {
      return await answer;
    } catch (error) {
      if (driver === this.#first) throw error;
      const about = { err: error, driver: driver.name };
      this.#log.warn(about, 'A driver that has machines of this cloud does not answer.');
      return undefined;
    }
  }
}
