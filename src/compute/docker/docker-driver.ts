import { mkdirSync, realpathSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { freemem } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../../kernel/log.ts';
import { guestsThatFit } from '../allotment.ts';
import { tail } from '../console.ts';
import type {
  Driver,
  MachineId,
  MachineSize,
  MachineSpec,
  MachineState,
  Probe,
} from '../driver.ts';
import { imageDirectory } from '../images/build-image.ts';
import { whyNotBootable } from '../images/obstacle.ts';
import { InTurn } from '../in-turn.ts';
import { DRAFT, MachineFolder } from '../machine-folder.ts';
import { MachineMissing } from '../machine-missing.ts';
import type { MetadataService } from '../metadata/metadata-service.ts';
import { type Container, Containers, RESET_TERMINAL } from './containers.ts';
import type { Engine } from './engine.ts';
import { findEngine } from './find-engine.ts';
import { Power } from './power.ts';
import { whyNotUsable } from './requirements.ts';

export interface DockerOptions {
  /** Where what was ordered is kept, a folder for each machine; the rest is the engine's. */
  readonly directory: string;
  readonly metadata: Pick<MetadataService, 'handle'>;
  readonly log: Log;
  /** Machines end with this process, whatever ends it, and with `close`. */
  readonly ephemeral?: boolean;
  readonly imageDirectory?: string;
  readonly environment?: NodeJS.ProcessEnv;
}

interface Connected {
  readonly engine: Engine;
  readonly memoryMib: number;
  readonly containers: Containers;
  readonly power: Power;
}

const MIB = 1024 * 1024;
/** How long a guest may take to shut down before RebootInstances pulls the plug: as on AWS. */
const REBOOT_GRACE_MS = 4 * 60_000;

/**
 * Machines as containers of Docker, podman or what else speaks the Docker Engine API. The engine is
 * asked what there is and whether it is on; a folder keeps what was ordered until there is a container.
 */
export class DockerDriver implements Driver {
  readonly name = 'docker';
  readonly realization = 'real';
  /** An engine gives a container disks when it is made, and no later. */
  readonly takesDisks = false;
  readonly #options: DockerOptions;
  readonly #directory: string;
  readonly #images: string;
  readonly #listeners = new Set<(state: MachineState) => void>();
  readonly #inTurn = new InTurn();
  #connected: Promise<Connected> | undefined;

  constructor(options: DockerOptions) {
    this.#options = options;
    mkdirSync(options.directory, { recursive: true, mode: 0o700 });
    // Containers are recognized by this path, which must not depend on how it was written.
    this.#directory = realpathSync(options.directory);
    this.#images = options.imageDirectory ?? imageDirectory();
  }

  async probe(): Promise<Probe> {
    const found = await findEngine(this.#options.environment);
    const obstacle = await whyNotUsable(this.#images, this.#options.environment);
    return {
      usable: obstacle === undefined,
      reason:
        obstacle ??
        `Guests run in containers of ${'info' in found ? `${found.info.OperatingSystem}, engine ${found.info.ServerVersion}` : 'an engine'}.`,
      promises: {
        ownKernel: false,
        privateAddress: true,
        subnet: false,
        securityGroups: false,
        hotPlug: this.takesDisks,
        metadata: true,
      },
    };
  }

  whyNotBootable(image: string): Promise<string | undefined> {
    return whyNotBootable(image, this.name, this.#images);
  }

  async capacity(size: MachineSize): Promise<number> {
    const { memoryMib } = await this.#connect();
    return guestsThatFit(size, [], Math.min(memoryMib, freemem() / MIB));
  }

  create(spec: MachineSpec): Promise<void> {
    return this.#inTurn.run(spec.id, async () => {
      const folder = this.#folder(spec.id);
      if (await folder.spec()) return;
      if (spec.disks && spec.disks.length > 0) throw noDisks(spec.id);
      await this.#importImage(spec);
      await folder.make(spec);
    });
  }

  resize(id: MachineId, { vcpus, memoryMib }: MachineSize): Promise<void> {
    return this.#inTurn.run(id, async () => {
      const spec = await this.#specOf(id);
      await this.#folder(id).saveSpec({ ...spec, vcpus, memoryMib });
    });
  }

  start(id: MachineId): Promise<void> {
    return this.#inTurn.run(id, async () => this.#powerOn(await this.#specOf(id)));
  }

  stop(id: MachineId, graceMs: number): Promise<void> {
    return this.#inTurn.run(id, async () => {
      const spec = await this.#specOf(id);
      await (await this.#connect()).power.off(spec, graceMs);
    });
  }

  reboot(id: MachineId): Promise<void> {
    return this.#inTurn.run(id, async () => {
      const spec = await this.#specOf(id);
      await (await this.#connect()).power.off(spec, REBOOT_GRACE_MS);
      await this.#powerOn(spec);
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
      await this.#folder(id).saveSpec({ ...spec, rootDiskGib });
    });
  }

  destroy(id: MachineId): Promise<void> {
    return this.#inTurn.run(id, async () => {
      const { power, containers } = await this.#connect();
      await power.pullPlug(id);
      await containers.remove(id);
      await this.#folder(id).remove();
    });
  }

  async list(): Promise<MachineState[]> {
    const { containers } = await this.#connect();
    const found = new Map((await containers.list()).map((each) => [each.machine, each]));
    const names = (await readdir(this.#directory)).filter((name) => !name.endsWith(DRAFT));
    const ids = new Set([...names, ...found.keys()]);
    return await Promise.all([...ids].map((id) => this.#stateOf(id, found.get(id))));
  }

  async find(id: MachineId): Promise<MachineState | undefined> {
    const found = await (await this.#connect()).containers.of(id);
    if (!found && !(await this.#folder(id).spec())) return undefined;
    return await this.#stateOf(id, found);
  }

  async console(id: MachineId): Promise<Uint8Array> {
    await this.#specOf(id);
    const { engine, containers } = await this.#connect();
    const found = await containers.of(id);
    if (!found) return new Uint8Array();
    const log = await engine.bytes('GET', `/containers/${found.id}/logs`, {
      query: { stdout: 'true', stderr: 'true' },
    });
    const start = log.lastIndexOf(RESET_TERMINAL);
    return tail(start === -1 ? log : log.subarray(start + RESET_TERMINAL.length));
  }

  watch(listener: (state: MachineState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    const connected = await this.#connected?.catch(() => undefined);
    if (!connected) return;
    if (this.#options.ephemeral) {
      const ids = (await this.list()).map(({ id }) => id);
      await Promise.all(ids.map((id) => this.destroy(id)));
    }
    connected.power.letGo();
  }

  async #stateOf(id: MachineId, found: Container | undefined): Promise<MachineState> {
    if (!found?.isOn) return { id, power: 'off' };
    const { power } = await this.#connect();
    const spec = power.isHeld(id) ? undefined : await this.#folder(id).spec();
    if (spec) power.hold(spec, found);
    const { published } = found.powerOn;
    return { id, power: 'on', ssh: published[22]!, ...found.powerOn };
  }

  async #powerOn(spec: MachineSpec): Promise<void> {
    await (await this.#connect()).power.on(spec, () => this.#importImage(spec));
  }

  async #importImage({ image }: MachineSpec): Promise<string> {
    const { containers } = await this.#connect();
    const progress = (line: string): void => this.#options.log.info(line);
    return await this.#inTurn.run(`image ${image}`, () => containers.importImage(image, progress));
  }

  /** An engine makes a container that rebooted end: it is started again, as a machine would. */
  #ended(id: MachineId, how: 'off' | 'rebooted'): void {
    this.#inTurn
      .run(id, async () => {
        const spec = await this.#folder(id).spec();
        const { containers } = await this.#connect();
        const found = await containers.of(id);
        if (spec && found?.isOn) (await this.#connect()).power.hold(spec, found);
        else if (spec && how === 'rebooted') await this.#powerOn(spec);
        else for (const listener of this.#listeners) listener({ id, power: 'off' });
      })
      .catch((error: unknown) => {
        this.#options.log.warn({ err: error, machine: id }, 'A machine that ended is not told of.');
      });
  }

  /** Looks for the engine when it is first needed, and again after it was not there. */
  #connect(): Promise<Connected> {
    this.#connected ??= this.#find().catch((error: unknown) => {
      this.#connected = undefined;
      throw error;
    });
    return this.#connected;
  }

  async #find(): Promise<Connected> {
    const found = await findEngine(this.#options.environment);
    if (found.obstacle !== undefined) throw new Error(found.obstacle);
    const { engine, info } = found;
    const containers = new Containers(engine, this.#directory, this.#images);
    const { metadata, log, ephemeral = false } = this.#options;
    const power = new Power({
      ...{ engine, info, containers, metadata, log, ephemeral },
      onEnd: (id, how) => this.#ended(id, how),
    });
    return { engine, memoryMib: info.MemTotal / MIB, containers, power };
  }

  async #specOf(id: MachineId): Promise<MachineSpec> {
    const spec = await this.#folder(id).spec();
    if (!spec) throw new MachineMissing(id);
    return spec;
  }

  #folder(id: MachineId): MachineFolder {
    return new MachineFolder(join(this.#directory, id));
  }
}

function noDisks(id: MachineId): Error {
  return new Error(
    `${id} cannot have volumes: a container gets its disks when it is made. QEMU's machines can.`,
  );
}
