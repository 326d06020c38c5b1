import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeFleetInstances.html */
export const describeFleetInstances = operation(model.DescribeFleetInstances, {
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('DescribeFleetInstances', kinds.fleet, input.FleetId, caller),
  async handle(input, { caller, fleets }) {
    if (!input.FleetId) throw errors.missingParameter('FleetId');
    await fleets.find(caller, input.FleetId);
    throw errors.unsupported(
      'DescribeFleetInstances does not support fleets of type instant. Use DescribeFleets, specifying the fleet ID.',
    );
  },
});
