import type { InstanceStatus, InstanceStatusSummary } from '@aws-sdk/client-ec2';
import type { Instance } from './instance.ts';
import { wireState } from './states.ts';

/** The status checks of one instance: the system's passes while its machine runs, its own once it is reached. */
export function instanceStatus(instance: Instance, reached: ReadonlySet<string>): InstanceStatus {
  const running = instance.state === 'running';
  const systemCheck = check(running ? 'passed' : undefined);
  return {
    InstanceId: instance.id,
    AvailabilityZone: instance.network.zone,
    AvailabilityZoneId: instance.network.zoneId,
    InstanceState: wireState(instance.state),
    InstanceStatus: check(
      running ? (reached.has(instance.id) ? 'passed' : 'initializing') : undefined,
    ),
    SystemStatus: systemCheck,
    AttachedEbsStatus: systemCheck,
    Events: [],
    Operator: { Managed: false },
  };
}

/** Undefined for what cannot be checked: an instance that does not run. */
function check(status: 'passed' | 'initializing' | undefined): InstanceStatusSummary {
  if (status === undefined) return { Status: 'not-applicable', Details: [] };
  return {
    Status: status === 'passed' ? 'ok' : 'initializing',
    Details: [{ Name: 'reachability', Status: status }],
  };
}
