import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { monitoring } from '../domain/instances/monitoring.ts';
import { onInstances } from '../domain/instances/named.ts';
import type { Ec2Scope } from '../scope.ts';

/** Recorded only: there are no metrics of instances yet. */
export const monitorInstances = operation(model.MonitorInstances, {
  authorize: (input, { caller }: Ec2Scope) =>
    onInstances('MonitorInstances', input.InstanceIds, caller),
  async handle(input, scope) {
    scope.realize('recorded');
    return { InstanceMonitorings: await monitoring(input.InstanceIds, true, scope) };
  },
});
