import type { BlockDeviceMapping, Image } from '@aws-sdk/client-ec2';
import type { Compute } from '../../../../compute/compute.ts';
import type { Driver } from '../../../../compute/driver.ts';
import { AwsError } from '../../../../kernel/aws-error.ts';
import * as errors from '../../errors.ts';
import type { AccountSettings } from '../account-settings.ts';
import type { Snapshot, System } from '../snapshots/snapshot.ts';
import { checkUsable } from '../snapshots/usable.ts';
import { checkDevice, checkKeepsRoots, checkTakesVolumes } from '../volumes/device.ts';
import { performanceOf } from '../volumes/performance.ts';
import type { Performance } from '../volumes/volume.ts';

/** A disk that a launch makes for each of its instances. */
export interface VolumePlan extends Performance {
  readonly deviceName: string;
  readonly deleteOnTermination: boolean;
  readonly encrypted: boolean;
  readonly snapshotId?: string;
  /** What a volume has that is made of a root disk's snapshot. */
  readonly system?: System;
}

interface Means {
  readonly driver: Driver;
  readonly compute: Compute;
  readonly nowMs: number;
  /** @throws InvalidSnapshot.NotFound */
  readonly snapshot: (id: string) => Promise<Snapshot>;
}

const invalidMapping = (message: string) => new AwsError('InvalidBlockDeviceMapping', message);

/**
 * The image's disks with the request's changes to them.
 *
 * @throws InvalidBlockDeviceMapping, InvalidParameterValue, UnsupportedOperation
 */
export async function planVolumes(
  image: Image,
  requested: readonly BlockDeviceMapping[] | undefined,
  { ebsEncryptionByDefault = false }: AccountSettings,
  { driver, compute, nowMs, snapshot }: Means,
): Promise<VolumePlan[]> {
  const byDevice = new Map<string, BlockDeviceMapping>();
  for (const mapping of image.BlockDeviceMappings ?? []) byDevice.set(mapping.DeviceName!, mapping);
  const seen = new Set<string>();
  for (const mapping of requested ?? []) {
    const device = mapping.DeviceName;
    if (!device) throw errors.missingParameter('BlockDeviceMapping.1.DeviceName');
    if (seen.has(device))
      throw invalidMapping(`The device '${device}' is used in more than one block-device mapping`);
    seen.add(device);
    if (mapping.NoDevice !== undefined) byDevice.delete(device);
    else byDevice.set(device, await merge(byDevice.get(device), mapping, snapshot));
  }
  if (!byDevice.has(image.RootDeviceName!)) {
    throw invalidMapping('The root device cannot be left out of the block device mapping.');
  }
  // Instance store devices are ignored, as AWS does for types without instance storage.
  const root = byDevice.get(image.RootDeviceName!);
  if (root?.Ebs?.DeleteOnTermination === false) checkKeepsRoots(driver);
  const volumes = [...byDevice.values()]
    .filter((mapping) => mapping.Ebs)
    .map((mapping) => plan(mapping, image.RootDeviceName!, ebsEncryptionByDefault));
  if (volumes.length > 1) checkTakesVolumes(driver, compute);
  return await Promise.all(
    volumes.map(async (each) => {
      const isRoot = each.deviceName === image.RootDeviceName;
      if (isRoot || each.snapshotId === undefined) return each;
      const { encrypted, system } = checkUsable(await snapshot(each.snapshotId), nowMs);
      return { ...each, encrypted: each.encrypted || encrypted, ...(system && { system }) };
    }),
  );
}

async function merge(
  own: BlockDeviceMapping | undefined,
  asked: BlockDeviceMapping,
  find: Means['snapshot'],
): Promise<BlockDeviceMapping> {
  if (!asked.Ebs) return asked;
  const { Ebs } = asked;
  const snapshotId = Ebs.SnapshotId ?? own?.Ebs?.SnapshotId;
  const isOther = snapshotId !== undefined && snapshotId !== own?.Ebs?.SnapshotId;
  if (isOther && own) {
    throw invalidMapping(
      `The snapshot of '${asked.DeviceName}' is the image's and cannot be changed.`,
    );
  }
  const size = isOther ? (await find(snapshotId)).gib : own?.Ebs?.VolumeSize;
  if (size !== undefined && Ebs.VolumeSize !== undefined && Ebs.VolumeSize < size) {
    throw invalidMapping(
      `Volume of size ${Ebs.VolumeSize}GB is smaller than snapshot '${snapshotId}', expect size >= ${size}GB`,
    );
  }
  const sameType = !Ebs.VolumeType || Ebs.VolumeType === own?.Ebs?.VolumeType;
  const { Iops: _, Throughput: __, ...kept } = own?.Ebs ?? {};
  return {
    DeviceName: asked.DeviceName,
    Ebs: { VolumeSize: size, ...(sameType ? own?.Ebs : kept), ...defined(Ebs) },
  };
}

function plan(
  { DeviceName, Ebs = {} }: BlockDeviceMapping,
  rootDevice: string,
  encrypts: boolean,
): VolumePlan {
  if (Ebs.VolumeSize === undefined) {
    throw errors.missingParameter('ebs.volumeSize or ebs.snapshotId');
  }
  if (DeviceName !== rootDevice) checkDevice(DeviceName!);
  if (Ebs.KmsKeyId) throw errors.unsupported('Alacarte does not encrypt volumes by KMS keys yet.');
  return {
    deviceName: DeviceName!,
    deleteOnTermination: Ebs.DeleteOnTermination ?? true,
    ...performanceOf({
      type: Ebs.VolumeType ?? 'gp2',
      gib: Ebs.VolumeSize,
      iops: Ebs.Iops,
      throughput: Ebs.Throughput,
    }),
    // Where volumes are encrypted by default nobody can ask for one that is not.
    encrypted: encrypts || (Ebs.Encrypted ?? false),
    ...(Ebs.SnapshotId && { snapshotId: Ebs.SnapshotId }),
  };
}

function defined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(value).filter(([, each]) => each !== undefined),
  ) as Partial<T>;
}
