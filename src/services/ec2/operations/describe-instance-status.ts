import type { InstanceStatus } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { instanceStatus } from '../domain/instances/status.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import { realizationOf } from '../domain/machines/realization.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<InstanceStatus> = {
  'availability-zone': (status) => status.AvailabilityZone,
  'availability-zone-id': (status) => status.AvailabilityZoneId,
  'event.code': (status) => status.Events?.map((event) => event.Code),
  'event.description': (status) => status.Events?.map((event) => event.Description),
  'event.instance-event-id': (status) => status.Events?.map((event) => event.InstanceEventId),
  'event.not-after': (status) => status.Events?.map((event) => event.NotAfter),
  'event.not-before': (status) => status.Events?.map((event) => event.NotBefore),
  'event.not-before-deadline': (status) => status.Events?.map((event) => event.NotBeforeDeadline),
  'instance-state-code': (status) => status.InstanceState?.Code,
  'instance-state-name': (status) => status.InstanceState?.Name,
  'instance-status.reachability': (status) =>
    status.InstanceStatus?.Details?.map((each) => each.Status),
  'instance-status.status': (status) => status.InstanceStatus?.Status,
  'operator.managed': (status) => status.Operator?.Managed ?? false,
  'operator.principal': (status) => status.Operator?.Principal,
  'system-status.reachability': (status) =>
    status.SystemStatus?.Details?.map((each) => each.Status),
  'system-status.status': (status) => status.SystemStatus?.Status,
  'attached-ebs-status.status': (status) => status.AttachedEbsStatus?.Status,
};

export const describeInstanceStatus = operation(model.DescribeInstanceStatus, {
  async handle(input, scope: Ec2Scope) {
    const { instances, caller, compute, reachability } = scope;
    const recorded = await instances.list(caller);
    scope.realize(realizationOf(compute.driver, recorded));
    const reached = await reachability.of(recorded);
    const all = recorded.map((instance) => instanceStatus(instance, reached));
    const { found, NextToken } = select(all, input, {
      id: (status) => status.InstanceId,
      ids: { kind: kinds.instance, given: input.InstanceIds },
      filters,
      // Only running ones, unless all are asked for; a page holds none of the others.
      only: (status) =>
        input.IncludeAllInstances === true || status.InstanceState?.Name === 'running',
    });
    return { InstanceStatuses: found, NextToken };
  },
});
