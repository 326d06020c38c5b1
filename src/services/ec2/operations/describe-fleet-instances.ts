import type { ActiveInstance } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { isInstant, membersOf } from '../domain/fleets/fleet.ts';
import { realizationOf } from '../domain/machines/realization.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<ActiveInstance> = { 'instance-type': (each) => each.InstanceType };

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeFleetInstances.html */
export const describeFleetInstances = operation(model.DescribeFleetInstances, {
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('DescribeFleetInstances', kinds.fleet, input.FleetId, caller),
  async handle({ FleetId, ...input }, { caller, fleets, instances, realize, compute }) {
    if (!FleetId) throw errors.missingParameter('FleetId');
    const fleet = await fleets.find(caller, FleetId);
    if (isInstant(fleet)) {
      throw errors.unsupported(
        'DescribeFleetInstances does not support fleets of type instant. Use DescribeFleets, specifying the fleet ID.',
      );
    }
    const { active } = membersOf(fleet, await instances.list(caller));
    realize(realizationOf(compute.driver, active));
    const all = active.map(({ id, instanceType, spot }): ActiveInstance => ({
      ...{ InstanceId: id, InstanceType: instanceType, InstanceHealth: 'healthy' },
      ...(spot && { SpotInstanceRequestId: spot.requestId }),
    }));
    const { found, NextToken } = select(all, input, {
      id: (each) => each.InstanceId,
      filters,
      page: { min: 1, max: 1000 },
    });
    return { FleetId, ActiveInstances: found, NextToken };
  },
});
