import type { InstanceTopology } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

const MAX_NAMED = 100;

const filters: Filters<InstanceTopology> = {
  'availability-zone': (each) => each.AvailabilityZone,
  'instance-type': (each) => each.InstanceType,
  'zone-id': (each) => each.ZoneId,
};

/** No type that is offered here is one of which AWS tells network nodes. */
export const describeInstanceTopology = operation(model.DescribeInstanceTopology, {
  recorded: true,
  async handle(input, { caller, instances }: Ec2Scope) {
    const { InstanceIds = [], GroupNames = [] } = input;
    if (InstanceIds.length > MAX_NAMED || GroupNames.length > MAX_NAMED) {
      throw errors.invalidParameter(`At most ${MAX_NAMED} instances or groups can be named.`);
    }
    const all = (await instances.list(caller))
      .filter(({ state }) => state !== 'terminated')
      .map(({ id, instanceType, placement, network }) => ({
        InstanceId: id,
        InstanceType: instanceType,
        ...(placement && { GroupName: placement.groupName }),
        NetworkNodes: [],
        AvailabilityZone: network.zone,
        ZoneId: network.zoneId,
      }));
    const { found, NextToken } = select<InstanceTopology>(all, input, {
      id: ({ InstanceId }) => InstanceId,
      ids: { kind: kinds.instance, given: InstanceIds },
      only: ({ GroupName }) => GroupNames.length === 0 || GroupNames.includes(GroupName ?? ''),
      filters,
      page: { min: 1, max: 100 },
    });
    return { Instances: found, NextToken };
  },
});
