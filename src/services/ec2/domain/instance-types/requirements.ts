import type { InstanceRequirementsRequest, InstanceTypeInfo } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import { wildcard } from '../filters.ts';
import { oneOf } from '../launch/settings.ts';

interface Range {
  readonly Min?: number | undefined;
  readonly Max?: number | undefined;
}

type Wanted = 'included' | 'required' | 'excluded';

const MANUFACTURERS: Readonly<Record<string, string>> = {
  Intel: 'intel',
  AMD: 'amd',
  AWS: 'amazon-web-services',
};

/**
 * Whether a type has the attributes that are asked for.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceRequirementsRequest.html
 *
 * @throws InvalidParameterValue, InvalidParameterCombination, MissingParameter
 */
export function requirementsMet(
  asked: InstanceRequirementsRequest,
): (type: InstanceTypeInfo) => boolean {
  if (asked.VCpuCount?.Min === undefined) throw errors.missingParameter('VCpuCount.Min');
  if (asked.MemoryMiB?.Min === undefined) throw errors.missingParameter('MemoryMiB.Min');
  const { AllowedInstanceTypes = [], ExcludedInstanceTypes = [] } = asked;
  if (AllowedInstanceTypes.length > 0 && ExcludedInstanceTypes.length > 0) {
    throw errors.combination(
      'You may specify AllowedInstanceTypes or ExcludedInstanceTypes, but not both.',
    );
  }
  const tests = [...ofProcessor(asked), ...ofMachine(asked), ...ofDevices(asked)];
  const allowed = AllowedInstanceTypes.map(wildcard);
  const excluded = ExcludedInstanceTypes.map(wildcard);
  return (type) => {
    const { InstanceType = '' } = type;
    return (
      (allowed.length === 0 || allowed.some((matches) => matches(InstanceType))) &&
      !excluded.some((matches) => matches(InstanceType)) &&
      tests.every((test) => test(type))
    );
  };
}

type Test = (type: InstanceTypeInfo) => boolean;

function ofProcessor(asked: InstanceRequirementsRequest): Test[] {
  const { CpuManufacturers = [], InstanceGenerations = [] } = asked;
  const vcpus = between(asked.VCpuCount, 'VCpuCount');
  const memory = between(asked.MemoryMiB, 'MemoryMiB');
  const perVcpu = between(asked.MemoryGiBPerVCpu, 'MemoryGiBPerVCpu');
  return [
    (type) => vcpus(type.VCpuInfo?.DefaultVCpus ?? 0),
    (type) => memory(type.MemoryInfo?.SizeInMiB ?? 0),
    (type) =>
      perVcpu((type.MemoryInfo?.SizeInMiB ?? 0) / 1024 / (type.VCpuInfo?.DefaultVCpus ?? 1)),
    (type) =>
      CpuManufacturers.length === 0 ||
      CpuManufacturers.some(
        (each) => each === MANUFACTURERS[type.ProcessorInfo?.Manufacturer ?? ''],
      ),
    (type) =>
      InstanceGenerations.length === 0 ||
      InstanceGenerations.includes(type.CurrentGeneration ? 'current' : 'previous'),
  ];
}

function ofMachine(asked: InstanceRequirementsRequest): Test[] {
  const metal = wanted(asked.BareMetal ?? 'excluded', 'BareMetal');
  const burstable = wanted(asked.BurstablePerformance ?? 'excluded', 'BurstablePerformance');
  const interfaces = between(asked.NetworkInterfaceCount, 'NetworkInterfaceCount');
  const ebs = between(asked.BaselineEbsBandwidthMbps, 'BaselineEbsBandwidthMbps');
  const needsEncryption = asked.RequireEncryptionInTransit === true;
  return [
    (type) => metal(type.BareMetal ?? false),
    (type) => burstable(type.BurstablePerformanceSupported ?? false),
    (type) => !asked.RequireHibernateSupport || type.HibernationSupported === true,
    (type) => interfaces(type.NetworkInfo?.MaximumNetworkInterfaces ?? 0),
    (type) => ebs(type.EbsInfo?.EbsOptimizedInfo?.BaselineBandwidthInMbps ?? 0),
    (type) => !needsEncryption || type.NetworkInfo?.EncryptionInTransitSupported === true,
  ];
}

/** No type here has disks or accelerators of its own. */
function ofDevices(asked: InstanceRequirementsRequest): Test[] {
  const storage = wanted(asked.LocalStorage ?? 'included', 'LocalStorage');
  const size = between(asked.TotalLocalStorageGB, 'TotalLocalStorageGB');
  const accelerators = between(asked.AcceleratorCount, 'AcceleratorCount');
  const memory = between(asked.AcceleratorTotalMemoryMiB, 'AcceleratorTotalMemoryMiB');
  const kinds = [
    asked.AcceleratorTypes,
    asked.AcceleratorManufacturers,
    asked.AcceleratorNames,
  ].flatMap((each) => each ?? []);
  return [
    (type) => storage(type.InstanceStorageSupported ?? false),
    (type) => size(type.InstanceStorageInfo?.TotalSizeInGB ?? 0),
    () => accelerators(0),
    () => memory(0),
    () => kinds.length === 0,
  ];
}

function between(range: Range | undefined, name: string): (value: number) => boolean {
  const { Min = 0, Max = Number.POSITIVE_INFINITY } = range ?? {};
  if (Min < 0) throw errors.invalidValue(Min, `${name}.Min`, 'It must not be negative.');
  if (Max < Min) {
    throw errors.invalidParameter(`${name}.Min (${Min}) must not be greater than Max (${Max}).`);
  }
  return (value) => value >= Min && value <= Max;
}

function wanted(asked: Wanted, name: string): (has: boolean) => boolean {
  const how = oneOf(['included', 'required', 'excluded'], asked, name);
  return (has) => how === 'included' || has === (how === 'required');
}
