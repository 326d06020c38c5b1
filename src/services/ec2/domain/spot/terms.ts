import type {
  InstanceTypeInfo,
  RequestSpotInstancesRequest,
  RunInstancesRequest,
} from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import * as spotErrors from '../../spot-errors.ts';
import { oneOf } from '../launch/settings.ts';
import { refuseMembers } from '../not-built.ts';
import { isEnough, maxPrice, spotPrice } from './price.ts';
import type { SpotTerms } from './request.ts';

/** What RequestSpotInstances and RunInstances both say, under names of their own. */
interface AskedTerms {
  readonly Type?: string | undefined;
  readonly InstanceInterruptionBehavior?: string | undefined;
  readonly ValidUntil?: Date | undefined;
}

const DAY_MS = 86_400_000;
/** One-time requests wait that long where they do not say otherwise. */
const DEFAULT_VALIDITY_MS = 7 * DAY_MS;

/**
 * The terms of RequestSpotInstances.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RequestSpotInstances.html
 *
 * @throws InvalidParameterValue, InvalidParameterCombination, UnsupportedOperation
 */
export function termsOfRequest(
  input: RequestSpotInstancesRequest,
  type: InstanceTypeInfo,
  nowMs: number,
): SpotTerms {
  refuseMembers('RequestSpotInstances', input, ['BlockDurationMinutes']);
  const validFromMs = timeOf(input.ValidFrom, 'validFrom', nowMs);
  const terms = commonTerms(input, nowMs);
  if (validFromMs !== undefined && terms.validUntilMs !== undefined) {
    if (validFromMs >= terms.validUntilMs) {
      throw errors.combination('The date validFrom must be before the date validUntil.');
    }
  }
  const isOnce = terms.type === 'one-time';
  const { LaunchGroup: launchGroup, AvailabilityZoneGroup: zoneGroup } = input;
  return {
    ...(isOnce && { validUntilMs: (validFromMs ?? nowMs) + DEFAULT_VALIDITY_MS }),
    ...terms,
    price: maxPrice(input.SpotPrice, type, 'spotPrice'),
    ...(validFromMs !== undefined && { validFromMs }),
    ...(launchGroup !== undefined && { launchGroup }),
    ...(zoneGroup !== undefined && { zoneGroup }),
  };
}

/**
 * The terms of a launch that asks for the Spot market; undefined where it does not.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SpotMarketOptions.html
 *
 * @throws SpotMaxPriceTooLow, InvalidParameterValue, InvalidParameterCombination, UnsupportedOperation
 */
export function termsOfLaunch(
  { InstanceMarketOptions: market }: RunInstancesRequest,
  type: InstanceTypeInfo,
  nowMs: number,
): SpotTerms | undefined {
  if (!market) return undefined;
  const { MarketType, SpotOptions: options = {} } = market;
  if (MarketType !== 'spot') {
    if (MarketType === undefined) throw errors.missingParameter('MarketType');
    throw errors.unsupported(`Alacarte does not support the market type '${MarketType}' yet.`);
  }
  refuseMembers('SpotOptions', options, ['BlockDurationMinutes']);
  const terms = commonTerms({ ...options, Type: options.SpotInstanceType }, nowMs);
  if (terms.type === 'persistent' && terms.interruption === 'terminate') {
    throw errors.combination(
      'Persistent Spot Instance requests are only supported when the instance interruption behavior is either hibernate or stop.',
    );
  }
  if (terms.type === 'one-time' && options.ValidUntil) {
    throw errors.combination('ValidUntil is supported for persistent Spot requests only.');
  }
  const price = maxPrice(options.MaxPrice, type, 'MaxPrice');
  if (!isEnough(price, type)) throw spotErrors.priceTooLow(price, spotPrice(type));
  return { ...terms, price };
}

function commonTerms(asked: AskedTerms, nowMs: number): Omit<SpotTerms, 'price'> {
  const type = oneOf(['one-time', 'persistent'], asked.Type ?? 'one-time', 'SpotInstanceType');
  const interruption = oneOf(
    ['terminate', 'stop', 'hibernate'],
    asked.InstanceInterruptionBehavior ?? 'terminate',
    'InstanceInterruptionBehavior',
  );
  if (interruption === 'hibernate') {
    throw errors.unsupported('Alacarte does not hibernate instances.');
  }
  if (interruption === 'stop' && type === 'one-time') {
    throw errors.combination(
      "The interruption behavior 'stop' is supported for persistent Spot Instance requests only.",
    );
  }
  const validUntilMs = timeOf(asked.ValidUntil, 'validUntil', nowMs);
  return { type, interruption, ...(validUntilMs !== undefined && { validUntilMs }) };
}

function timeOf(given: Date | undefined, name: string, nowMs: number): number | undefined {
  if (given === undefined) return undefined;
  // A template keeps times as text.
  const ms = new Date(given).getTime();
  if (Number.isNaN(ms) || ms <= nowMs) {
    throw errors.invalidParameter(`The ${name} date must be in the future.`);
  }
  return ms;
}
