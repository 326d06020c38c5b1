import type { TargetCapacitySpecificationRequest } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import { refuseMembers } from '../not-built.ts';

export type Lifecycle = 'on-demand' | 'spot';

/** How much of each a fleet shall have, or has, in the units of its target. */
export type Capacity = Readonly<Record<Lifecycle, number>>;

const MAX_TARGET = 10_000;

/** @throws MissingParameter, InvalidParameterValue, InvalidParameterCombination, UnsupportedOperation */
export function targetsOf(asked: TargetCapacitySpecificationRequest | undefined): Capacity {
  if (asked?.TotalTargetCapacity === undefined) {
    throw errors.missingParameter('TargetCapacitySpecification.TotalTargetCapacity');
  }
  refuseMembers('TargetCapacitySpecification', asked, ['TargetCapacityUnitType']);
  const { TotalTargetCapacity: total, DefaultTargetCapacityType: rest = 'spot' } = asked;
  if (total < 0 || total > MAX_TARGET) {
    throw errors.invalidValue(
      total,
      'TotalTargetCapacity',
      `Between 0 and ${MAX_TARGET} expected.`,
    );
  }
  if (rest !== 'spot' && rest !== 'on-demand') {
    throw errors.unsupported(`Alacarte does not support the capacity type '${rest}' yet.`);
  }
  const { OnDemandTargetCapacity: onDemand = 0, SpotTargetCapacity: spot = 0 } = asked;
  if (onDemand < 0 || spot < 0 || onDemand + spot > total) {
    throw errors.combination(
      'The sum of OnDemandTargetCapacity and SpotTargetCapacity must not exceed TotalTargetCapacity.',
    );
  }
  const left = total - onDemand - spot;
  return {
    'on-demand': onDemand + (rest === 'on-demand' ? left : 0),
    spot: spot + (rest === 'spot' ? left : 0),
  };
}
