import type { CpuOptionsRequest, InstanceTypeInfo } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import type { Instance } from './instance.ts';

/** How many of its type's processors an instance has. */
export interface CpuOptions {
  readonly cores: number;
  readonly threadsPerCore: number;
}

/**
 * The processors that a request asks for; undefined where it says nothing of them.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-optimize-cpu.html
 *
 * @throws InvalidParameterCombination, InvalidParameterValue, UnsupportedOperation
 */
export function cpuOptionsAsked(
  { CoreCount: cores, ThreadsPerCore: threads }: CpuOptionsRequest,
  { InstanceType, VCpuInfo }: InstanceTypeInfo,
): CpuOptions | undefined {
  if (cores === undefined && threads === undefined) return undefined;
  if (cores === undefined || threads === undefined) {
    throw errors.combination('CoreCount and ThreadsPerCore must be specified together.');
  }
  const { DefaultCores = 1, ValidThreadsPerCore } = VCpuInfo ?? {};
  if (!ValidThreadsPerCore) {
    throw errors.unsupported(`The instance type '${InstanceType}' does not support CPU options.`);
  }
  if (cores < 1 || cores > DefaultCores) {
    throw errors.invalidValue(cores, 'CoreCount', `Expected 1 to ${DefaultCores}.`);
  }
  if (!ValidThreadsPerCore.includes(threads)) {
    const valid = ValidThreadsPerCore.join(' or ');
    throw errors.invalidValue(threads, 'ThreadsPerCore', `Expected ${valid}.`);
  }
  return { cores, threadsPerCore: threads };
}

/** What an instance with these options is: its machine has as many processors from its next start. */
export function sizedBy(options: CpuOptions): Pick<Instance, 'vcpus' | 'cpuOptions'> {
  return { vcpus: options.cores * options.threadsPerCore, cpuOptions: options };
}

/** As DescribeInstances shows them. */
export function wireCpuOptions({ vcpus, architecture, cpuOptions }: Instance) {
  if (cpuOptions) {
    return { CoreCount: cpuOptions.cores, ThreadsPerCore: cpuOptions.threadsPerCore };
  }
  const ThreadsPerCore = architecture === 'x86_64' && vcpus > 1 ? 2 : 1;
  return { CoreCount: vcpus / ThreadsPerCore, ThreadsPerCore };
}
