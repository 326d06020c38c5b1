import type { InstanceTypeInfo } from '@aws-sdk/client-ec2';
import type { Driver, MachineSize } from '../../../../compute/driver.ts';

/** What a machine of a type has. */
export function sizeOf({ VCpuInfo, MemoryInfo }: InstanceTypeInfo): MachineSize {
  return { vcpus: VCpuInfo?.DefaultVCpus ?? 1, memoryMib: MemoryInfo?.SizeInMiB ?? 0 };
}

/** How many instances of a type the host carries beside those that run; Infinity on a mock. */
export function capacityFor(driver: Driver, type: InstanceTypeInfo): Promise<number> {
  return driver.capacity(sizeOf(type));
}
