import type { CreateFleetError } from '@aws-sdk/client-ec2';
import type { Instance } from '../instances/instance.ts';
import type { FleetEvent, FleetRecord } from './fleet.ts';

// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/manage-ec2-fleet.html#ec2-fleet-events

export function launches(fresh: readonly Instance[], atMs: number): FleetEvent[] {
  return fresh.map(({ id, instanceType, imageId, network }) => ({
    ...{ atMs, type: 'instance-change', subType: 'launched', instanceId: id },
    description: JSON.stringify({
      instanceType,
      image: imageId,
      productDescription: 'Linux/UNIX',
      availabilityZone: network.zone,
    }),
  }));
}

/** Instances whose end is not told yet. */
export function endings(
  { history = [] }: FleetRecord,
  all: readonly Instance[],
  nowMs: number,
): FleetEvent[] {
  const told = new Set(
    history.filter(({ subType }) => subType === 'terminated').map((each) => each.instanceId),
  );
  const standing = new Set(
    all
      .filter(({ state }) => state !== 'terminated' && state !== 'shutting-down')
      .map(({ id }) => id),
  );
  return history
    .filter(({ subType, instanceId = '' }) => {
      return subType === 'launched' && !standing.has(instanceId) && !told.has(instanceId);
    })
    .map(({ instanceId }) => ({
      ...{ atMs: nowMs, type: 'instance-change', subType: 'terminated', description: '' },
      ...(instanceId !== undefined && { instanceId }),
    }));
}

/** What no pool could do; what was told last is not told again. */
export function refusals(
  { history = [] }: FleetRecord,
  errors: readonly CreateFleetError[],
  atMs: number,
): FleetEvent[] {
  const last = history.slice(-errors.length).map(({ description }) => description);
  return errors
    .map(({ LaunchTemplateAndOverrides: pool, ErrorCode, ErrorMessage }): FleetEvent => {
      const { Overrides, LaunchTemplateSpecification: named } = pool ?? {};
      const where = [Overrides?.InstanceType, named?.LaunchTemplateId, named?.Version];
      return {
        ...{ atMs, type: 'service-error', subType: 'launchSpecTemporarilyBlacklisted' },
        description: `${where.filter(Boolean).join(', ')}: ${ErrorCode}: ${ErrorMessage}`,
      };
    })
    .filter(({ description }) => !last.includes(description));
}

/** That a fleet or its change has begun to take effect. */
export function stateChange({ state }: FleetRecord, atMs: number): FleetEvent {
  const subType = state === 'modifying' ? 'modify_succeeded' : 'active';
  return { atMs, type: 'fleet-change', subType, description: '' };
}

export function fleetChange(subType: string, atMs: number): FleetEvent {
  return { atMs, type: 'fleet-change', subType, description: '' };
}
