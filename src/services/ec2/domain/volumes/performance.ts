import assert from 'node:assert/strict';
import { AwsError } from '../../../../kernel/aws-error.ts';
import * as errors from '../../errors.ts';
import type { Performance } from './volume.ts';

/** Smallest and largest, both allowed. */
type Bounds = readonly [least: number, most: number];

interface TypeLimits {
  readonly gib: Bounds;
  /** Where it can be chosen. */
  readonly iops?: Bounds;
  /** For each GiB. */
  readonly maxIopsRatio?: number;
  /** MiB a second, where it can be chosen. */
  readonly throughput?: Bounds;
}

/** https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html */
const TYPES: Readonly<Record<string, TypeLimits>> = {
  gp2: { gib: [1, 16_384] },
  gp3: { gib: [1, 65_536], iops: [3_000, 80_000], maxIopsRatio: 500, throughput: [125, 2_000] },
  io1: { gib: [4, 16_384], iops: [100, 64_000], maxIopsRatio: 50 },
  io2: { gib: [4, 65_536], iops: [100, 256_000], maxIopsRatio: 1_000 },
  st1: { gib: [125, 16_384] },
  sc1: { gib: [125, 16_384] },
  standard: { gib: [1, 1_024] },
};
/** MiB a second for each IOPS of gp3. */
const MAX_THROUGHPUT_RATIO = 0.25;

/** What a request says of a volume; what it leaves out follows from the rest. */
export interface AskedPerformance {
  readonly type: string;
  readonly gib: number;
  readonly iops?: number | undefined;
  readonly throughput?: number | undefined;
}

/** @throws InvalidParameterValue, InvalidParameterCombination, MissingParameter */
export function performanceOf({ type, gib, iops, throughput }: AskedPerformance): Performance {
  const limits = TYPES[type];
  assert(limits, `the model has volume type ${type}, and its limits are unknown`);
  checkSize(type, gib, limits.gib);
  if (iops !== undefined && !limits.iops) {
    throw errors.combination(`The parameter iops is not supported for ${type} volumes.`);
  }
  if (throughput !== undefined && !limits.throughput) {
    throw errors.combination(`The parameter throughput is not supported for ${type} volumes.`);
  }
  const given = iops ?? defaultIops(type, gib);
  if (limits.iops) {
    if (given === undefined) {
      throw new AwsError(
        'MissingParameter',
        `The parameter iops must be specified for ${type} volumes.`,
      );
    }
    checkBounds('iops', given, limits.iops);
    // What gp3 comes with is given to the smallest volume, too.
    if (given !== defaultIops(type, gib)) checkIopsRatio(given / gib, limits.maxIopsRatio!);
  }
  if (!limits.throughput) return { type, gib, ...(given !== undefined && { iops: given }) };
  const speed = throughput ?? limits.throughput[0];
  checkBounds('throughput', speed, limits.throughput);
  if (speed / given! > MAX_THROUGHPUT_RATIO) {
    throw errors.invalidParameter(
      `Throughput (MiBps) to iops ratio of ${(speed / given!).toFixed(6)} is too high; maximum is ${MAX_THROUGHPUT_RATIO} MiBps per iops.`,
    );
  }
  return { type, gib, iops: given!, throughput: speed };
}

function checkSize(type: string, gib: number, [least, most]: Bounds): void {
  if (gib < least) {
    throw errors.invalidParameter(
      `Volume of ${gib}GiB is too small for volume type ${type}; minimum is ${least}GiB.`,
    );
  }
  if (gib > most) {
    throw errors.invalidParameter(
      `Volume of ${gib}GiB is too large for volume type ${type}; maximum is ${most}GiB.`,
    );
  }
}

function checkBounds(what: 'iops' | 'throughput', value: number, [least, most]: Bounds): void {
  if (value < least) {
    throw errors.invalidParameter(`Volume ${what} of ${value} is too low; minimum is ${least}.`);
  }
  if (value > most) {
    throw errors.invalidParameter(`Volume ${what} of ${value} is too high; maximum is ${most}.`);
  }
}

function checkIopsRatio(ratio: number, most: number): void {
  if (ratio <= most) return;
  throw errors.invalidParameter(
    `Iops to volume size ratio of ${ratio.toFixed(6)} is too high; maximum is ${most}.`,
  );
}

function defaultIops(type: string, gib: number): number | undefined {
  if (type === 'gp3') return 3_000;
  if (type === 'gp2') return Math.min(16_000, Math.max(100, gib * 3));
  return undefined;
}
