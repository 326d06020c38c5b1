import type { Ids } from '../../../../kernel/ids.ts';
import type { AttachedVolume, Instance } from '../instances/instance.ts';
import { performance, type Volume } from '../volumes/volume.ts';
import type { LaunchPlan } from './plan.ts';
import type { VolumePlan } from './volumes.ts';

/** The root volume is part of the instance, the others are volumes of their own. */
export function volumesAtLaunch(
  { volumes, image }: LaunchPlan,
  nowMs: number,
  ids: Ids,
): Pick<Instance, 'volumes' | 'attached'> {
  const isRoot = ({ deviceName }: VolumePlan) => deviceName === image.image.RootDeviceName;
  const others = volumes.filter((plan) => !isRoot(plan));
  const attached = others.map(({ deviceName, deleteOnTermination }): AttachedVolume => ({
    volumeId: ids.resource('vol'),
    device: deviceName,
    state: 'attaching',
    atMs: nowMs,
    deleteOnTermination,
  }));
  return {
    volumes: volumes.filter(isRoot).map((plan) => ({
      ...performance(plan),
      deviceName: plan.deviceName,
      encrypted: plan.encrypted,
      ...(plan.snapshotId !== undefined && { snapshotId: plan.snapshotId }),
      ...(!plan.deleteOnTermination && { deleteOnTermination: false }),
      id: ids.resource('vol'),
      createdAtMs: nowMs,
    })),
    ...(attached.length > 0 && { attached }),
  };
}

/** The volumes that are launched with an instance beside its root volume, from their plans. */
export function volumesOf(
  { account, region, id: instanceId, network, attached = [] }: Instance,
  plans: readonly VolumePlan[],
): Volume[] {
  return attached.map(({ volumeId, ...attachment }): Volume => {
    const plan = plans.find(({ deviceName }) => deviceName === attachment.device)!;
    return {
      ...{ account, region, id: volumeId },
      zone: network.zone,
      zoneId: network.zoneId,
      ...performance(plan),
      encrypted: plan.encrypted,
      ...(plan.snapshotId !== undefined && { snapshotId: plan.snapshotId }),
      ...(plan.system && { system: plan.system }),
      createdAtMs: network.attachedAtMs,
      state: 'in-use',
      attachment: { instanceId, ...attachment },
    };
  });
}

export function volumeIdsOf({ volumes, attached = [] }: Instance): string[] {
  return [...volumes.map(({ id }) => id), ...attached.map(({ volumeId }) => volumeId)];
}
