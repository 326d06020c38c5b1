import type {
  CreateFleetError,
  CreateFleetInstance,
  CreateFleetRequest,
  FleetData,
  FleetEventType,
  FleetStateCode,
} from '@aws-sdk/client-ec2';
import type { Instance } from '../instances/instance.ts';
import type { Place } from '../place.ts';
import { SHOWN_LOWEST_PRICE, strategyOf } from './request.ts';
import { targetsOf, type Capacity, type Lifecycle } from './targets.ts';

/** A fleet with what came of it. Times are milliseconds since the epoch. */
export interface FleetRecord extends Place {
  readonly id: string;
  readonly createdAtMs: number;
  readonly clientToken?: string;
  readonly state: FleetStateCode;
  readonly deletedAtMs?: number;
  readonly request: Omit<CreateFleetRequest, 'DryRun' | 'ClientToken' | 'TagSpecifications'>;
  /** Of an instant fleet, once its launches are done. */
  readonly outcome?: FleetOutcome;
  /** Of the type request: whether it once had all that it asked for, which is the end of it. */
  readonly isPlaced?: boolean;
  readonly history?: readonly FleetEvent[];
}

export interface FleetOutcome {
  readonly instances: readonly CreateFleetInstance[];
  readonly errors: readonly CreateFleetError[];
  readonly fulfilled: Capacity;
}

export interface FleetEvent {
  readonly atMs: number;
  readonly type: FleetEventType;
  readonly subType: string;
  readonly description: string;
  readonly instanceId?: string;
}

/** Deleted fleets are shown for two days. */
const DELETED_VISIBLE_MS = 48 * 3_600_000;
const MAX_EVENTS = 1000;

export function isInstant({ request }: FleetRecord): boolean {
  return request.Type === 'instant';
}

export function isDeleted({ deletedAtMs }: FleetRecord): boolean {
  return deletedAtMs !== undefined;
}

export function isVisible({ deletedAtMs }: FleetRecord, nowMs: number): boolean {
  return deletedAtMs === undefined || nowMs < deletedAtMs + DELETED_VISIBLE_MS;
}

/** Its instances that are not terminated, and of these the ones that count. */
export function membersOf({ id }: FleetRecord, all: readonly Instance[]) {
  const standing = all.filter(({ fleet, state }) => fleet?.id === id && state !== 'terminated');
  const active = standing.filter(({ state }) => state === 'pending' || state === 'running');
  return { standing, active };
}

/** What instances make up, in the units of their fleet's target. */
export function capacityOf(active: readonly Instance[]): Capacity {
  const sum = (lifecycle: Lifecycle) =>
    active
      .filter((each) => lifecycleOf(each) === lifecycle)
      .reduce((total, { fleet }) => total + (fleet?.weight ?? 0), 0);
  return { 'on-demand': sum('on-demand'), spot: sum('spot') };
}

export function lifecycleOf({ spot }: Instance): Lifecycle {
  return spot ? 'spot' : 'on-demand';
}

/** A fleet's history with further events; the oldest go where there are too many. */
export function withEvents(
  { history = [] }: FleetRecord,
  events: readonly FleetEvent[],
): readonly FleetEvent[] {
  return [...history, ...events].slice(-MAX_EVENTS);
}

/** A fleet as DescribeFleets shows it, without tags. */
export function wireFleet(fleet: FleetRecord, all: readonly Instance[]): FleetData {
  const { id, createdAtMs, clientToken, request, outcome } = fleet;
  const { LaunchTemplateConfigs, OnDemandOptions, SpotOptions } = request;
  const { standing, active } = membersOf(fleet, all);
  const fulfilled = isInstant(fleet) ? outcome?.fulfilled : capacityOf(active);
  const { 'on-demand': onDemand = 0, spot = 0 } = fulfilled ?? {};
  return {
    FleetId: id,
    FleetState: isDeleted(fleet) && standing.length === 0 ? 'deleted' : fleet.state,
    CreateTime: new Date(createdAtMs),
    Type: request.Type ?? 'maintain',
    ActivityStatus: activityOf(fleet, { 'on-demand': onDemand, spot }),
    ...(clientToken !== undefined && { ClientToken: clientToken }),
    ExcessCapacityTerminationPolicy: request.ExcessCapacityTerminationPolicy ?? 'termination',
    TerminateInstancesWithExpiration: request.TerminateInstancesWithExpiration ?? false,
    ReplaceUnhealthyInstances: request.ReplaceUnhealthyInstances ?? false,
    FulfilledCapacity: onDemand + spot,
    FulfilledOnDemandCapacity: onDemand,
    TargetCapacitySpecification: shownTargets(fleet),
    LaunchTemplateConfigs,
    OnDemandOptions: { ...OnDemandOptions, ...shownStrategy(OnDemandOptions) },
    SpotOptions: {
      InstanceInterruptionBehavior: 'terminate',
      ...(strategyOf(request, 'spot') === 'lowest-price' && { InstancePoolsToUseCount: 1 }),
      ...{ ...SpotOptions, ...shownStrategy(SpotOptions) },
    },
    ...(isInstant(fleet) && {
      Instances: [...(outcome?.instances ?? [])],
      Errors: [...(outcome?.errors ?? [])],
    }),
  };
}

function shownStrategy<Strategy extends string>({
  AllocationStrategy = 'lowest-price' as Strategy,
}: { AllocationStrategy?: Strategy | undefined } = {}) {
  const shown = AllocationStrategy === 'lowest-price' ? SHOWN_LOWEST_PRICE : AllocationStrategy;
  return { AllocationStrategy: shown as Strategy };
}

function shownTargets({ request }: FleetRecord): FleetData['TargetCapacitySpecification'] {
  const targets = targetsOf(request.TargetCapacitySpecification);
  return {
    DefaultTargetCapacityType:
      request.TargetCapacitySpecification?.DefaultTargetCapacityType ?? 'spot',
    TotalTargetCapacity: targets['on-demand'] + targets.spot,
    OnDemandTargetCapacity: targets['on-demand'],
    SpotTargetCapacity: targets.spot,
  };
}

function activityOf(fleet: FleetRecord, fulfilled: Capacity): FleetData['ActivityStatus'] {
  if (isInstant(fleet))
    return fleet.outcome && fleet.outcome.errors.length > 0 ? 'error' : 'fulfilled';
  if (fleet.state === 'deleted_terminating') return 'pending_termination';
  const targets = targetsOf(fleet.request.TargetCapacitySpecification);
  const isMet = fulfilled.spot >= targets.spot && fulfilled['on-demand'] >= targets['on-demand'];
  if (isMet || fleet.isPlaced) return 'fulfilled';
  return fleet.history?.at(-1)?.type === 'service-error' ? 'error' : 'pending_fulfillment';
}
