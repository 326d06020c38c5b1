import { mkdirSync, realpathSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../../kernel/log.ts';
import { guestsThatFit } from '../allotment.ts';
import type { DiskId } from '../disks.ts';
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
import type { FileDisks } from '../file-disks.ts';
import { whyNotBootable } from '../images/obstacle.ts';
import { InTurn } from '../in-turn.ts';
import { DRAFT } from '../machine-folder.ts';
import { MachineMissing } from '../machine-missing.ts';
import type { Sockets } from '../network/vpc-network.ts';
import { MachineFiles, makeRoot } from './machine-files.ts';
import { Power } from './power.ts';
import { whyNotUsable } from './requirements.ts';

/** The folder in a driver's directory that has one for each machine. */
export const MACHINES = 'machines';

export interface NamespacesOptions {
  /** Where machines are kept, each in a folder of its own, and the images that they share. */
  readonly directory: string;
  readonly network: Sockets;
  /** Where copies of root disks are kept. */
  readonly disks: FileDisks;
  readonly log: Log;
  /** Machines end with this process, whatever ends it, and with `close`. */
  readonly ephemeral?: boolean;
  readonly imageDirectory?: string;
}

/** How long a guest may take to shut down before RebootInstances pulls the plug: as on AWS. */
const REBOOT_GRACE_MS = 4 * 60_000;

/**
 * Machines in Linux namespaces, on the host's kernel. The processes in a machine's cgroup are the
 * machine: whether it is on, and what is to be removed, is read there and never remembered.
 */
export class NamespacesDriver implements Driver {
  readonly name = 'namespaces';
  readonly realization = 'real';
  readonly rootCopies = 'layer';
  /** A guest here may not mount block devices. */
  readonly takesDisks = false;
  readonly #options: NamespacesOptions;
  readonly #machines: string;
  readonly #roots: string;
  readonly #images: string;
  readonly #power: Power;
  readonly #listeners = new Set<(state: MachineState) => void>();
  readonly #inTurn = new InTurn();

  constructor(options: NamespacesOptions) {
    this.#options = options;
    mkdirSync(options.directory, { recursive: true, mode: 0o700 });
    // Machines are recognized by this path, which must not depend on how it was written.
    const directory = realpathSync(options.directory);
    this.#machines = join(directory, MACHINES);
    this.#roots = join(directory, 'roots');
    mkdirSync(this.#machines, { recursive: true });
    this.#images = options.imageDirectory ?? imageDirectory();
    this.#power = new Power({
      directory: this.#machines,
      files: (id) => this.#files(id),
      network: options.network,
      ephemeral: options.ephemeral ?? false,
      onEnd: (id) => this.#settleLater(id),
    });
  }

  async probe(): Promise<Probe> {
    const obstacle = await whyNotUsable(this.#images);
    return {
      usable: obstacle === undefined,
      reason: obstacle ?? `Guests run on the host's kernel, Linux ${release()}.`,
      promises: {
        ownKernel: false,
        privateAddress: true,
        subnet: true,
        securityGroups: true,
        hotPlug: this.takesDisks,
        metadata: true,
      },
    };
  }

  whyNotBootable(image: string): Promise<string | undefined> {
    return whyNotBootable(image, this.name, this.#images);
  }

  async capacity(size: MachineSize): Promise<number> {
    const running = [...(await this.#power.memoryMib())].map(async ([id, usedMib]) => {
      const { given } = (await this.#files(id).powerOn()) ?? {};
      return given ? [{ given, usedMib }] : [];
    });
    return guestsThatFit(size, (await Promise.all(running)).flat());
  }

  create(spec: MachineSpec): Promise<void> {
    return this.#inTurn.run(spec.id, async () => {
      const files = this.#files(spec.id);
      if (await files.spec()) return;
      if (spec.disks && spec.disks.length > 0) throw noDisks(spec.id);
      if (spec.rootDisk === undefined) return files.create(spec, await this.#root(spec.image));
      await files.createFrom(spec, this.#options.disks.path(spec.rootDisk));
    });
  }

  resize(id: MachineId, { vcpus, memoryMib }: MachineSize): Promise<void> {
    return this.#inTurn.run(id, async () => {
      const spec = await this.#specOf(id);
      await this.#files(id).saveSpec({ ...spec, vcpus, memoryMib });
    });
  }

  start(id: MachineId): Promise<void> {
    return this.#inTurn.run(id, async () => this.#power.on(await this.#specOf(id)));
  }

  stop(id: MachineId, graceMs: number): Promise<void> {
    return this.#inTurn.run(id, async () => {
      await this.#specOf(id);
      await this.#power.off(id, graceMs);
    });
  }

  reboot(id: MachineId): Promise<void> {
    return this.#inTurn.run(id, async () => {
      const spec = await this.#specOf(id);
      await this.#power.off(id, REBOOT_GRACE_MS);
      await this.#power.on(spec);
    });
  }

  /** Its kernel is the host's. */
  async interrupt(id: MachineId): Promise<boolean> {
    await this.#specOf(id);
    return false;
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

  growRoot(id: MachineId, rootDiskGib: number): Promise<void> {
    return this.#inTurn.run(id, async () => {
      const spec = await this.#specOf(id);
      await this.#files(id).saveSpec({ ...spec, rootDiskGib });
    });
  }

  copyDisk(id: MachineId, disk: DiskId | undefined, to: DiskId): Promise<void> {
    return this.#inTurn.run(id, async () => {
      await this.#specOf(id);
      if (disk !== undefined) throw noDisks(id);
      await this.#options.disks.take(to, async (draft) =>
        this.#files(id).copyLayer(draft, await this.#power.processLists(id)),
      );
    });
  }

  destroy(id: MachineId): Promise<void> {
    return this.#inTurn.run(id, async () => {
      await this.#power.pullPlug(id);
      await this.#files(id).remove();
    });
  }

  async list(): Promise<MachineState[]> {
    const processes = await this.#power.machines();
    const ids = new Set([...(await this.#machinesOnDisk()), ...processes.keys()]);
    return await Promise.all([...ids].map((id) => this.#stateOf(id, processes.has(id))));
  }

  async find(id: MachineId): Promise<MachineState | undefined> {
    const isOn = (await this.#power.machines()).has(id);
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
      const on = [...(await this.#power.machines()).keys()];
      await Promise.all(on.map((id) => this.#inTurn.run(id, () => this.#power.pullPlug(id))));
    }
    await this.#power.letGo();
  }

  async #stateOf(id: MachineId, isOn: boolean): Promise<MachineState> {
    if (!isOn) return { id, power: 'off' };
    if (!this.#power.isHeld(id)) this.#settleLater(id);
    const powerOn = await this.#files(id).powerOn();
    if (!powerOn) return { id, power: 'on' };
    return { id, power: 'on', ssh: powerOn.published[22]!, ...powerOn };
  }

  /**
   * Holds on to a machine that another process left running; what is left of one that has ended, or
   * that never came to run, is removed.
   */
  #settleLater(id: MachineId): void {
    this.#inTurn
      .run(id, async () => {
        if (await this.#power.adopt(id)) return;
        await this.#power.pullPlug(id);
        for (const listener of this.#listeners) listener({ id, power: 'off' });
      })
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

  async #machinesOnDisk(): Promise<MachineId[]> {
    return (await readdir(this.#machines)).filter((name) => !name.endsWith(DRAFT));
  }

  async #specOf(id: MachineId): Promise<MachineSpec> {
    const spec = await this.#files(id).spec();
    if (!spec) throw new MachineMissing(id);
    return spec;
  }

  #files(id: MachineId): MachineFiles {
    return new MachineFiles(join(this.#machines, id));
  }
}

function noDisks(id: MachineId): Error {
  return new Error(
    `${id} cannot have volumes: a guest in namespaces may not mount block devices. QEMU's can.`,
  );
}
