import type { Driver } from '../../../../compute/driver.ts';
import type { Realization } from '../../../../kernel/operation.ts';
import type { Instance } from '../instances/instance.ts';

/**
 * How real instances are, which may be of several drivers: a mock among them makes the answer one.
 * Where there are none it is as real as the next will be.
 *
 * @param driver the cloud's own, which has those that name no other
 */
export function realizationOf(
  driver: Driver,
  instances: readonly Pick<Instance, 'driver'>[],
): Realization {
  if (instances.length === 0) return driver.realization;
  return instances.some((instance) => isMock(driver, instance)) ? 'mock' : 'real';
}

/** Whether nothing boots in an instance. */
export function isMock(driver: Driver, instance: Pick<Instance, 'driver'>): boolean {
  if (instance.driver === undefined) return driver.realization === 'mock';
  return instance.driver === 'mock';
}
