import type { CreateFleetRequest, FleetLaunchTemplateOverridesRequest } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import type { Ec2Scope } from '../../scope.ts';
import { templateData } from '../launch-templates/launch.ts';
import { refuseMembers } from '../not-built.ts';

/** One way to launch a fleet's instances, in the order in which they are tried. */
export interface Pool {
  readonly templateId: string;
  readonly version: number;
  readonly overrides: FleetLaunchTemplateOverridesRequest;
  /** How much of the target one instance meets. */
  readonly weight: number;
}

const MAX_TARGET = 10_000;
const MAX_OVERRIDES = 300;

/**
 * How much a fleet shall launch on demand.
 *
 * @throws MissingParameter, InvalidParameterValue, InvalidParameterCombination, UnsupportedOperation
 */
export function checkFleet(input: CreateFleetRequest): number {
  if (input.Type !== 'instant') {
    throw errors.unsupported(
      `Alacarte does not support fleets of the type ${input.Type ?? 'maintain'} in CreateFleet yet, only instant.`,
    );
  }
  refuseMembers('CreateFleet', input, [
    ...(['Context', 'ReservedCapacityOptions', 'ValidFrom', 'ValidUntil'] as const),
  ]);
  refuseMembers('OnDemandOptions of CreateFleet', input.OnDemandOptions ?? {}, [
    ...(['CapacityReservationOptions', 'MaxTotalPrice', 'MinTargetCapacity'] as const),
    ...(['SingleAvailabilityZone', 'SingleInstanceType'] as const),
  ]);
  const target = input.TargetCapacitySpecification;
  if (target?.TotalTargetCapacity === undefined) {
    throw errors.missingParameter('TargetCapacitySpecification.TotalTargetCapacity');
  }
  refuseMembers('TargetCapacitySpecification of CreateFleet', target, ['TargetCapacityUnitType']);
  const { TotalTargetCapacity: total, DefaultTargetCapacityType = 'spot' } = target;
  if (total < 1 || total > MAX_TARGET) {
    throw errors.invalidValue(
      total,
      'TotalTargetCapacity',
      `Between 1 and ${MAX_TARGET} expected.`,
    );
  }
  const spot = target.SpotTargetCapacity ?? 0;
  const onDemand =
    target.OnDemandTargetCapacity ?? (DefaultTargetCapacityType === 'on-demand' ? total - spot : 0);
  if (onDemand < 0 || spot < 0 || onDemand + spot > total) {
    throw errors.combination(
      'The sum of OnDemandTargetCapacity and SpotTargetCapacity must not exceed TotalTargetCapacity.',
    );
  }
  if (onDemand < total && (spot > 0 || DefaultTargetCapacityType !== 'on-demand')) {
    throw errors.unsupported('Alacarte does not support Spot capacity in CreateFleet yet.');
  }
  return total;
}

/**
 * The ways to launch, as the request orders them: there are no prices, so the lowest price is each one's.
 *
 * @throws what names no template or version, MissingParameter, InvalidParameterValue
 */
export async function poolsOf(input: CreateFleetRequest, scope: Ec2Scope): Promise<Pool[]> {
  const { LaunchTemplateConfigs = [] } = input;
  if (LaunchTemplateConfigs.length === 0) throw errors.missingParameter('LaunchTemplateConfigs');
  const count = LaunchTemplateConfigs.reduce((sum, each) => sum + (each.Overrides?.length ?? 0), 0);
  if (count > MAX_OVERRIDES) {
    throw errors.invalidParameter(`A fleet has at most ${MAX_OVERRIDES} overrides.`);
  }
  const pools: Pool[] = [];
  for (const { LaunchTemplateSpecification: named, Overrides = [{}] } of LaunchTemplateConfigs) {
    if (!named) throw errors.missingParameter('LaunchTemplateSpecification');
    if (!named.Version) throw errors.missingParameter('LaunchTemplateSpecification.Version');
    const { id, number } = await templateData(named, scope);
    for (const overrides of Overrides) {
      refuseMembers('Overrides of CreateFleet', overrides, ['InstanceRequirements']);
      const { WeightedCapacity: weight = 1 } = overrides;
      if (weight <= 0) throw errors.invalidValue(weight, 'WeightedCapacity', 'It must be above 0.');
      pools.push({ templateId: id, version: number, overrides, weight });
    }
  }
  if (input.OnDemandOptions?.AllocationStrategy !== 'prioritized') return pools;
  const priority = ({ overrides }: Pool) => overrides.Priority ?? Infinity;
  return pools.toSorted((a, b) =>
    priority(a) < priority(b) ? -1 : Number(priority(a) > priority(b)),
  );
}
