import { expect, test } from 'vitest';
import type { Driver } from '../../../../compute/driver.ts';
import { MockDriver } from '../../../../compute/mock/mock-driver.ts';
import { MovableClock } from '../../../../kernel/clock.ts';
import { imagesIn } from '../images/images.ts';
import { checkBootable } from './choose-image.ts';

const ubuntu = imagesIn('us-east-1').find(({ entry }) => entry.key === 'ubuntu-24.04-amd64')!;
const mock = new MockDriver({ clock: new MovableClock() });

/** QEMU as far as a launch asks it beforehand. */
const qemu = (obstacle: string | undefined) =>
  ({
    name: 'qemu',
    realization: 'real',
    whyNotBootable: () => Promise.resolve(obstacle),
  }) as Partial<Driver> as Driver;

test('an image that cannot be had is refused, with what stands in the way', async () => {
  const refusal = checkBootable(ubuntu, qemu('cloud-images.ubuntu.com is not reached from here.'));
  await expect(refusal).rejects.toMatchObject({ code: 'UnsupportedOperation', status: 400 });
  await expect(refusal).rejects.toThrow(
    /^The qemu driver cannot boot the image ubuntu\S+\. cloud-images\.ubuntu\.com is not reached/,
  );
});

test('one that can be had, or that nothing is booted of, is not', async () => {
  await expect(checkBootable(ubuntu, qemu(undefined))).resolves.toBeUndefined();
  await expect(checkBootable(ubuntu, mock)).resolves.toBeUndefined();
});
