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
import { InTurn } from '../in-turn.ts';
import { DRAFT } from '../machine-folder.ts';
import { MachineMissing } from '../machine-missing.ts';
import type { MetadataService } from '../metadata/metadata-service.ts';
import { findAccelerator, type Verdict } from './accelerator.ts';
import { allotmentOf, machinesThatFit } from '../allotment.ts';
import { commandLine } from './command-line.ts';
import { FastStart } from './fast-start.ts';
import type { MetadataHandler } from './first-request.ts';
import { MachineFiles } from './machine-files.ts';
import { publishPorts } from './ports.ts';
import { findProcesses, kill } from './processes.ts';
import { whyNotUsable } from './requirements.ts';
import { RunningMachine, startQemu } from './running-machine.ts';
import type { Log } from '../../kernel/log.ts';

export interface QemuOptions {
  /** Where machines are kept, each in a folder of its own. */
  readonly directory: string;
  readonly disks: FileDisks;
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

/** Machines in QEMU, on user-mode networking: no root needed, each machine on a network of its own. */
export class QemuDriver implements Driver {
  readonly name = 'qemu';
  readonly realization = 'real';
  readonly takesDisks = true;
  readonly #options: QemuOptions;
  readonly #directory: string;
  readonly #images: string;
  readonly #running = new Map<MachineId, RunningMachine>();
  readonly #listeners = new Set<(state: MachineState) => void>();
  readonly #inTurn = new InTurn();
  readonly #fastStart: FastStart;
  #verdict: Promise<Verdict> | undefined;

  constructor(options: QemuOptions) {
    this.#options = options;
    mkdirSync(options.directory, { recursive: true });
    // Running machines are recognized by this path, which must not depend on how it was written.
    this.#directory = realpathSync(options.directory);
    this.#images = options.imageDirectory ?? imageDirectory();
    const directory = options.memoryDirectory ?? join(this.#images, 'memory');
    this.#fastStart = new FastStart({ ...options, directory });
  }

  async probe(): Promise<Probe> {
    const obstacle = await whyNotUsable(this.#images);
    const image = obstacle === undefined ? await findImage(tiny, this.#images) : undefined;
    const verdict = image && (await findAccelerator(image.kernel, this.#images));
    return {
      usable: obstacle === undefined,
      reason: obstacle ?? verdict?.reason ?? 'The first machine will find out how fast it runs.',
      promises: {
        ownKernel: true,
        privateAddress: true,
        subnet: false,
        securityGroups: false,
        hotPlug: this.takesDisks,
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
      const progress = (line: string): void => this.#options.log.info(line);
      const image = await buildImage(recipeOf(spec.image), { directory: this.#images, progress });
      await files.create(spec, image);
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
    return this.#inTurn.run(id, async () => {
      await this.#specOf(id);
      await this.#powerOff(id, graceMs);
    });
  }

  reboot(id: MachineId): Promise<void> {
    return this.#inTurn.run(id, async () => {
      await this.#specOf(id);
      await this.#powerOff(id, REBOOT_GRACE_MS);
      await this.#powerOn(id);
    });
  }

  attach(id: MachineId, disk: MachineDisk): Promise<void> {
    return this.#inTurn.run(id, async () => {
      const spec = await this.#specOf(id);
      const others = (spec.disks ?? []).filter((each) => each.id !== disk.id);
      await this.#files(id).saveSpec({ ...spec, disks: [...others, disk] });
      await (await this.#ifOn(id))?.disks.plug(disk, this.#options.disks.path(disk.id));
    });
  }

  detach(id: MachineId, disk: DiskId): Promise<void> {
    return this.#inTurn.run(id, async () => {
      const spec = await this.#specOf(id);
      await (await this.#ifOn(id))?.disks.unplug(disk);
      const disks = (spec.disks ?? []).filter((each) => each.id !== disk);
      await this.#files(id).saveSpec({ ...spec, disks });
    });
  }

  grow(id: MachineId, disk: DiskId): Promise<void> {
    return this.#inTurn.run(id, async () => {
      await this.#specOf(id);
      const { size } = await stat(this.#options.disks.path(disk));
      await (await this.#ifOn(id))?.disks.grow(disk, size);
    });
  }

  destroy(id: MachineId): Promise<void> {
    return this.#inTurn.run(id, async () => {
      await this.#pullPlug(id);
      await this.#files(id).remove();
    });
  }

  async list(): Promise<MachineState[]> {
    const processes = await findProcesses(this.#directory);
    const ids = new Set([...(await this.#machinesOnDisk()), ...processes.keys()]);
    return await Promise.all([...ids].map((id) => this.#stateOf(id, processes.get(id))));
  }

  async find(id: MachineId): Promise<MachineState | undefined> {
    const pid = (await findProcesses(this.#directory)).get(id);
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
      const processes = await findProcesses(this.#directory);
      await Promise.all([...processes.values()].map(kill));
    }
    await Promise.all([...this.#running.keys()].map((id) => this.#release(id)));
  }

  async #powerOn(id: MachineId): Promise<void> {
    const spec = await this.#specOf(id);
    const files = this.#files(id);
    const found = (await findProcesses(this.#directory)).get(id);
    const isUnbooted = (await files.unbootedImage()) !== undefined;
    if (found !== undefined && !isUnbooted) return await this.#adopt(id, found);
    // Its first start was cut off before it had begun.
    if (found !== undefined) await this.#pullPlug(id);
    const verdict = await this.#accelerator(files);
    const powerOn = {
      published: await publishPorts(spec.publicAddress),
      given: allotmentOf(spec),
    };
    await files.savePowerOn(powerOn);
    await files.console.clear();
    const kernelArguments = await files.kernelArguments();
    const on = async (metadata: MetadataHandler, waiting: boolean): Promise<RunningMachine> => {
      const args = commandLine(spec, files, powerOn, { verdict, kernelArguments, waiting });
      const pid = await startQemu(args, files, this.#options.ephemeral ?? false);
      return await this.#hold(id, pid, metadata);
    };
    const shape = await this.#fastStart.shapeOf(files, spec, powerOn, verdict);
    const power = { on, off: () => this.#pullPlug(id) };
    const machine = shape
      ? await this.#fastStart.start(files, shape, power)
      : await on(this.#options.metadata, false);
    await this.#plugAll(spec, machine);
  }

  async #plugAll({ disks = [] }: MachineSpec, machine: RunningMachine): Promise<void> {
    for (const disk of disks) await machine.disks.plug(disk, this.#options.disks.path(disk.id));
  }

  /** The machine if it is on, whoever started it. */
  async #ifOn(id: MachineId): Promise<RunningMachine | undefined> {
    const pid = (await findProcesses(this.#directory)).get(id);
    if (pid === undefined) return undefined;
    await this.#adopt(id, pid);
    const machine = this.#running.get(id);
    await machine?.settled();
    return machine;
  }

  async #pullPlug(id: MachineId): Promise<void> {
    await this.#release(id);
    const pid = (await findProcesses(this.#directory)).get(id);
    if (pid !== undefined) await kill(pid);
  }

  async #powerOff(id: MachineId, graceMs: number): Promise<void> {
    await (await this.#ifOn(id))?.powerOff(graceMs);
  }

  /** Holds on to a machine that another process has started. */
  async #adopt(id: MachineId, pid: number): Promise<void> {
    if (this.#running.get(id)?.pid === pid) return;
    const machine = await this.#hold(id, pid, this.#options.metadata);
    const files = this.#files(id);
    if ((await files.unbootedImage()) !== undefined) return;
    // That process may have gone while it kept the machine stopped, or before all disks were there.
    await machine.goOn();
    const spec = await files.spec();
    if (spec) await this.#plugAll(spec, machine);
  }

  /** Holds on to a machine that runs, and notices when it ends by itself. */
  async #hold(id: MachineId, pid: number, metadata: MetadataHandler): Promise<RunningMachine> {
    await this.#release(id);
    const machine = await RunningMachine.adopt(id, pid, this.#files(id), metadata);
    this.#running.set(id, machine);
    void this.#noticeEnd(id, machine);
    return machine;
  }

  async #noticeEnd(id: MachineId, machine: RunningMachine): Promise<void> {
    await machine.ended;
    if (this.#running.get(id) === machine) this.#running.delete(id);
    if (machine.endAsked) return;
    for (const listener of this.#listeners) listener({ id, power: 'off' });
  }

  /** A machine that another process left running: found by `list`, held from then on. */
  #adoptLater(id: MachineId, pid: number): void {
    if (this.#running.get(id)?.pid === pid) return;
    this.#inTurn
      .run(id, async () => {
        if ((await findProcesses(this.#directory)).get(id) === pid) await this.#adopt(id, pid);
      })
      .catch((error: unknown) => {
        this.#options.log.warn({ err: error, machine: id }, 'A running machine does not answer.');
      });
  }

  async #release(id: MachineId): Promise<void> {
    const machine = this.#running.get(id);
    this.#running.delete(id);
    await machine?.letGo();
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

  #accelerator(files: MachineFiles): Promise<Verdict> {
    this.#verdict ??= findAccelerator(files.path('kernel'), this.#images);
    return this.#verdict;
  }

  #files(id: MachineId): MachineFiles {
    return new MachineFiles(join(this.#directory, id));
  }
}
