import { Derived } from '../../../../kernel/derived.ts';
import type { Instance, InstanceVolume } from '../instances/instance.ts';
import { performance, type Attachment, type Volume } from './volume.ts';

/**
 * The root volume of an instance as a volume like others; none where it was detached, or went with the
 * instance. It is recorded with the instance, so that a launch writes one record.
 */
export function rootVolumeOf(instance: Instance): Volume | undefined {
  const [root] = instance.volumes;
  if (!root || instance.state === 'terminated') return undefined;
  return roots.of(instance, [], () => makeRoot(instance, root));
}

const roots = new Derived<Instance, Volume>();

/** Whether it is to be there when its instance is not. */
export function outlasts({ deleteOnTermination, moving }: InstanceVolume): boolean {
  return deleteOnTermination === false || moving === 'detaching';
}

function makeRoot(instance: Instance, root: InstanceVolume): Volume {
  const { account, region, id: instanceId, network } = instance;
  const { deviceName, attachedAtMs, deleteOnTermination = true, moving, ...volume } = root;
  return {
    ...{ account, region, ...volume },
    ...{ zone: network.zone, zoneId: network.zoneId },
    state: 'in-use',
    attachment: {
      ...{ instanceId, device: deviceName, deleteOnTermination, isRoot: true },
      state: moving ?? settledState(instance),
      atMs: attachedAtMs ?? root.createdAtMs,
    },
  };
}

/**
 * The instance with another volume in the place of this one, by which its root volume is recorded: none
 * where it is no root volume any more. What boots from that is the volume's to say.
 */
export function withRootVolume(
  instance: Instance,
  id: string,
  volume: Volume | undefined,
): Instance {
  const { attachment } = volume ?? {};
  const others = instance.volumes.filter((each) => each.id !== id);
  if (!volume || !attachment?.isRoot) return { ...instance, volumes: others };
  return {
    ...instance,
    ...(volume.system && { imageKey: volume.system.imageKey }),
    volumes: [...others, recorded(volume, attachment, instance)],
  };
}

function recorded(volume: Volume, attachment: Attachment, instance: Instance): InstanceVolume {
  const { id, encrypted, snapshotId, createdAtMs, modification, autoEnableIo } = volume;
  const { device, state, atMs, deleteOnTermination } = attachment;
  return {
    ...performance(volume),
    ...{ id, encrypted, createdAtMs, deviceName: device },
    ...(snapshotId !== undefined && { snapshotId }),
    ...(atMs !== createdAtMs && { attachedAtMs: atMs }),
    ...(!deleteOnTermination && { deleteOnTermination }),
    ...(state !== settledState(instance) && state !== 'attached' && { moving: state }),
    ...(modification && { modification }),
    ...(autoEnableIo !== undefined && { autoEnableIo }),
  };
}

/** What its attachment is where nobody attaches or detaches it. */
function settledState({ state }: Instance): 'attaching' | 'attached' {
  return state === 'pending' ? 'attaching' : 'attached';
}
