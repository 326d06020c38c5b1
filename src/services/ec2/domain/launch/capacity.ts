import type { InstanceTypeInfo } from '@aws-sdk/client-ec2';
import type { Driver, DriverName, MachineSize } from '../../../../compute/driver.ts';
import type { Ec2Scope } from '../../scope.ts';
import * as errors from '../../errors.ts';
import type { Instance } from '../instances/instance.ts';

type Books = Pick<Ec2Scope, 'caller' | 'instances' | 'compute'>;

/** What a machine of a type has. */
export function sizeOf({ VCpuInfo, MemoryInfo }: InstanceTypeInfo): MachineSize {
  return { vcpus: VCpuInfo?.DefaultVCpus ?? 1, memoryMib: MemoryInfo?.SizeInMiB ?? 0 };
}

/**
 * How many instances of a type the host carries beside those that run or are about to; Infinity on a
 * mock.
 */
export async function capacityFor(
  driver: Driver,
  type: InstanceTypeInfo,
  books: Books,
): Promise<number> {
  const carried = await driver.capacity(sizeOf(type));
  if (carried === Infinity || carried === 0) return carried;
  const free = 1 - (await shareOf(await aboutToRun(books, driver.name), driver));
  return Math.max(0, Math.floor(carried * free));
}

/**
 * Refuses to start stopped instances of which the host does not carry all.
 *
 * @throws InsufficientInstanceCapacity
 */
export async function checkRoom(starting: readonly Instance[], books: Books): Promise<void> {
  const stopped = starting.filter(({ state }) => state === 'stopped');
  for (const name of new Set(stopped.map(({ driver }) => driver))) {
    const driver = books.compute.of(name);
    const own = stopped.filter((instance) => instance.driver === name);
    const share = await shareOf([...(await aboutToRun(books, driver.name)), ...own], driver);
    if (share > 1) throw errors.insufficientCapacity(own[0]!.instanceType);
  }
}

/** Those whose machines may have taken nothing of the host yet. */
async function aboutToRun({ caller, instances }: Books, driver: DriverName): Promise<Instance[]> {
  const all = await instances.list(caller);
  return all.filter((each) => each.state === 'pending' && each.driver === driver);
}

/** What part they take of all that the host carries now: more than 1 does not fit. */
async function shareOf(instances: readonly Instance[], driver: Driver): Promise<number> {
  const carried = new Map<string, number>();
  let share = 0;
  for (const { instanceType, vcpus, memoryMib } of instances) {
    const known = carried.get(instanceType) ?? (await driver.capacity({ vcpus, memoryMib }));
    carried.set(instanceType, known);
    share += 1 / known;
  }
  return share;
}
