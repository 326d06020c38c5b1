import type {
  CreateFleetError,
  CreateFleetInstance,
  RunInstancesRequest,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../../../../kernel/aws-error.ts';
import * as errors from '../../errors.ts';
import type { Ec2Scope } from '../../scope.ts';
import { withTemplate } from '../launch-templates/launch.ts';
import { placeOrder } from '../launch/order.ts';
import { planLaunch } from '../launch/plan.ts';
import type { FleetOutcome, FleetRecord } from './fleet.ts';
import type { Pool } from './request.ts';

const MAX_INSTANCES_A_LAUNCH = 1000;

/**
 * Launches until the target is met or no pool is left. Each launch has a token of its own, so that
 * a repeated request finds what a cut off one had launched.
 */
export async function launchFleet(
  { id }: FleetRecord,
  target: number,
  pools: readonly Pool[],
  scope: Ec2Scope,
): Promise<FleetOutcome> {
  const instances: CreateFleetInstance[] = [];
  const failures: CreateFleetError[] = [];
  let fulfilled = 0;
  for (const [at, pool] of pools.entries()) {
    if (fulfilled >= target) break;
    const count = Math.min(Math.ceil((target - fulfilled) / pool.weight), MAX_INSTANCES_A_LAUNCH);
    const LaunchTemplateAndOverrides = {
      LaunchTemplateSpecification: {
        LaunchTemplateId: pool.templateId,
        Version: String(pool.version),
      },
      Overrides: pool.overrides,
    };
    const shared = { LaunchTemplateAndOverrides, Lifecycle: 'on-demand' as const };
    try {
      const launched = await launchPool(pool, count, { fleetId: id, token: `${id}-${at}` }, scope);
      fulfilled += launched.length * pool.weight;
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
  return { instances, errors: failures, fulfilled };
}

/** As many as there is room for, up to `count`. */
async function launchPool(
  pool: Pool,
  count: number,
  { fleetId, token }: { readonly fleetId: string; readonly token: string },
  scope: Ec2Scope,
) {
  const asked = requestOf(pool, count);
  const { request, marks } = await withTemplate(asked, scope);
  if (request.InstanceMarketOptions) {
    throw errors.unsupported('Alacarte does not support Spot capacity in CreateFleet yet.');
  }
  const plan = await planLaunch(request, { ...marks, 'aws:ec2:fleet-id': fleetId }, scope);
  return placeOrder(plan, { token, request: pool }, scope);
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
