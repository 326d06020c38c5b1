import { recipeOf } from '../images/catalogue.ts';
import type { MachineId, MachineSpec } from '../driver.ts';
import { buildImage } from '../images/build-image.ts';
import type { Progress } from '../images/image.ts';
import type { PowerOn } from '../machine-folder.ts';
import { METADATA } from '../network/addresses.ts';
import { type Engine, EngineError } from './engine.ts';

/** A machine's container, as the engine lists it. */
export interface Container {
  readonly id: string;
  readonly machine: MachineId;
  readonly isOn: boolean;
  /** What was decided when it was made; another decision makes another container. */
  readonly powerOn: PowerOn;
}

interface Listed {
  readonly Id: string;
  readonly Created: number;
  readonly State: string;
  readonly Labels: Readonly<Record<string, string>>;
}

/** By these an engine's user finds what belongs to which cloud, and the driver finds its own. */
const LABELS = {
  directory: 'alacarte.directory',
  machine: 'alacarte.machine',
  powerOn: 'alacarte.power-on',
  image: 'alacarte.image',
} as const;
const REPOSITORY = 'alacarte';
/** Shown to whoever looks at the console as an empty screen: what comes after is of this power-on. */
export const RESET_TERMINAL = '\u001bc';
const MIB = 1024 * 1024;

/** The containers of one cloud: the engine is asked each time, nothing is remembered. */
export class Containers {
  readonly #engine: Engine;
  readonly #directory: string;
  readonly #images: string;

  /** @param directory tells this cloud from every other that uses the engine */
  constructor(engine: Engine, directory: string, images: string) {
    this.#engine = engine;
    this.#directory = directory;
    this.#images = images;
  }

  /** Each machine's, or the one machine's. */
  async list(machine?: MachineId): Promise<Container[]> {
    const found = new Map<MachineId, Listed>();
    for (const each of await this.#listed(machine)) {
      const id = each.Labels[LABELS.machine]!;
      // Of two, the older was being replaced when a server ended.
      const other = found.get(id);
      if (!other || other.Created < each.Created) found.set(id, each);
    }
    return [...found.values()].map(containerOf);
  }

  async of(machine: MachineId): Promise<Container | undefined> {
    return (await this.list(machine))[0];
  }

  /** Brings the image into the engine, if it is not there, and names it. */
  async importImage(name: string, progress: Progress): Promise<string> {
    const image = await buildImage(recipeOf(name), { directory: this.#images, progress });
    const reference = `${REPOSITORY}/${image.name}:${image.id}`;
    const isThere = await this.#engine
      .call('GET', `/images/${reference}/json`)
      .then(() => true, isMissing);
    if (isThere) return reference;
    progress(`Image ${name}: handing it to the container engine …`);
    const changes = labelling(LABELS.image, image.id);
    // An import fails in a line of a stream that began well.
    const answer = await this.#engine.text('POST', '/images/create', {
      query: { fromSrc: '-', repo: reference, changes },
      body: image.archiveRoot(),
    });
    if (/"error"\s*:/.test(answer)) throw new Error(`The image cannot be imported: ${answer}`);
    return reference;
  }

  /** Makes a container of an image, or of what another container has on its disk. */
  async make(spec: MachineSpec, powerOn: PowerOn, image: string): Promise<Container> {
    const old = await this.#listed(spec.id);
    const { Id } = await this.#engine.call<{ Id: string }>('POST', '/containers/create', {
      // So that `docker exec -it <instance ID> sh` works. Only one can have the name.
      ...(old.length === 0 && { query: { name: spec.id } }),
      body: this.#configuration(spec, powerOn, image),
    });
    for (const { Id: id } of old) await this.#remove(id);
    if (old.length > 0) {
      await this.#engine.text('POST', `/containers/${Id}/rename`, { query: { name: spec.id } });
    }
    return { id: Id, machine: spec.id, isOn: false, powerOn };
  }

  /** A machine's disk as an image, to make its next container of. */
  async keepDisk({ id, machine }: Container): Promise<string> {
    const changes = labelling(LABELS.machine, machine);
    const { Id } = await this.#engine.call<{ Id: string }>('POST', '/commit', {
      query: { container: id, repo: `${REPOSITORY}/${machine}`, tag: 'disk', changes },
      body: {},
    });
    return Id;
  }

  /** Takes away all that the engine has of a machine. Absent is done. */
  async remove(machine: MachineId): Promise<void> {
    for (const { Id } of await this.#listed(machine)) await this.#remove(Id);
    const filters = JSON.stringify({ label: [`${LABELS.machine}=${machine}`] });
    const images = await this.#engine.call<{ Id: string }[]>('GET', '/images/json', {
      query: { filters },
    });
    for (const { Id } of images) {
      await this.#engine.text('DELETE', `/images/${Id}`, { query: { force: 'true' } });
    }
  }

  async #remove(id: string): Promise<void> {
    await this.#engine
      .text('DELETE', `/containers/${id}`, { query: { force: 'true', v: 'true' } })
      .catch(isMissing);
  }

  async #listed(machine?: MachineId): Promise<Listed[]> {
    const label = [
      `${LABELS.directory}=${this.#directory}`,
      machine === undefined ? LABELS.machine : `${LABELS.machine}=${machine}`,
    ];
    return await this.#engine.call<Listed[]>('GET', '/containers/json', {
      query: { all: 'true', filters: JSON.stringify({ label }) },
    });
  }

  #configuration(spec: MachineSpec, powerOn: PowerOn, image: string): object {
    const ports = Object.entries(powerOn.published);
    const memory = powerOn.given.memoryMib * MIB;
    return {
      Image: image,
      Cmd: ['/bin/sh', '-c', startOf(spec)],
      // Tells an init that the kernel is not its own, as systemd's interface has it.
      Env: ['container=alacarte'],
      Tty: true,
      Hostname: spec.hostname,
      MacAddress: spec.macAddress,
      Labels: {
        [LABELS.directory]: this.#directory,
        [LABELS.machine]: spec.id,
        [LABELS.powerOn]: JSON.stringify(powerOn),
      },
      ExposedPorts: Object.fromEntries(ports.map(([port]) => [`${port}/tcp`, {}])),
      HostConfig: {
        PortBindings: Object.fromEntries(
          ports.map(([port, to]) => [
            `${port}/tcp`,
            [{ HostIp: to.host, HostPort: String(to.port) }],
          ]),
        ),
        Memory: memory,
        MemorySwap: memory,
        NanoCpus: powerOn.given.vcpus * 1e9,
        PidsLimit: PROCESSES,
        // Its own addresses, and to power itself off: both end at the container's namespaces.
        CapAdd: ['NET_ADMIN', 'SYS_BOOT'],
        // Said outright, as an engine's own may be more than it may give.
        Ulimits: [
          { Name: 'nofile', Soft: 1024, Hard: 4096 },
          { Name: 'nproc', Soft: PROCESSES, Hard: PROCESSES },
        ],
        LogConfig: { Config: { 'max-size': '1m' } },
      },
    };
  }
}

/**
 * What a container does first. Podman leaves it with a link address of its own, and a host that has seen
 * that one sends there for half a minute: so it is changed before anybody asks. What asks for metadata
 * before somebody listens is refused at once, and asks again: without the address it would wait five
 * seconds for an answer from nowhere.
 */
function startOf({ macAddress }: MachineSpec): string {
  return [
    `printf '${RESET_TERMINAL}'`,
    `ip link set eth0 address ${macAddress}`,
    `ip address add ${METADATA}/32 dev lo`,
    'exec /sbin/init',
  ].join('; ');
}

/** As many as an instance will hardly reach, so that one which forks for ever stops there. */
const PROCESSES = 4096;

function containerOf({ Id, State, Labels }: Listed): Container {
  return {
    id: Id,
    machine: Labels[LABELS.machine]!,
    isOn: State === 'running',
    powerOn: JSON.parse(Labels[LABELS.powerOn]!) as PowerOn,
  };
}

function labelling(name: string, value: string): string {
  return `LABEL ${name}=${JSON.stringify(value)}`;
}

function isMissing(error: unknown): false {
  if (error instanceof EngineError && error.status === 404) return false;
  throw error;
}
