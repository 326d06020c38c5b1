import { realpathSync, mkdirSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
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
import type { FileDisks } from '../file-disks.ts';
import { buildImage, findImage, imageDirectory } from '../images/build-image.ts';
import { recipeOf } from '../images/catalogue.ts';
import { tiny } from '../images/tiny/recipe.ts';
import { machinesThatFit } from '../allotment.ts';
import { whyNotBootable } from '../images/obstacle.ts';
import { InTurn } from '../in-turn.ts';
import { DRAFT } from '../machine-folder.ts';
import { MachineMissing } from '../machine-missing.ts';
import type { MetadataService } from '../metadata/metadata-service.ts';
import { whyNoTaps } from '../network/requirements.ts';
import type { Sockets } from '../network/vpc-network.ts';
import { findAccelerator } from './accelerator.ts';
import { MachineFiles } from './machine-files.ts';
import { Power } from './power.ts';
import { sparseCopy } from '../sparse-copy.ts';
import { kill, residentMib } from './processes.ts';
import { whyNotUsable } from './requirements.ts';
import type { Log } from '../../kernel/log.ts';

export interface QemuOptions {
  /** Where machines are kept, each in a folder of its own. */
  readonly directory: string;
  readonly disks: FileDisks;
  /** Its machines are in their VPCs; left out, each is on a network of its own, in user mode. */
  readonly network?: Sockets | undefined;
  readonly metadata: MetadataService;
  readonly log: Log;
  /** Machines end with this process, whatever ends it, and with `close`. */
  readonly ephemeral?: boolean;
  readonly imageDirectory?: string;
  /** Where the memory of booted guests is kept; by default beside the images. */
  readonly memoryDirectory?: string;
}

/** How long a guest may take to shut down before RebootInstances pulls the plug: as on AWS. */
const REBOOT_GRACE_MS = 4 * 60_000;

/**
 * Machines in QEMU: in their VPCs by a tap where there is a network for that, which takes root, and
 * else on user-mode networking, each on a network of its own.
 */
export class QemuDriver implements Driver {
  readonly name = 'qemu';
  readonly realization = 'real';
  readonly rootCopies = 'raw';
  readonly takesDisks = true;
  readonly #options: QemuOptions;
  readonly #directory: string;
  readonly #images: string;
  readonly #listeners = new Set<(state: MachineState) => void>();
  readonly #inTurn = new InTurn();
  readonly #power: Power;

  constructor(options: QemuOptions) {
    this.#options = options;
    mkdirSync(options.directory, { recursive: true });
    // Running machines are recognized by this path, which must not depend on how it was written.
    this.#directory = realpathSync(options.directory);
    this.#images = options.imageDirectory ?? imageDirectory();
    this.#power = new Power({
      directory: this.#directory,
      imageDirectory: this.#images,
      memoryDirectory: options.memoryDirectory ?? join(this.#images, 'memory'),
      files: (id) => this.#files(id),
      disks: options.disks,
      network: options.network,
      metadata: options.metadata,
      log: options.log,
      ephemeral: options.ephemeral ?? false,
      onEnd: (id) => this.#ended(id),
    });
  }

  async probe(): Promise<Probe> {
    const obstacle = await whyNotUsable(this.#images);
    const image = obstacle === undefined ? await findImage(tiny, this.#images) : undefined;
    const verdict = image && (await findAccelerator(image.kernel!.file, this.#images));
    const speed = verdict?.reason ?? 'The first machine will find out how fast it runs.';
    const inVpc = this.#options.network !== undefined;
    return {
      usable: obstacle === undefined,
      reason: obstacle ?? `${speed} ${inVpc ? IN_VPC : await onItsOwn()}`,
      promises: {
        ownKernel: true,
        privateAddress: true,
        subnet: inVpc,
        securityGroups: inVpc,
        hotPlug: this.takesDisks,
        metadata: true,
      },
    };
  }

  whyNotBootable(image: string): Promise<string | undefined> {
    return whyNotBootable(image, this.name, this.#images);
  }

  async capacity(size: MachineSize): Promise<number> {
    const running = [...(await this.#power.processes())].map(async ([id, pid]) => {
      const { given } = (await this.#files(id).powerOn()) ?? {};
      return given ? [{ given, usedMib: await residentMib(pid) }] : [];
    });
    return machinesThatFit(size, (await Promise.all(running)).flat());
  }

  create(spec: MachineSpec): Promise<void> {
    return this.#inTurn.run(spec.id, async () => {
      const files = this.#files(spec.id);
      if (await files.spec()) return;
      const progress = (line: string): void => this.#options.log.info(line);
      const image = await buildImage(recipeOf(spec.image), { directory: this.#images, progress });
      await files.create(spec, image, spec.rootDisk && this.#options.disks.path(spec.rootDisk));
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

  interrupt(id: MachineId): Promise<boolean> {
    return this.#inTurn.run(id, async () => {
      await this.#specOf(id);
      await (await this.#power.machine(id))?.interrupt();
      return true;
    });
  }

  attach(id: MachineId, disk: MachineDisk): Promise<void> {
    return this.#inTurn.run(id, async () => {
      const spec = await this.#specOf(id);
      const others = (spec.disks ?? []).filter((each) => each.id !== disk.id);
      await this.#files(id).saveSpec({ ...spec, disks: [...others, disk] });
      await (await this.#power.machine(id))?.disks.plug(disk, this.#options.disks.path(disk.id));
    });
  }

  detach(id: MachineId, disk: DiskId): Promise<void> {
    return this.#inTurn.run(id, async () => {
      const spec = await this.#specOf(id);
      await (await this.#power.machine(id))?.disks.unplug(disk);
      const disks = (spec.disks ?? []).filter((each) => each.id !== disk);
      await this.#files(id).saveSpec({ ...spec, disks });
    });
  }

  grow(id: MachineId, disk: DiskId): Promise<void> {
    return this.#inTurn.run(id, async () => {
      await this.#specOf(id);
      const { size } = await stat(this.#options.disks.path(disk));
      await (await this.#power.machine(id))?.disks.grow(disk, size);
    });
  }

  growRoot(id: MachineId, gib: number): Promise<void> {
    return this.#inTurn.run(id, async () => {
      const spec = await this.#specOf(id);
      const files = this.#files(id);
      const bytes = await files.growRootDisk(gib);
      await files.saveSpec({ ...spec, rootDiskGib: gib });
      await (await this.#power.machine(id))?.disks.growRoot(bytes);
    });
  }

  copyDisk(id: MachineId, disk: DiskId | undefined, to: DiskId): Promise<void> {
    return this.#inTurn.run(id, async () => {
      await this.#specOf(id);
      const { disks } = this.#options;
      const from = disk === undefined ? this.#files(id).path('root.raw') : disks.path(disk);
      await disks.take(to, async (draft) => {
        const copy = () => sparseCopy(from, draft);
        // What the guest has written is in the file as soon as it stands still.
        const machine = await this.#power.machine(id);
        await (machine ? machine.whileStopped(copy) : copy());
      });
    });
  }

  destroy(id: MachineId): Promise<void> {
    return this.#inTurn.run(id, async () => {
      await this.#power.pullPlug(id);
      await this.#files(id).remove();
    });
  }

  async list(): Promise<MachineState[]> {
    const processes = await this.#power.processes();
    const ids = new Set([...(await this.#machinesOnDisk()), ...processes.keys()]);
    return await Promise.all([...ids].map((id) => this.#stateOf(id, processes.get(id))));
  }

  async find(id: MachineId): Promise<MachineState | undefined> {
    const pid = (await this.#power.processes()).get(id);
    const isThere = pid !== undefined || (await this.#files(id).spec()) !== undefined;
    return isThere ? await this.#stateOf(id, pid) : undefined;
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
      const processes = await this.#power.processes();
      await Promise.all([...processes.values()].map(kill));
    }
    await this.#power.letGo();
  }

  #ended(id: MachineId): void {
    for (const listener of this.#listeners) listener({ id, power: 'off' });
  }

  /** A machine that another process left running: found by `list`, held from then on. */
  #adoptLater(id: MachineId, pid: number): void {
    if (this.#power.isHeld(id, pid)) return;
    this.#inTurn
      .run(id, async () => {
        if ((await this.#power.processes()).get(id) === pid) await this.#power.adopt(id, pid);
      })
      .catch((error: unknown) => {
        this.#options.log.warn({ err: error, machine: id }, 'A running machine does not answer.');
      });
  }

  async #stateOf(id: MachineId, pid: number | undefined): Promise<MachineState> {
    if (pid === undefined) return { id, power: 'off' };
    this.#adoptLater(id, pid);
    const powerOn = await this.#files(id).powerOn();
    if (!powerOn) return { id, power: 'on' };
    return { id, power: 'on', ssh: powerOn.published[22]!, ...powerOn };
  }

  async #machinesOnDisk(): Promise<MachineId[]> {
    return (await readdir(this.#directory)).filter((name) => !name.endsWith(DRAFT));
  }

  async #specOf(id: MachineId): Promise<MachineSpec> {
    const spec = await this.#files(id).spec();
    if (!spec) throw new MachineMissing(id);
    return spec;
  }

  #files(id: MachineId): MachineFiles {
    return new MachineFiles(join(this.#directory, id));
  }
}

const IN_VPC = 'Machines are in their VPCs.';

async function onItsOwn(): Promise<string> {
  const own = 'Each machine is on a network of its own.';
  const obstacle = await whyNoTaps();
  return obstacle === undefined ? own : `${own} ${obstacle}`;
}
