import type { BlockDeviceMapping } from '@aws-sdk/client-ec2';
import { AwsError } from '../../../../kernel/aws-error.ts';
import type { Ec2Scope } from '../../scope.ts';
import type { Instance } from '../instances/instance.ts';
import { newSnapshot, ofRoot } from '../snapshots/new-snapshot.ts';
import type { Snapshot } from '../snapshots/snapshot.ts';
import { performanceOf } from '../volumes/performance.ts';
import { performance } from '../volumes/volume.ts';
import type { ImageDisk } from './own-image.ts';

/**
 * The disks that an image of an instance has, and the snapshots that are to be made for them. What a
 * request says of a device goes for the image; `NoDevice` leaves one out.
 *
 * @throws InvalidBlockDeviceMapping, InvalidParameterValue
 */
export async function snapshotsForImage(
  instance: Instance,
  requested: readonly BlockDeviceMapping[] = [],
  scope: Ec2Scope,
): Promise<{ readonly disks: ImageDisk[]; readonly made: Snapshot[] }> {
  const asked = new Map(requested.map((mapping) => [mapping.DeviceName ?? '', mapping]));
  const disks: ImageDisk[] = [];
  const made: Snapshot[] = [];
  for (const own of await disksOf(instance, scope)) {
    const mapping = asked.get(own.device);
    asked.delete(own.device);
    if (mapping?.NoDevice !== undefined) {
      if (own.device !== instance.rootDeviceName) continue;
      throw invalidMapping('The root device cannot be left out of an image.');
    }
    const snapshot =
      own.device === instance.rootDeviceName
        ? ofRoot(instance, '', scope)
        : await newSnapshot(own.volumeId, '', scope);
    made.push(snapshot);
    const { volumeId: _, ...disk } = own;
    disks.push({ ...changed(disk, mapping), snapshotId: snapshot.id });
  }
  for (const [device, mapping] of asked) {
    if (!mapping.Ebs?.VolumeSize || mapping.Ebs.SnapshotId) {
      throw invalidMapping(`The instance has no volume at '${device}'.`);
    }
    const fresh = { device, gib: 0, type: 'gp2', encrypted: false, deleteOnTermination: true };
    disks.push(changed(fresh, mapping));
  }
  return { disks, made };
}

async function disksOf(instance: Instance, { volumes }: Ec2Scope) {
  const roots = instance.volumes.map((volume) => ({
    ...performance(volume),
    volumeId: volume.id,
    device: volume.deviceName,
    encrypted: volume.encrypted,
    deleteOnTermination: volume.deleteOnTermination ?? true,
  }));
  const others = (instance.attached ?? []).map(
    async ({ volumeId, device, deleteOnTermination }) => {
      const volume = await volumes.get({ ...instance, id: volumeId });
      if (!volume) return [];
      const { encrypted } = volume;
      return [{ ...performance(volume), volumeId, device, encrypted, deleteOnTermination }];
    },
  );
  return [...roots, ...(await Promise.all(others)).flat()];
}

function changed(disk: ImageDisk, { Ebs }: BlockDeviceMapping = {}): ImageDisk {
  if (!Ebs) return disk;
  const gib = Ebs.VolumeSize ?? disk.gib;
  if (gib < disk.gib) {
    throw invalidMapping(
      `The volume at '${disk.device}' has ${disk.gib}GiB, and cannot be smaller.`,
    );
  }
  const isSame = Ebs.VolumeType === undefined || Ebs.VolumeType === disk.type;
  const type = Ebs.VolumeType ?? disk.type;
  return {
    device: disk.device,
    encrypted: disk.encrypted || (Ebs.Encrypted ?? false),
    deleteOnTermination: Ebs.DeleteOnTermination ?? disk.deleteOnTermination,
    ...performanceOf({
      ...{ type, gib },
      iops: Ebs.Iops ?? (isSame && type !== 'gp2' ? disk.iops : undefined),
      throughput: Ebs.Throughput ?? (isSame ? disk.throughput : undefined),
    }),
  };
}

const invalidMapping = (message: string) => new AwsError('InvalidBlockDeviceMapping', message);
