import type { InstanceTypeInfo, _InstanceType } from '@aws-sdk/client-ec2';
import { families, type Family, type Size } from './families.ts';

const byName = new Map<string, InstanceTypeInfo>();

/** Every instance type, in the wire's shape; made when one is first asked for. */
export function instanceTypes(): readonly InstanceTypeInfo[] {
  return [...all().values()];
}

export function instanceType(name: string): InstanceTypeInfo | undefined {
  return all().get(name);
}

function all(): ReadonlyMap<string, InstanceTypeInfo> {
  if (byName.size > 0) return byName;
  for (const family of families) {
    for (const size of family.sizes) byName.set(`${family.name}.${size.name}`, info(family, size));
  }
  return byName;
}

function info(family: Family, size: Size): InstanceTypeInfo {
  const name = `${family.name}.${size.name}`;
  const bareMetal = size.name.startsWith('metal');
  const burstable = family.name.startsWith('t');
  const nitro = family.hypervisor === 'nitro';
  const threads = size.vcpus === 1 ? 1 : (family.threads ?? 1);
  const cores = size.vcpus / threads;
  const x86 = family.architectures.includes('x86_64');
  return {
    InstanceType: name as _InstanceType,
    CurrentGeneration: true,
    FreeTierEligible: name === 't2.micro' || name === 't3.micro',
    SupportedUsageClasses: ['on-demand', 'spot'],
    SupportedRootDeviceTypes: ['ebs'],
    SupportedVirtualizationTypes: ['hvm'],
    BareMetal: bareMetal,
    ...(!bareMetal && { Hypervisor: family.hypervisor }),
    ProcessorInfo: {
      SupportedArchitectures:
        size.memoryMib <= 4096 || nitro ? [...family.architectures] : ['x86_64'],
      SustainedClockSpeedInGhz: family.clockGhz,
      Manufacturer: family.manufacturer,
    },
    VCpuInfo: {
      DefaultVCpus: size.vcpus,
      DefaultCores: cores,
      DefaultThreadsPerCore: threads,
      ...(!bareMetal && {
        ValidThreadsPerCore: threads === 2 ? [1, 2] : [1],
      }),
    },
    MemoryInfo: { SizeInMiB: size.memoryMib },
    InstanceStorageSupported: false,
    EbsInfo: ebsInfo(size, nitro),
    NetworkInfo: networkInfo(size, nitro),
    PlacementGroupInfo: {
      SupportedStrategies: burstable ? ['partition', 'spread'] : ['cluster', 'partition', 'spread'],
    },
    HibernationSupported: x86 && !bareMetal && size.memoryMib <= 150 * 1024,
    BurstablePerformanceSupported: burstable,
    DedicatedHostsSupported: !burstable || family.name === 't3',
    AutoRecoverySupported: !bareMetal,
    SupportedBootModes: nitro && x86 ? ['legacy-bios', 'uefi'] : x86 ? ['legacy-bios'] : ['uefi'],
    NitroEnclavesSupport:
      nitro && !burstable && !bareMetal && cores >= 2 ? 'supported' : 'unsupported',
    NitroTpmSupport: nitro && x86 && !bareMetal ? 'supported' : 'unsupported',
    ...(nitro && x86 && !bareMetal && { NitroTpmInfo: { SupportedVersions: ['2.0'] } }),
  };
}

function ebsInfo({ ebs }: Size, nitro: boolean): InstanceTypeInfo['EbsInfo'] {
  return {
    EbsOptimizedSupport: ebs ? 'default' : 'unsupported',
    EncryptionSupport: 'supported',
    ...(ebs && {
      EbsOptimizedInfo: {
        BaselineBandwidthInMbps: ebs.baselineMbps,
        BaselineThroughputInMBps: ebs.baselineMbps / 8,
        BaselineIops: ebs.baselineIops,
        MaximumBandwidthInMbps: ebs.maximumMbps,
        MaximumThroughputInMBps: ebs.maximumMbps / 8,
        MaximumIops: ebs.maximumIops,
      },
    }),
    NvmeSupport: nitro ? 'required' : 'unsupported',
  };
}

function networkInfo(size: Size, nitro: boolean): InstanceTypeInfo['NetworkInfo'] {
  return {
    NetworkPerformance: size.network,
    MaximumNetworkInterfaces: size.interfaces,
    MaximumNetworkCards: 1,
    DefaultNetworkCardIndex: 0,
    NetworkCards: [
      {
        NetworkCardIndex: 0,
        NetworkPerformance: size.network,
        MaximumNetworkInterfaces: size.interfaces,
      },
    ],
    Ipv4AddressesPerInterface: size.addressesPerInterface,
    Ipv6AddressesPerInterface: size.addressesPerInterface,
    Ipv6Supported: true,
    EnaSupport: nitro ? 'required' : 'unsupported',
    EfaSupported: false,
    EncryptionInTransitSupported: nitro && size.vcpus > 8,
    EnaSrdSupported: false,
  };
}
