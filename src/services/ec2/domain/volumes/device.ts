import type { Compute } from '../../../../compute/compute.ts';
import type { Driver } from '../../../../compute/driver.ts';
import * as errors from '../../errors.ts';
import type { Instance } from '../instances/instance.ts';
import type { Volume } from './volume.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html */
const DEVICE = /^\/dev\/(sd[a-z]([1-9]|1[0-5])?|xvd[a-d]?[a-z]([1-9]|1[0-5])?)$/;

/** @throws InvalidParameterValue */
export function checkDevice(device: string): void {
  if (DEVICE.test(device)) return;
  throw errors.invalidValue(device, 'device', `${device} is not a valid EBS device name.`);
}

/**
 * @param driver the one that has the instance
 * @throws UnsupportedOperation where instances have their root volumes only
 */
export function checkTakesVolumes(driver: Driver, compute: Compute): void {
  const { name, realization, takesDisks } = driver;
  if (realization === 'real' && compute.driver.realization === 'mock') {
    throw errors.unsupported(
      `Volumes of this cloud have no bytes, as its compute driver is mock: an instance of ${name} cannot have them.`,
    );
  }
  if (takesDisks) return;
  throw errors.unsupported(
    `With the compute driver ${name} an instance has its root volume only. Start Alacarte with --compute qemu for volumes.`,
  );
}

/** @throws InvalidParameterValue where something is attached there */
export function checkDeviceFree(device: string, { volumes, attached = [] }: Instance): void {
  const taken = [...volumes.map(({ deviceName }) => deviceName), ...attached.map((a) => a.device)];
  if (!taken.includes(device)) return;
  throw errors.invalidParameter(
    `Invalid value '${device}' for unixDevice. Attachment point ${device} is already in use`,
  );
}

/**
 * @param driver the one that has the instance
 * @throws UnsupportedOperation where the instance cannot have the volume as its root volume
 */
export function checkBoots({ id, system }: Volume, instance: Instance, driver: Driver): void {
  const architecture = system?.architecture ?? instance.architecture;
  if ((system?.rootCopy ?? 'raw') === driver.rootCopies && architecture === instance.architecture) {
    return;
  }
  throw errors.unsupported(
    `The volume ${id} is nothing that an instance of ${driver.name} on ${instance.architecture} starts from.`,
  );
}

/** @throws UnsupportedOperation where root volumes are nothing without their instances */
export function checkKeepsRoots({ name, rootCopies }: Driver): void {
  if (rootCopies) return;
  throw errors.unsupported(
    `With the compute driver ${name} a root volume cannot be apart from its instance.`,
  );
}
