import type { CreateFleetRequest, FleetLaunchTemplateOverridesRequest } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import * as launchErrors from '../../launch-errors.ts';
import type { Ec2Scope } from '../../scope.ts';
import { instanceType } from '../instance-types/instance-types.ts';
import { templateData } from '../launch-templates/launch.ts';
import { oneOf } from '../launch/settings.ts';
import { refuseMembers } from '../not-built.ts';
import { onDemandPrice, spotPrice } from '../spot/price.ts';
import { targetsOf, type Lifecycle } from './targets.ts';

/** One way to launch a fleet's instances, in the order in which they are tried. */
export interface Pool {
  readonly templateId: string;
  readonly version: number;
  readonly overrides: FleetLaunchTemplateOverridesRequest;
  /** Undefined where the template chooses none either. */
  readonly type: string | undefined;
  /** How much of the target one instance meets. */
  readonly weight: number;
}

const MAX_OVERRIDES = 300;
const ON_DEMAND_STRATEGIES = ['lowest-price', 'prioritized'] as const;
const SPOT_STRATEGIES = [
  ...(['lowest-price', 'diversified', 'capacity-optimized'] as const),
  ...(['capacity-optimized-prioritized', 'price-capacity-optimized'] as const),
] as const;

/**
 * What AWS answers for `lowest-price`, and takes as well, whatever its model says: the provider of
 * Terraform expects it (`internal/service/ec2/ec2_fleet.go`).
 */
export const SHOWN_LOWEST_PRICE = 'lowestPrice';

/** How pools take turns; each strategy of a name is of one lifecycle or both. */
type Strategy = (typeof ON_DEMAND_STRATEGIES)[number] | (typeof SPOT_STRATEGIES)[number];

/**
 * Checks what a fleet asks for, but for its pools.
 *
 * @throws MissingParameter, InvalidParameterValue, InvalidParameterCombination, UnsupportedOperation
 */
export function checkFleet(input: CreateFleetRequest): void {
  oneOf(['instant', 'request', 'maintain'], input.Type ?? 'maintain', 'Type');
  const policy = input.ExcessCapacityTerminationPolicy ?? 'termination';
  oneOf(['termination', 'no-termination'], policy, 'ExcessCapacityTerminationPolicy');
  refuseMembers('CreateFleet', input, [
    ...(['Context', 'ReservedCapacityOptions', 'ValidFrom', 'ValidUntil'] as const),
  ]);
  const { OnDemandOptions = {}, SpotOptions = {} } = input;
  const limits = ['MaxTotalPrice', 'MinTargetCapacity', 'SingleInstanceType'] as const;
  refuseMembers('OnDemandOptions of CreateFleet', OnDemandOptions, [
    ...limits,
    ...(['SingleAvailabilityZone', 'CapacityReservationOptions'] as const),
  ]);
  refuseMembers('SpotOptions of CreateFleet', SpotOptions, [
    ...limits,
    ...(['SingleAvailabilityZone', 'MaintenanceStrategies'] as const),
  ]);
  if ((SpotOptions.InstanceInterruptionBehavior ?? 'terminate') !== 'terminate') {
    throw errors.unsupported(
      'Alacarte interrupts no Spot Instances of fleets, so it cannot stop them.',
    );
  }
  strategyOf(input, 'on-demand');
  const isCheapest = strategyOf(input, 'spot') === 'lowest-price';
  const { InstancePoolsToUseCount: poolCount } = SpotOptions;
  if (poolCount !== undefined && !isCheapest) throw launchErrors.poolsOfLowestPrice();
  if (poolCount !== undefined && poolCount < 1) {
    throw errors.invalidValue(poolCount, 'InstancePoolsToUseCount', 'At least 1 expected.');
  }
  const targets = targetsOf(input.TargetCapacitySpecification);
  if (targets['on-demand'] + targets.spot < 1) {
    throw errors.invalidValue(0, 'TotalTargetCapacity', 'At least 1 expected.');
  }
}

/** @throws InvalidParameterValue */
export function strategyOf(
  { OnDemandOptions, SpotOptions }: Pick<CreateFleetRequest, 'OnDemandOptions' | 'SpotOptions'>,
  lifecycle: Lifecycle,
): Strategy {
  const options = lifecycle === 'spot' ? SpotOptions : OnDemandOptions;
  const asked: string = options?.AllocationStrategy ?? 'lowest-price';
  const name = asked === SHOWN_LOWEST_PRICE ? 'lowest-price' : asked;
  const known = lifecycle === 'spot' ? SPOT_STRATEGIES : ON_DEMAND_STRATEGIES;
  return oneOf<Strategy>(known, name, 'AllocationStrategy');
}

/**
 * The ways to launch, as the request lists them.
 *
 * @throws what names no template or version, MissingParameter, InvalidParameterValue
 */
export async function poolsOf(
  { LaunchTemplateConfigs = [] }: Pick<CreateFleetRequest, 'LaunchTemplateConfigs'>,
  scope: Ec2Scope,
): Promise<Pool[]> {
  if (LaunchTemplateConfigs.length === 0) throw errors.missingParameter('LaunchTemplateConfigs');
  const count = LaunchTemplateConfigs.reduce((sum, each) => sum + (each.Overrides?.length ?? 0), 0);
  if (count > MAX_OVERRIDES) {
    throw errors.invalidParameter(`A fleet has at most ${MAX_OVERRIDES} overrides.`);
  }
  const pools: Pool[] = [];
  for (const { LaunchTemplateSpecification: named, Overrides = [{}] } of LaunchTemplateConfigs) {
    if (!named) throw errors.missingParameter('LaunchTemplateSpecification');
    if (!named.Version) throw errors.missingParameter('LaunchTemplateSpecification.Version');
    const { id, number, data } = await templateData(named, scope);
    for (const overrides of Overrides) {
      refuseMembers('Overrides of CreateFleet', overrides, ['InstanceRequirements']);
      const { WeightedCapacity: weight = 1 } = overrides;
      if (weight <= 0) throw errors.invalidValue(weight, 'WeightedCapacity', 'It must be above 0.');
      const type = overrides.InstanceType ?? data.InstanceType;
      pools.push({ templateId: id, version: number, overrides, type, weight });
    }
  }
  return pools;
}

/** Over how many of so many pools the capacity is spread evenly; what is left goes on to the next. */
export function spreadOver(
  { SpotOptions }: Pick<CreateFleetRequest, 'SpotOptions'>,
  strategy: Strategy,
  lifecycle: Lifecycle,
  count: number,
): number {
  if (strategy === 'diversified') return count;
  return lifecycle === 'spot' ? Math.min(count, SpotOptions?.InstancePoolsToUseCount ?? 1) : 1;
}

/** The pools in the order in which a strategy tries them; those that it has no opinion of stay as they are. */
export function inOrder(pools: readonly Pool[], strategy: Strategy, lifecycle: Lifecycle): Pool[] {
  const rank = {
    'lowest-price': (pool: Pool) => priceOf(pool, lifecycle),
    'price-capacity-optimized': (pool: Pool) => priceOf(pool, lifecycle),
    prioritized: priority,
    'capacity-optimized-prioritized': priority,
    // All are on this host, which has room for all alike.
    'capacity-optimized': () => 0,
    diversified: () => 0,
  }[strategy];
  return pools.toSorted((a, b) => (rank(a) < rank(b) ? -1 : Number(rank(a) > rank(b))));
}

function priority({ overrides }: Pool): number {
  return overrides.Priority ?? Infinity;
}

/** Dollars an hour for each unit of the target. */
function priceOf({ type, weight }: Pool, lifecycle: Lifecycle): number {
  const info = type === undefined ? undefined : instanceType(type);
  if (!info) return Infinity;
  return Number(lifecycle === 'spot' ? spotPrice(info) : onDemandPrice(info)) / weight;
}
