import { join } from 'node:path';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { candidates, chooseDriver } from './choose.ts';
import type { Compute, Diagnosis, DriverDiagnosis } from './compute.ts';
import { NoDisks } from './disks.ts';
import type { Driver, DriverName } from './driver.ts';
import { FileDisks } from './file-disks.ts';
import { MetadataService } from './metadata/metadata-service.ts';
import { MockDriver } from './mock/mock-driver.ts';
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
 * The machines of one cloud. Chooses in milliseconds: whatever takes longer, such as whether KVM
 * works, is found out when the first machine starts.
 *
 * @throws Error where the driver that was asked for cannot be used, with the reason
 */
export async function createCompute(options: ComputeOptions): Promise<Compute> {
  const wanted = options.driver ?? 'best';
  const { name, passedOver } = await chooseDriver(wanted);
  const metadata = new MetadataService(options.clock);
  const disks = new FileDisks(join(options.directory, 'volumes'));
  const driver = openDriver(name, options, { metadata, disks });
  const unasked = driver.realization !== 'real' && wanted === 'best';
  return {
    driver,
    disks: driver.realization === 'real' ? disks : new NoDisks(),
    ...(unasked && { warning: `Instances will not boot. ${passedOver.join(' ')}` }),
    serveMetadata(source) {
      metadata.source = source;
    },
    doctor: () => diagnose(options, driver),
    close: () => driver.close(),
  };
}

function openDriver(
  name: DriverName,
  { directory, clock, log, ephemeral = false }: ComputeOptions,
  shared: { readonly metadata: MetadataService; readonly disks: FileDisks },
): Driver {
  if (name === 'qemu') {
    return new QemuDriver({ directory: join(directory, 'machines'), ...shared, log, ephemeral });
  }
  return new MockDriver({ clock, ...(!ephemeral && { directory: join(directory, MOCK_FOLDER) }) });
}

/** Apart from real machines, so that neither driver takes the other's for its own. */
const MOCK_FOLDER = 'mock-machines';

async function diagnose(options: ComputeOptions, chosen: Driver): Promise<Diagnosis> {
  const drivers = candidates.map(async ({ name, obstacle }): Promise<DriverDiagnosis> => {
    const isChosen = name === chosen.name;
    const reason = await obstacle();
    if (reason !== undefined) return { name, chosen: isChosen, usable: false, reason };
    const shared = {
      metadata: new MetadataService(options.clock),
      disks: new FileDisks(options.directory),
    };
    const driver = isChosen ? chosen : openDriver(name, options, shared);
    const { usable, reason: how, promises } = await driver.probe();
    return { name, chosen: isChosen, usable, reason: how, promises };
  });
  return { drivers: await Promise.all(drivers) };
}
