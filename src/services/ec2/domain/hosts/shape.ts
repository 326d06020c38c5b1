import type { InstanceTypeInfo } from '@aws-sdk/client-ec2';
import { instanceType, instanceTypes } from '../instance-types/instance-types.ts';
import type { HostRecord } from './host.ts';

type Carries = HostRecord['carries'];

/** What a physical server of a family has. */
export interface HostShape {
  readonly vcpus: number;
  readonly cores: number;
  readonly sockets: number;
}

/** Burstable types share their cores, so that a server carries far more than its own threads. */
const BURSTABLE_VCPUS = 192;
const BURSTABLE_CORES = 48;

/** A server is as large as the largest type of its family. */
export function shapeOf(carries: Carries): HostShape {
  const types = typesOfFamily(familyOf(carries));
  const largest = types.reduce((most, each) => (vcpuCount(each) > vcpuCount(most) ? each : most));
  const sockets = largest.ProcessorInfo?.Manufacturer === 'AWS' ? 1 : 2;
  if (largest.BurstablePerformanceSupported) {
    return { vcpus: BURSTABLE_VCPUS, cores: BURSTABLE_CORES, sockets };
  }
  return { vcpus: vcpuCount(largest), cores: largest.VCpuInfo?.DefaultCores ?? 1, sockets };
}

/** The types that run on it, the smallest first. */
export function typesOn(carries: Carries): string[] {
  if ('type' in carries) return [carries.type];
  return typesOfFamily(carries.family)
    .toSorted((a, b) => vcpuCount(a) - vcpuCount(b))
    .map(({ InstanceType = '' }) => InstanceType);
}

/** Whether hosts can be had of a family, or of a type's. */
export function isOnHosts(carries: Carries): boolean {
  if ('type' in carries) return instanceType(carries.type)?.DedicatedHostsSupported ?? false;
  return typesOfFamily(carries.family).some((each) => each.DedicatedHostsSupported);
}

export function vcpusOf(type: string): number {
  const info = instanceType(type);
  return info ? vcpuCount(info) : 1;
}

function vcpuCount({ VCpuInfo }: InstanceTypeInfo): number {
  return VCpuInfo?.DefaultVCpus ?? 1;
}

function familyOf(carries: Carries): string {
  return 'family' in carries ? carries.family : carries.type.slice(0, carries.type.indexOf('.'));
}

function typesOfFamily(family: string): InstanceTypeInfo[] {
  return instanceTypes().filter(({ InstanceType }) => InstanceType?.startsWith(`${family}.`));
}
