import type { ModifyInstanceAttributeRequest } from '@aws-sdk/client-ec2';
import type { Ec2Scope } from '../../scope.ts';
import * as errors from '../../errors.ts';
import { checkKeepsRoots } from '../volumes/device.ts';
import { rootVolumeOf } from '../volumes/root-volume.ts';
import type { Volume } from '../volumes/volume.ts';
import type { Instance } from './instance.ts';

/**
 * Whether volumes go with their instance, which is what can be changed of its block devices.
 *
 * @throws InvalidInstanceAttributeValue, InvalidParameterCombination, UnsupportedOperation
 */
export async function changeDevices(
  instance: Instance,
  request: ModifyInstanceAttributeRequest,
  { volumes, compute }: Ec2Scope,
): Promise<void> {
  const { BlockDeviceMappings = [], InstanceId: _, DryRun: __, ...others } = request;
  if (Object.values(others).some((each) => each !== undefined)) {
    throw errors.combination('Fields for multiple attribute types specified');
  }
  const asked = BlockDeviceMappings.map(({ DeviceName = '', Ebs }) => {
    const volumeId = volumeAt(instance, DeviceName);
    if (volumeId === undefined || (Ebs?.VolumeId ?? volumeId) !== volumeId) {
      throw errors.invalidAttributeValue(`No device is currently mapped at ${DeviceName}`);
    }
    if (rootVolumeOf(instance)?.id === volumeId && Ebs?.DeleteOnTermination === false) {
      checkKeepsRoots(compute.of(instance.driver));
    }
    return { volumeId, deleteOnTermination: Ebs?.DeleteOnTermination };
  });
  for (const { volumeId, deleteOnTermination } of asked) {
    if (deleteOnTermination === undefined) continue;
    const going = (volume: Volume | undefined) =>
      volume?.attachment?.instanceId === instance.id
        ? { ...volume, attachment: { ...volume.attachment, deleteOnTermination } }
        : volume;
    await volumes.change({ ...instance, id: volumeId }, going);
  }
}

function volumeAt(instance: Instance, device: string): string | undefined {
  const root = rootVolumeOf(instance);
  if (root?.attachment?.device === device) return root.id;
  return instance.attached?.find((each) => each.device === device)?.volumeId;
}
