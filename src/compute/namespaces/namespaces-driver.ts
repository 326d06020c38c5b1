import { mkdirSync, realpathSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../../kernel/log.ts';
import { allotmentOf, machinesThatFit } from '../allotment.ts';
import type {
  Driver,
  MachineId,
  MachineSize,
  MachineSpec,
  MachineState,
  Probe,
} from '../driver.ts';
import { buildImage, imageDirectory } from '../images/build-image.ts';
import { recipeOf } from '../images/catalogue.ts';
import { InTurn } from '../in-turn.ts';
import { DRAFT } from '../machine-folder.ts';
import { MachineMissing } from '../machine-missing.ts';
import type { MetadataService } from '../metadata/metadata-service.ts';
import { Cable, hostAddressOf } from './cable.ts';
import { Cgroups, findHierarchies } from './cgroups.ts';
import { launch } from './launch.ts';
import { MachineFiles, makeRoot } from './machine-files.ts';
import { MetadataListener } from './metadata-listener.ts';
import { whyNotUsable } from './requirements.ts';
import { initOf, keeperOf, look, RunningMachine } from './running-machine.ts';

/** The folder in a driver's directory that has one for each machine. */
export const MACHINES = 'machines';

export interface NamespacesOptions {
  /** Where machines are kept, each in a folder of its own, and the images that they share. */
  readonly directory: string;
  readonly metadata: Pick<MetadataService, 'handle'>;
  readonly log: Log;
  /** Machines end with this process, whatever ends it, and with `close`. */
  readonly ephemeral?: boolean;
  readonly imageDirectory?: string;
}

/** How long a guest may take to shut down before RebootInstances pulls the plug: as on AWS. */
const REBOOT_GRACE_MS = 4 * 60_000;
const BETWEEN_PRESSES_MS = 1_000;
/** What busybox's init takes for the power button. */
const POWER_BUTTON = 'SIGUSR2';

/**
 * Machines in Linux namespaces, on the host's kernel. The processes in a machine's cgroup are the
 * machine: whether it is on, and what is to be removed, is read there and never remembered.
 */
export class NamespacesDriver implements Driver {
  readonly name = 'namespaces';
  readonly realization = 'real';
  readonly #options: NamespacesOptions;
  readonly #machines: string;
  readonly #roots: string;
  readonly #images: string;
  readonly #running = new Map<MachineId, RunningMachine>();
  readonly #listeners = new Set<(state: MachineState) => void>();
  readonly #inTurn = new InTurn();
  #cgroups: Promise<Cgroups> | undefined;

  constructor(options: NamespacesOptions) {
    this.#options = options;
    mkdirSync(options.directory, { recursive: true, mode: 0o700 });
    // Machines are recognized by this path, which must not depend on how it was written.
    const directory = realpathSync(options.directory);
    this.#machines = join(directory, MACHINES);
    this.#roots = join(directory, 'roots');
    mkdirSync(this.#machines, { recursive: true });
    this.#images = options.imageDirectory ?? imageDirectory();
  }

  async probe(): Promise<Probe> {
    const obstacle = await whyNotUsable(this.#images);
    return {
      usable: obstacle === undefined,
      reason: obstacle ?? `Guests run on the host's kernel, Linux ${release()}.`,
      promises: {
        ownKernel: false,
        privateAddress: true,
        subnet: false,
        securityGroups: false,
        hotPlug: false,
        metadata: true,
      },
    };
  }

  capacity(size: MachineSize): Promise<number> {
    return Promise.resolve(machinesThatFit(size));
  }

  create(spec: MachineSpec): Promise<void> {
    return this.#inTurn.run(spec.id, async () => {
      const files = this.#files(spec.id);
      if (await files.spec()) return;
      if (spec.disks && spec.disks.length > 0) throw noDisks(spec.id);
      await files.create(spec, await this.#root(spec.image));
    });
  }

  resize(id: MachineId, { vcpus, memoryMib }: MachineSize): Promise<void> {
    return this.#inTurn.run(id, async () => {
      const spec = await this.#specOf(id);
      await this.#files(id).saveSpec({ ...spec, vcpus, memoryMib });
    });
  }

  start(id: MachineId): Promise<void> {
    return this.#inTurn.run(id, () => this.#powerOn(id));
  }

  stop(id: MachineId, graceMs: number): Promise<void> {
    return this.#inTurn.run(id, () => this.#powerOff(id, graceMs));
  }

  reboot(id: MachineId): Promise<void> {
    return this.#inTurn.run(id, async () => {
      await this.#powerOff(id, REBOOT_GRACE_MS);
      await this.#powerOn(id);
    });
  }

  attach(id: MachineId): Promise<void> {
    return Promise.reject(noDisks(id));
  }

  /** There is none: absent is done. */
  async detach(id: MachineId): Promise<void> {
    await this.#specOf(id);
  }

  grow(id: MachineId): Promise<void> {
    return Promise.reject(noDisks(id));
  }

  destroy(id: MachineId): Promise<void> {
    return this.#inTurn.run(id, async () => {
      await this.#pullPlug(id);
      await this.#files(id).remove();
    });
  }

  async list(): Promise<MachineState[]> {
    const processes = await (await this.#groups()).processes();
    const ids = new Set([...(await this.#machinesOnDisk()), ...processes.keys()]);
    return await Promise.all([...ids].map((id) => this.#stateOf(id, processes.has(id))));
  }

  async find(id: MachineId): Promise<MachineState | undefined> {
    const isOn = (await (await this.#groups()).processes()).has(id);
    if (!isOn && (await this.#files(id).spec()) === undefined) return undefined;
    return await this.#stateOf(id, isOn);
  }

  async console(id: MachineId): Promise<Uint8Array> {
    await this.#specOf(id);
    return await this.#files(id).console.read();
  }

  watch(listener: (state: MachineState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    if (this.#options.ephemeral) {
      const on = [...(await (await this.#groups()).processes()).keys()];
      await Promise.all(on.map((id) => this.#inTurn.run(id, () => this.#pullPlug(id))));
    }
    await Promise.all([...this.#running.keys()].map((id) => this.#release(id)));
  }

  async #powerOn(id: MachineId): Promise<void> {
    const spec = await this.#specOf(id);
    if (await this.#adopt(id)) return;
    await this.#pullPlug(id);
    const files = this.#files(id);
    const host = spec.publicAddress ?? hostAddressOf(id);
    const given = allotmentOf(spec);
    await files.savePowerOn({ published: { 22: { host, port: 22 } }, given });
    await files.console.clear();
    try {
      const groups = await (await this.#groups()).make(id, given);
      const launched = await launch(files, groups, this.#options.ephemeral ?? false);
      await this.#cable(id).plugIn(spec, host, launched.pid);
      await this.#hold(id, launched.pid);
      launched.boot(spec);
    } catch (error) {
      await this.#pullPlug(id);
      throw error;
    }
  }

  async #powerOff(id: MachineId, graceMs: number): Promise<void> {
    await this.#specOf(id);
    const machine = await this.#adopt(id);
    if (machine) await this.#shutDown(id, machine, graceMs);
    await this.#pullPlug(id);
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

  /** Ends whatever is left of a power-on. */
  async #pullPlug(id: MachineId): Promise<void> {
    await this.#release(id);
    await (await this.#groups()).remove(id);
    await this.#cable(id).unplug();
  }

  /** Holds on to a machine that may have been started by another process; undefined if it is off. */
  async #adopt(id: MachineId): Promise<RunningMachine | undefined> {
    const held = this.#running.get(id);
    if (held) return held;
    const keeper = keeperOf(await this.#processes(id));
    return keeper === undefined ? undefined : await this.#hold(id, keeper);
  }

  /** Holds on to a machine that runs, and notices when it ends by itself. */
  async #hold(id: MachineId, pid: number): Promise<RunningMachine> {
    const metadata = await MetadataListener.open(id, pid, this.#options.metadata);
    const machine = await RunningMachine.hold(this.#files(id), metadata);
    this.#running.set(id, machine);
    void machine.ended.then(() => this.#noticeEnd(id, machine));
    return machine;
  }

  async #noticeEnd(id: MachineId, machine: RunningMachine): Promise<void> {
    if (this.#running.get(id) === machine) this.#running.delete(id);
    if (machine.endAsked) return;
    await this.#inTurn.run(id, async () => {
      if (!this.#running.has(id)) await this.#pullPlug(id);
    });
    for (const listener of this.#listeners) listener({ id, power: 'off' });
  }

  async #release(id: MachineId): Promise<void> {
    const machine = this.#running.get(id);
    this.#running.delete(id);
    await machine?.letGo();
  }

  async #stateOf(id: MachineId, isOn: boolean): Promise<MachineState> {
    if (!isOn) return { id, power: 'off' };
    if (!this.#running.has(id)) this.#adoptLater(id);
    const powerOn = await this.#files(id).powerOn();
    if (!powerOn) return { id, power: 'on' };
    return { id, power: 'on', ssh: powerOn.published[22]!, ...powerOn };
  }

  /** A machine that another process left running: found by `list`, held from then on. */
  #adoptLater(id: MachineId): void {
    this.#inTurn
      .run(id, () => this.#adopt(id))
      .catch((error: unknown) => {
        this.#options.log.warn({ err: error, machine: id }, 'A running machine does not answer.');
      });
  }

  async #root(image: string): Promise<string> {
    const progress = (line: string): void => this.#options.log.info(line);
    const built = await buildImage(recipeOf(image), { directory: this.#images, progress });
    return await this.#inTurn.run(built.id, async () => {
      const root = join(this.#roots, built.id);
      const isThere = await stat(root).catch(() => undefined);
      return isThere ? root : await makeRoot(built, this.#roots);
    });
  }

  async #processes(id: MachineId) {
    return await look((await (await this.#groups()).processes()).get(id) ?? []);
  }

  async #machinesOnDisk(): Promise<MachineId[]> {
    return (await readdir(this.#machines)).filter((name) => !name.endsWith(DRAFT));
  }

  async #specOf(id: MachineId): Promise<MachineSpec> {
    const spec = await this.#files(id).spec();
    if (!spec) throw new MachineMissing(id);
    return spec;
  }

  #groups(): Promise<Cgroups> {
    this.#cgroups ??= findHierarchies().then(({ found }) => new Cgroups(found, this.#machines));
    return this.#cgroups;
  }

  #cable(id: MachineId): Cable {
    return new Cable(join(this.#machines, id));
  }

  #files(id: MachineId): MachineFiles {
    return new MachineFiles(join(this.#machines, id));
  }
}

function press(init: number): void {
  try {
    process.kill(init, POWER_BUTTON);
  } catch {
    // It has ended by itself.
  }
}

function noDisks(id: MachineId): Error {
  return new Error(
    `${id} cannot have volumes: a guest in namespaces may not mount block devices. QEMU's can.`,
  );
}
