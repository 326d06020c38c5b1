import type {
  CreateFleetError,
  CreateFleetInstance,
  RunInstancesRequest,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../../../../kernel/aws-error.ts';
import * as errors from '../../errors.ts';
import type { Ec2Scope } from '../../scope.ts';
import type { Instance } from '../instances/instance.ts';
import { withTemplate } from '../launch-templates/launch.ts';
import { placeOrder } from '../launch/order.ts';
import { planLaunch } from '../launch/plan.ts';
import type { FleetRecord } from './fleet.ts';
import { inOrder, poolsOf, spreadOver, strategyOf, type Pool } from './request.ts';
import type { Lifecycle } from './targets.ts';

/** What came of launches. */
export interface Launched {
  readonly instances: readonly CreateFleetInstance[];
  readonly errors: readonly CreateFleetError[];
  readonly fresh: readonly Instance[];
  /** In the units of the fleet's target. */
  readonly fulfilled: number;
}

const MAX_INSTANCES_A_LAUNCH = 1000;

/**
 * Launches until the target is met or no pool is left.
 *
 * @param isRepeatable whether each launch has a token of its own, so that a repeated request finds
 * what a cut off one had launched
 */
export async function launchFleet(
  { id, request }: FleetRecord,
  lifecycle: Lifecycle,
  target: number,
  isRepeatable: boolean,
  scope: Ec2Scope,
): Promise<Launched> {
  const instances: CreateFleetInstance[] = [];
  const failures: CreateFleetError[] = [];
  const fresh: Instance[] = [];
  let fulfilled = 0;
  const strategy = strategyOf(request, lifecycle);
  const pools = inOrder(await poolsOf(request, scope), strategy, lifecycle);
  const spread = spreadOver(request, strategy, lifecycle, pools.length);
  for (const [at, pool] of pools.entries()) {
    if (fulfilled >= target) break;
    const share = Math.max(1, spread - at);
    const wanted = Math.ceil((target - fulfilled) / share / pool.weight);
    const shared = { LaunchTemplateAndOverrides: shownPool(pool), Lifecycle: lifecycle };
    try {
      const order = { fleetId: id, lifecycle, count: Math.min(wanted, MAX_INSTANCES_A_LAUNCH) };
      const token = isRepeatable ? `${id}-${lifecycle}-${at}` : undefined;
      const launched = await launchPool(pool, order, token, scope);
      fulfilled += launched.length * pool.weight;
      fresh.push(...launched);
      instances.push({
        ...shared,
        InstanceIds: launched.map((instance) => instance.id),
        InstanceType: launched[0]?.instanceType as CreateFleetInstance['InstanceType'],
      });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failures.push({ ...shared, ErrorCode: error.code, ErrorMessage: error.message });
    }
  }
  return { instances, errors: failures, fresh, fulfilled };
}

interface PoolOrder {
  readonly fleetId: string;
  readonly lifecycle: Lifecycle;
  readonly count: number;
}

/** As many as there is room for, up to `count`. */
async function launchPool(
  pool: Pool,
  { fleetId, lifecycle, count }: PoolOrder,
  token: string | undefined,
  scope: Ec2Scope,
): Promise<Instance[]> {
  const { request, marks } = await withTemplate(requestOf(pool, count), scope);
  if (request.InstanceMarketOptions) {
    throw errors.combination(
      'The launch template of a fleet cannot specify InstanceMarketOptions: the fleet does.',
    );
  }
  const { MaxPrice } = pool.overrides;
  const spot = { MarketType: 'spot', SpotOptions: { MaxPrice } } as const;
  const asked = { ...request, ...(lifecycle === 'spot' && { InstanceMarketOptions: spot }) };
  const plan = await planLaunch(asked, { ...marks, 'aws:ec2:fleet-id': fleetId }, scope);
  const fleet = { id: fleetId, weight: pool.weight };
  const idempotency = token === undefined ? undefined : { token, request: pool };
  return placeOrder({ ...plan, fleet }, idempotency, scope);
}

function shownPool({ templateId, version, overrides }: Pool) {
  const named = { LaunchTemplateId: templateId, Version: String(version) };
  return { LaunchTemplateSpecification: named, Overrides: overrides };
}

function requestOf({ templateId, version, overrides }: Pool, count: number): RunInstancesRequest {
  const { InstanceType, ImageId, KeyName, SubnetId, BlockDeviceMappings } = overrides;
  const { Placement, AvailabilityZone, MetadataOptions, IamInstanceProfile } = overrides;
  return {
    ...{ MinCount: 1, MaxCount: count, InstanceType, ImageId, KeyName, SubnetId },
    LaunchTemplate: { LaunchTemplateId: templateId, Version: String(version) },
    BlockDeviceMappings,
    MetadataOptions,
    IamInstanceProfile,
    ...((Placement || AvailabilityZone) && {
      Placement: { ...Placement, ...(AvailabilityZone && { AvailabilityZone }) },
    }),
  };
}
