import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MachineId, MachineSize } from '../driver.ts';

const CONTROLLERS = ['pids', 'cpu', 'memory'] as const;
type Controller = (typeof CONTROLLERS)[number];

/** Where the kernel shows its controllers: version 1 has a tree for each, version 2 one for all. */
export interface Hierarchy {
  readonly root: string;
  readonly version: 1 | 2;
  readonly controllers: readonly Controller[];
}

/** The trees that hold the controllers we need, and those that this host has in neither version. */
export async function findHierarchies(
  mounts = '/proc/self/mounts',
): Promise<{ found: Hierarchy[]; missing: Controller[] }> {
  const found: Hierarchy[] = [];
  for (const line of (await readFile(mounts, 'utf8')).split('\n')) {
    const [, root = '', type, options = ''] = line.split(' ');
    if (type !== 'cgroup' && type !== 'cgroup2') continue;
    const offered =
      type === 'cgroup' ? options.split(',') : await words(join(root, 'cgroup.controllers'));
    const taken = found.flatMap(({ controllers }) => controllers);
    const controllers = CONTROLLERS.filter((c) => offered.includes(c) && !taken.includes(c));
    if (controllers.length > 0)
      found.push({ root, version: type === 'cgroup' ? 1 : 2, controllers });
  }
  const all = found.flatMap(({ controllers }) => controllers);
  return { found, missing: CONTROLLERS.filter((controller) => !all.includes(controller)) };
}

/**
 * The cgroups of one directory's machines: what a machine may use of the host, and the kernel's own
 * account of which processes are the machine's, whoever started them. Each power-on has a cgroup of
 * its own, so that the removal of one never meets the next.
 */
export class Cgroups {
  readonly #hierarchies: readonly Hierarchy[];
  readonly #owner: string;

  /** @param directory what tells these machines from those of other clouds on the host */
  constructor(hierarchies: readonly Hierarchy[], directory: string) {
    this.#hierarchies = hierarchies;
    this.#owner = createHash('sha256').update(directory).digest('hex').slice(0, 12);
  }

  /** Makes the cgroup of one power-on and gives its folders, one a hierarchy, for a process to join. */
  async make(id: MachineId, given: MachineSize): Promise<string[]> {
    const name = `${this.#owner}.${id}.${randomBytes(4).toString('hex')}`;
    return await Promise.all(
      this.#hierarchies.map(async ({ root, version, controllers }) => {
        const all = join(root, FOLDER);
        await mkdir(all, { recursive: true });
        if (version === 2) {
          const enable = controllers.map((controller) => `+${controller}`).join(' ');
          for (const above of [root, all]) {
            await writeFile(join(above, 'cgroup.subtree_control'), enable);
          }
        }
        const folder = join(all, name);
        await mkdir(folder);
        for (const controller of controllers) {
          const [file, value] = LIMITS[version][controller](given);
          await writeFile(join(folder, file), value);
        }
        return folder;
      }),
    );
  }

  /** Every machine that has a process, with the IDs of its processes on the host. */
  async processes(): Promise<Map<MachineId, number[]>> {
    const machines = new Map<MachineId, number[]>();
    for (const { folder, id } of await this.#folders(this.#hierarchies.slice(0, 1))) {
      const pids = (await words(join(folder, 'cgroup.procs'))).map(Number);
      if (pids.length > 0) machines.set(id, [...(machines.get(id) ?? []), ...pids]);
    }
    return machines;
  }

  /** The memory that each machine uses, by the kernel's account. */
  async memoryMib(): Promise<Map<MachineId, number>> {
    const machines = new Map<MachineId, number>();
    const counting = this.#hierarchies.filter(({ controllers }) => controllers.includes('memory'));
    for (const { version } of counting) {
      const file = version === 1 ? 'memory.usage_in_bytes' : 'memory.current';
      for (const { folder, id } of await this.#folders(counting)) {
        const [bytes = '0'] = await words(join(folder, file));
        machines.set(id, (machines.get(id) ?? 0) + Number(bytes) / MIB);
      }
    }
    return machines;
  }

  /** The IDs of one machine's processes. */
  async processesOf(id: MachineId): Promise<number[]> {
    const pids = (await this.processLists(id)).map(words);
    return (await Promise.all(pids)).flat().map(Number);
  }

  /** The files in which the kernel lists these. */
  async processLists(id: MachineId): Promise<string[]> {
    const folders = await this.#folders(this.#hierarchies.slice(0, 1));
    return folders
      .filter((found) => found.id === id)
      .map(({ folder }) => join(folder, 'cgroup.procs'));
  }

  /** Ends every process of the machine and takes its cgroups away. */
  async remove(id: MachineId): Promise<void> {
    const deadlineMs = performance.now() + END_MS;
    for (const { folder } of (await this.#folders()).filter((found) => found.id === id)) {
      while (!(await isGone(folder))) {
        for (const pid of await words(join(folder, 'cgroup.procs'))) killNow(Number(pid));
        if (performance.now() > deadlineMs) throw new Error(`${folder} still has processes.`);
        await sleep(10);
      }
    }
  }

  async #folders(
    hierarchies = this.#hierarchies,
  ): Promise<{ readonly folder: string; readonly id: MachineId }[]> {
    const found = hierarchies.map(async ({ root }) => {
      const names = await readdir(join(root, FOLDER)).catch(() => []);
      const own = names.filter((name) => name.startsWith(`${this.#owner}.`));
      return own.map((name) => ({ folder: join(root, FOLDER, name), id: name.split('.')[1]! }));
    });
    return (await Promise.all(found)).flat();
  }
}

/** Below the root of a hierarchy, so that machines are not counted as the server's, nor end with it. */
const FOLDER = 'alacarte';
/** More than any guest has use for, and no more than a host can bear. */
const MOST_PROCESSES = '4096';
const PERIOD_US = 100_000;
const MIB = 1024 * 1024;
const END_MS = 10_000;

type Limit = (given: MachineSize) => [file: string, value: string];
const processes: Limit = () => ['pids.max', MOST_PROCESSES];
const LIMITS: Record<1 | 2, Record<Controller, Limit>> = {
  1: {
    pids: processes,
    cpu: ({ vcpus }) => ['cpu.cfs_quota_us', String(vcpus * PERIOD_US)],
    memory: ({ memoryMib }) => ['memory.limit_in_bytes', String(memoryMib * MIB)],
  },
  2: {
    pids: processes,
    cpu: ({ vcpus }) => ['cpu.max', `${vcpus * PERIOD_US} ${PERIOD_US}`],
    memory: ({ memoryMib }) => ['memory.max', String(memoryMib * MIB)],
  },
};

/** A folder that is not there has none. */
async function words(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split(/\s+/).filter((word) => word !== '');
}

async function isGone(folder: string): Promise<boolean> {
  return await rmdir(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
