import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { candidatesAfter, chooseDriver, drivers } from './choose.ts';
import type { Compute, Diagnosis, DriverDiagnosis } from './compute.ts';
import { NoDisks } from './disks.ts';
import type { Driver, DriverName } from './driver.ts';
import { FileDisks } from './file-disks.ts';
import { MetadataService } from './metadata/metadata-service.ts';
import { MockDriver } from './mock/mock-driver.ts';
import { MACHINES, NamespacesDriver } from './namespaces/namespaces-driver.ts';
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
}

/**
 * The machines of one cloud. Chooses in milliseconds, but for the first time after the host has
 * booted where it depends on whether KVM works: that is tried, for four seconds at most.
 *
 * @throws Error where the driver that was asked for cannot be used, with the reason
 */
export async function createCompute(options: ComputeOptions): Promise<Compute> {
  const wanted = options.driver ?? 'best';
  const { name, passedOver } = await chooseDriver(
    wanted,
    candidatesAfter(await madeBy(options.directory)),
  );
  const metadata = new MetadataService(options.clock);
  const disks = new FileDisks(join(options.directory, 'volumes'));
  const services = { metadata, resolver: new Resolver() };
  const network = new VpcNetwork(options.directory, services, options);
  const driver = openDriver(name, options, { metadata, disks, network });
  const unasked = driver.realization !== 'real' && wanted === 'best';
  return {
    driver,
    disks: driver.realization === 'real' ? disks : new NoDisks(),
    ...(name === 'namespaces' && { network }),
    ...(unasked && { warning: `Instances will not boot. ${passedOver.join(' ')}` }),
    serveMetadata(source) {
      metadata.source = source;
    },
    doctor: () => diagnose(options, driver),
    async close() {
      await driver.close();
      await (options.ephemeral && name === 'namespaces' ? network.remove() : network.close());
    },
  };
}

/** What drivers are given. */
interface Shared {
  readonly metadata: MetadataService;
  readonly disks: FileDisks;
  readonly network: VpcNetwork;
}

function openDriver(
  name: DriverName,
  { directory, clock, log, ephemeral = false }: ComputeOptions,
  { metadata, disks, network }: Shared,
): Driver {
  if (name === 'qemu') {
    const folder = join(directory, FOLDERS.qemu);
    return new QemuDriver({ directory: folder, metadata, disks, log, ephemeral });
  }
  if (name === 'namespaces') {
    const folder = join(directory, FOLDERS.namespaces);
    return new NamespacesDriver({ directory: folder, network, log, ephemeral });
  }
  return new MockDriver({ clock, ...(!ephemeral && { directory: join(directory, MOCK_FOLDER) }) });
}

/** Each driver's own, so that none takes another's machines for its own. */
const FOLDERS = { qemu: 'machines', namespaces: 'namespaces' } as const;
const MOCK_FOLDER = 'mock-machines';

/** The driver of the real machines that the cloud has from before. */
async function madeBy(directory: string): Promise<DriverName | undefined> {
  const has = async (folder: string): Promise<boolean> =>
    (await readdir(join(directory, folder)).catch(() => [])).length > 0;
  if (await has(FOLDERS.qemu)) return 'qemu';
  return (await has(join(FOLDERS.namespaces, MACHINES))) ? 'namespaces' : undefined;
}

async function diagnose(options: ComputeOptions, chosen: Driver): Promise<Diagnosis> {
  const diagnoses = drivers.map(async ({ name, obstacle }): Promise<DriverDiagnosis> => {
    const isChosen = name === chosen.name;
    const reason = await obstacle();
    if (reason !== undefined) return { name, chosen: isChosen, usable: false, reason };
    const metadata = new MetadataService(options.clock);
    const disks = new FileDisks(options.directory);
    const network = new VpcNetwork(options.directory, { metadata, resolver: new Resolver() });
    const shared = { metadata, disks, network };
    const driver = isChosen ? chosen : openDriver(name, options, shared);
    const { usable, reason: how, promises } = await driver.probe();
    return { name, chosen: isChosen, usable, reason: how, promises };
  });
  return { drivers: await Promise.all(diagnoses) };
}
