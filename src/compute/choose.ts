import type { DriverName } from './driver.ts';
import { imageDirectory } from './images/build-image.ts';
import { whyNotUsable } from './qemu/requirements.ts';

/** The drivers, best first, and what keeps each from working here: found out in milliseconds. */
export const candidates: readonly Candidate[] = [
  { name: 'qemu', obstacle: () => whyNotUsable(imageDirectory()) },
  { name: 'namespaces', obstacle: () => Promise.resolve(NOT_BUILT) },
  { name: 'docker', obstacle: () => Promise.resolve(NOT_BUILT) },
  { name: 'mock', obstacle: () => Promise.resolve(undefined) },
];

export interface Candidate {
  readonly name: DriverName;
  /** One plain sentence; undefined if nothing stands in the way. */
  readonly obstacle: () => Promise<string | undefined>;
}

export const NOT_BUILT = 'Not built yet.';

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
  const passedOver: string[] = [];
  for (const { name, obstacle } of from) {
    if (wanted !== 'best' && wanted !== name) continue;
    const reason = await obstacle();
    if (reason === undefined) return { name, passedOver };
    if (wanted === name) throw new Error(`The compute driver ${name} cannot be used: ${reason}`);
    passedOver.push(`${name}: ${reason}`);
  }
  throw new Error(`No compute driver works here. ${passedOver.join(' ')}`);
}
