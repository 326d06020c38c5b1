import type { InstanceStatus, InstanceStatusSummary } from '@aws-sdk/client-ec2';
import type { Instance } from './instance.ts';
import { wireState } from './states.ts';

/** The status checks of one instance: they pass while its machine runs. */
export function instanceStatus(instance: Instance): InstanceStatus {
  const running = instance.state === 'running';
  const check: InstanceStatusSummary = running
    ? { Status: 'ok', Details: [{ Name: 'reachability', Status: 'passed' }] }
    : { Status: instance.state === 'pending' ? 'initializing' : 'not-applicable', Details: [] };
  return {
    InstanceId: instance.id,
    AvailabilityZone: instance.network.zone,
    AvailabilityZoneId: instance.network.zoneId,
    InstanceState: wireState(instance.state),
    InstanceStatus: check,
    SystemStatus: check,
    AttachedEbsStatus: check,
    Events: [],
    Operator: { Managed: false },
  };
}
