import type { InstanceTypeInfo } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';

/** Dollars an hour; there is no market, so prices follow a rule by type that comes near AWS's. */
const A_VCPU = 0.033;
const A_GIB = 0.003_75;
/** Of burstable types the memory is paid for. */
const A_BURSTABLE_GIB = 0.0104;
const SPOT_SHARE = 0.4;
const DIGITS = 6;

/** What an instance of the type costs on demand, in dollars an hour as AWS writes them. */
export function onDemandPrice(type: InstanceTypeInfo): string {
  return hourly(type).toFixed(DIGITS);
}

/** What it costs on the Spot market: the same everywhere and always. */
export function spotPrice(type: InstanceTypeInfo): string {
  return (hourly(type) * SPOT_SHARE).toFixed(DIGITS);
}

function hourly({ VCpuInfo, MemoryInfo, BurstablePerformanceSupported }: InstanceTypeInfo): number {
  const gib = (MemoryInfo?.SizeInMiB ?? 0) / 1024;
  if (BurstablePerformanceSupported) return gib * A_BURSTABLE_GIB;
  return (VCpuInfo?.DefaultVCpus ?? 1) * A_VCPU + gib * A_GIB;
}

/**
 * The most that somebody pays: the on-demand price where nothing is named.
 *
 * @throws InvalidParameterValue
 */
export function maxPrice(given: string | undefined, type: InstanceTypeInfo, name: string): string {
  if (given === undefined || given === '') return onDemandPrice(type);
  const price = /^\d{1,9}(\.\d{1,9})?$/.test(given) ? Number(given) : Number.NaN;
  if (!(price > 0)) {
    throw errors.invalidValue(given.slice(0, 40), name, 'It must be a price above 0.');
  }
  return price.toFixed(DIGITS);
}

export function isEnough(price: string, type: InstanceTypeInfo): boolean {
  return Number(price) >= Number(spotPrice(type));
}
