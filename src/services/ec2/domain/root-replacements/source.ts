import type { CreateReplaceRootVolumeTaskRequest } from '@aws-sdk/client-ec2';
import type { Driver } from '../../../../compute/driver.ts';
import type { Ec2Scope } from '../../scope.ts';
import * as errors from '../../errors.ts';
import type { Instance } from '../instances/instance.ts';
import { checkBootable, checkLaunchable, chooseImage } from '../launch/choose-image.ts';
import { snapshotNotCompleted } from '../../snapshot-errors.ts';
import { checkRestored } from '../snapshots/tier.ts';
import type { RootSource } from './replacement.ts';

/**
 * What a request has a root volume begin as: a snapshot of one that the instance has had, an image, or
 * what the instance was launched with.
 *
 * @throws InvalidSnapshot.NotFound, InvalidAMIID.NotFound, InvalidParameterValue, UnsupportedOperation, …
 */
export async function sourceOf(
  input: CreateReplaceRootVolumeTaskRequest,
  instance: Instance,
  driver: Driver,
  scope: Ec2Scope,
): Promise<RootSource> {
  if (input.SnapshotId && input.ImageId) {
    throw errors.combination('The parameters SnapshotId and ImageId exclude one another');
  }
  if (input.SnapshotId) return ofSnapshot(input.SnapshotId, instance, scope);
  if (input.ImageId) return ofImage(input.ImageId, instance, driver, scope);
  const { imageKey, rootDisk } = instance;
  return { imageKey, gib: 0, ...(rootDisk !== undefined && { snapshotId: rootDisk }) };
}

async function ofSnapshot(id: string, instance: Instance, scope: Ec2Scope): Promise<RootSource> {
  const { caller, clock, snapshots, rootReplacements } = scope;
  const snapshot = await snapshots.find(id, caller);
  const { system, volumeId, state, gib } = snapshot;
  const earlier = (await rootReplacements.tasks.list(caller)).filter(
    ({ instanceId }) => instanceId === instance.id,
  );
  const roots = [...instance.volumes, ...earlier.map(({ replacedId }) => ({ id: replacedId }))];
  if (!system || !roots.some((root) => root.id === volumeId)) {
    throw errors.invalidParameter(
      `The snapshot ${id} was not created from the root volume of the instance ${instance.id}.`,
    );
  }
  if (state !== 'completed') throw snapshotNotCompleted(id, state);
  checkRestored(snapshot, clock.now());
  return { imageKey: system.imageKey, snapshotId: id, gib };
}

async function ofImage(
  id: string,
  instance: Instance,
  driver: Driver,
  scope: Ec2Scope,
): Promise<RootSource> {
  const { caller, invoke, images, settings } = scope;
  const found = await chooseImage(caller, invoke, id, images);
  await checkLaunchable(found, await settings.get(caller), scope);
  const { entry, image, root } = found;
  if (entry.architecture !== instance.architecture) {
    throw errors.invalidParameter(
      `The architecture '${entry.architecture}' of the image does not match the architecture '${instance.architecture}' of the instance.`,
    );
  }
  await checkBootable(found, driver);
  const disk = image.BlockDeviceMappings?.find((each) => each.DeviceName === image.RootDeviceName);
  return {
    imageKey: entry.key,
    ...(root && { snapshotId: root.snapshotId }),
    gib: disk?.Ebs?.VolumeSize ?? 0,
  };
}
