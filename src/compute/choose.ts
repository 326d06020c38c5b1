import { whyNotUsable as whyNoDocker } from './docker/requirements.ts';
import type { DriverName } from './driver.ts';
import { findImage, imageDirectory } from './images/build-image.ts';
import { tiny } from './images/tiny/recipe.ts';
import { whyNotUsable as whyNoNamespaces } from './namespaces/requirements.ts';
import { findAccelerator } from './qemu/accelerator.ts';
import { whyNotUsable as whyNoQemu } from './qemu/requirements.ts';

const qemu: Candidate = { name: 'qemu', obstacle: () => whyNoQemu(imageDirectory()) };
const namespaces: Candidate = {
  name: 'namespaces',
  obstacle: () => whyNoNamespaces(imageDirectory()),
};
const docker: Candidate = { name: 'docker', obstacle: () => whyNoDocker(imageDirectory()) };
const mock: Candidate = { name: 'mock', obstacle: () => Promise.resolve(undefined) };

/** What keeps each driver from working here. */
export const drivers: readonly Candidate[] = [qemu, namespaces, docker, mock];

/**
 * The drivers, best first. QEMU comes twice: with an emulated processor it comes after those that use
 * the host's kernel. Found out in milliseconds but for one case: where it and one of those would do, a
 * kernel is tried on KVM, once for each boot of the host.
 */
export const candidates: readonly Candidate[] = [
  { name: 'qemu', obstacle: whyNotQemuFirst },
  ...[namespaces, docker, qemu, mock],
];

async function whyNotQemuFirst(): Promise<string | undefined> {
  const images = imageDirectory();
  const obstacle = await whyNoQemu(images);
  if (obstacle !== undefined) return obstacle;
  const others = await Promise.all([namespaces.obstacle(), docker.obstacle()]);
  if (others.every((other) => other !== undefined)) return undefined;
  const image = await findImage(tiny, images);
  if (!image) return 'Whether KVM works is not known before there is an image to boot.';
  const verdict = await findAccelerator(image.kernel!.file, images);
  return verdict.accelerator === 'kvm' ? undefined : verdict.reason;
}

export interface Candidate {
  readonly name: DriverName;
  /** One plain sentence; undefined if nothing stands in the way. */
  readonly obstacle: () => Promise<string | undefined>;
}

export interface Choice {
  readonly name: DriverName;
  /** What kept the better ones from being taken. */
  readonly passedOver: readonly string[];
}

/**
 * The driver that was asked for, or the best that works.
 *
 * @throws Error where the driver that was asked for does not work here, with the reason
 */
export async function chooseDriver(
  wanted: DriverName | 'best',
  from: readonly Candidate[] = candidates,
): Promise<Choice> {
  if (wanted !== 'best') {
    // Of its places the last asks least.
    const reason = await from.findLast(({ name }) => name === wanted)?.obstacle();
    if (reason === undefined) return { name: wanted, passedOver: [] };
    throw new Error(`The compute driver ${wanted} cannot be used: ${reason}`);
  }
  const passedOver: string[] = [];
  for (const { name, obstacle } of from) {
    const reason = await obstacle();
    if (reason === undefined) return { name, passedOver };
    passedOver.push(`${name}: ${reason}`);
  }
  throw new Error(`No compute driver works here. ${passedOver.join(' ')}`);
}
