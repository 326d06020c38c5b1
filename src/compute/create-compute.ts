import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { chooseDriver, drivers } from './choose.ts';
import type { Compute, Diagnosis, DriverDiagnosis } from './compute.ts';
import { NoDisks } from './disks.ts';
import { DockerDriver } from './docker/docker-driver.ts';
import { DRIVER_NAMES, type Driver, type DriverName } from './driver.ts';
import { FileDisks } from './file-disks.ts';
import { Fleet } from './fleet.ts';
import { MetadataService } from './metadata/metadata-service.ts';
import { MockDriver } from './mock/mock-driver.ts';
import { MACHINES, NamespacesDriver } from './namespaces/namespaces-driver.ts';
import { whyNoTaps } from './network/requirements.ts';
import { Resolver } from './network/resolver.ts';
import { VpcNetwork } from './network/vpc-network.ts';
import { QemuDriver } from './qemu/qemu-driver.ts';

export interface ComputeOptions {
  /** `best`, the default, takes the best that works; `mock` is announced where nobody asked for it. */
  readonly driver?: DriverName | 'best';
  /** The cloud's data directory; machines are kept below. */
  readonly directory: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Machines end with this process, however it ends. */
  readonly ephemeral?: boolean;
  /** PEM of the authority that guests are to trust with AWS's names; none if left out. */
  readonly authority?: () => Promise<string>;
}

/**
 * The machines of one cloud. Chooses in milliseconds, but for the first time after the host has
 * booted where it depends on whether KVM works: that is tried, for four seconds at most.
 *
 * @throws Error where the driver that was asked for cannot be used, with the reason
 */
export async function createCompute(options: ComputeOptions): Promise<Compute> {
  const wanted = options.driver ?? 'best';
  const { name, passedOver } = await chooseDriver(wanted);
  const metadata = new MetadataService(options.clock);
  metadata.authority = options.authority;
  const disks = new FileDisks(join(options.directory, 'volumes'));
  const services = { metadata, resolver: new Resolver() };
  const network = new VpcNetwork(options.directory, services, options);
  const withMachines = (await namesWithMachines(options)).filter((each) => each !== name);
  const has = (each: DriverName) => name === each || withMachines.includes(each);
  const taps = (has('qemu') || has('namespaces')) && (await whyNoTaps()) === undefined;
  const hasNetwork = has('namespaces') || taps;
  const shared = { metadata, disks, network, taps };
  const open = (each: DriverName): Driver => openDriver(each, options, shared);
  const driver = new Fleet({ first: open(name), withMachines, open, log: options.log });
  const unasked = driver.realization !== 'real' && wanted === 'best';
  return {
    driver,
    disks: driver.realization === 'real' ? disks : new NoDisks(),
    importFolder: join(options.directory, 'imports'),
    ...(hasNetwork && { network }),
    ...(unasked && { warning: `Instances will not boot. ${passedOver.join(' ')}` }),
    of: (each = name) => driver.of(each),
    async usable(each) {
      if (each !== name) await chooseDriver(each);
      if (each === 'namespaces' && !hasNetwork) throw new Error(NOT_BESIDE);
      return driver.of(each);
    },
    serveMetadata(source) {
      metadata.source = source;
    },
    doctor: () => diagnose(options, driver),
    async close() {
      await driver.close();
      await (options.ephemeral && hasNetwork ? network.remove() : network.close());
    },
  };
}

const NOT_BESIDE =
  'Machines of the compute driver namespaces are in their VPCs, so it is not used where those are only ' +
  'recorded: start Alacarte with --compute namespaces.';

/** What drivers are given. */
interface Shared {
  readonly metadata: MetadataService;
  readonly disks: FileDisks;
  readonly network: VpcNetwork;
  /** Whether machines with a kernel of their own can be in it. */
  readonly taps: boolean;
}

function openDriver(
  name: DriverName,
  { directory, clock, log, ephemeral = false }: ComputeOptions,
  { metadata, disks, network, taps }: Shared,
): Driver {
  if (name === 'qemu') {
    const folder = join(directory, FOLDERS.qemu);
    const own = { directory: folder, metadata, disks, log, ephemeral };
    return new QemuDriver({ ...own, ...(taps && { network }) });
  }
  if (name === 'namespaces') {
    const folder = join(directory, FOLDERS.namespaces);
    return new NamespacesDriver({ directory: folder, network, disks, log, ephemeral });
  }
  if (name === 'docker') {
    const folder = join(directory, FOLDERS.docker);
    return new DockerDriver({ directory: folder, metadata, log, ephemeral });
  }
  return new MockDriver({ clock, ...(!ephemeral && { directory: join(directory, FOLDERS.mock) }) });
}

/** Each driver's own, so that none takes another's machines for its own. */
const FOLDERS = {
  qemu: 'machines',
  namespaces: 'namespaces',
  docker: 'containers',
  mock: 'mock-machines',
} as const;

/** The drivers that have machines from before. */
async function namesWithMachines({ directory, ephemeral }: ComputeOptions): Promise<DriverName[]> {
  const has = async (folder: string): Promise<boolean> =>
    (await readdir(join(directory, folder)).catch(() => [])).length > 0;
  const found = DRIVER_NAMES.map(async (name) => {
    if (name === 'mock' && ephemeral) return [];
    const folder = name === 'namespaces' ? join(FOLDERS[name], MACHINES) : FOLDERS[name];
    return (await has(folder)) ? [name] : [];
  });
  return (await Promise.all(found)).flat();
}

async function diagnose(options: ComputeOptions, chosen: Fleet): Promise<Diagnosis> {
  const taps = (await whyNoTaps()) === undefined;
  const diagnoses = drivers.map(async ({ name, obstacle }): Promise<DriverDiagnosis> => {
    const isChosen = name === chosen.name;
    const reason = await obstacle();
    if (reason !== undefined) return { name, chosen: isChosen, usable: false, reason };
    const metadata = new MetadataService(options.clock);
    const disks = new FileDisks(options.directory);
    const network = new VpcNetwork(options.directory, { metadata, resolver: new Resolver() });
    const shared = { metadata, disks, network, taps };
    const driver = isChosen ? chosen : openDriver(name, options, shared);
    const { usable, reason: how, promises } = await driver.probe();
    return { name, chosen: isChosen, usable, reason: how, promises };
  });
  return { drivers: await Promise.all(diagnoses) };
}
