import type { BlockDeviceMapping, Image, VolumeType } from '@aws-sdk/client-ec2';
import type { RootCopy } from '../../../../compute/driver.ts';
import type { Place } from '../place.ts';
import type { Sharing } from '../sharing.ts';
import type { Performance } from '../volumes/volume.ts';

/** Names one image of a cloud. */
export interface ImageRef extends Place {
  readonly id: string;
}

/** An image that somebody has made, beside those of the catalogue. */
export interface OwnImage extends ImageRef {
  readonly name: string;
  readonly description?: string;
  readonly architecture: 'x86_64' | 'arm64';
  readonly createdAtMs: number;
  readonly state: 'pending' | 'available' | 'disabled' | 'failed';
  readonly stateReason?: string;
  readonly rootDeviceName: string;
  /** Its volumes, the root volume first. */
  readonly disks: readonly ImageDisk[];
  /** What boots from its root disk; absent where the driver would not know what to do with it. */
  readonly imageKey?: string;
  readonly rootCopy: RootCopy;
  readonly requiresImdsV2: boolean;
  readonly enaSupport: boolean;
  readonly sriovNetSupport?: 'simple';
  readonly source?: {
    readonly instanceId?: string;
    readonly imageId?: string;
    readonly region?: string;
  };
  readonly sharing?: Sharing;
  /** From when on those who do not own it find it only where they ask for deprecated ones. */
  readonly deprecatedAtMs?: number;
  readonly protection?: DeregistrationProtection;
  /** Fingerprint of the request that made it, where that came with a client token. */
  readonly request?: string;
}

/** What keeps an image from being deregistered; none where it is absent. */
export interface DeregistrationProtection {
  /** Whether it goes on for a day after it was switched off. */
  readonly withCooldown: boolean;
  /** When it ends, once it was switched off. */
  readonly untilMs?: number;
}

/** A volume that each instance of an image begins with. */
export interface ImageDisk extends Performance {
  readonly device: string;
  /** Absent where it begins empty. */
  readonly snapshotId?: string;
  readonly encrypted: boolean;
  readonly deleteOnTermination: boolean;
}

/** As DescribeImages and DescribeImageAttribute show it. */
export function shownProtection({ protection }: OwnImage): string {
  if (!protection || protection.untilMs !== undefined) return 'disabled';
  return protection.withCooldown ? 'enabled-with-cooldown' : 'enabled-without-cooldown';
}

export function refOf({ account, region, id }: ImageRef): ImageRef {
  return { account, region, id };
}

/** As DescribeImages shows it, without tags. */
export function wireImage(image: OwnImage): Image & { readonly ImageId: string } {
  const { id, account, name, architecture, source = {}, state } = image;
  const code = state === 'failed' ? 'Server.InternalError' : undefined;
  return {
    ImageId: id,
    Name: name,
    ...(image.description !== undefined && { Description: image.description }),
    OwnerId: account,
    ImageLocation: `${account}/${name}`,
    ImageType: 'machine',
    Architecture: architecture,
    CreationDate: new Date(image.createdAtMs).toISOString(),
    ...(image.deprecatedAtMs !== undefined && {
      DeprecationTime: new Date(image.deprecatedAtMs).toISOString(),
    }),
    DeregistrationProtection: shownProtection(image),
    Public: image.sharing?.everybody ?? false,
    State: state,
    ...(code && { StateReason: { Code: code, Message: image.stateReason ?? '' } }),
    PlatformDetails: 'Linux/UNIX',
    UsageOperation: 'RunInstances',
    Hypervisor: 'xen',
    VirtualizationType: 'hvm',
    EnaSupport: image.enaSupport,
    ...(image.sriovNetSupport && { SriovNetSupport: image.sriovNetSupport }),
    ...(image.requiresImdsV2 && { ImdsSupport: 'v2.0' as const }),
    ...(source.instanceId && { SourceInstanceId: source.instanceId }),
    ...(source.imageId && { SourceImageId: source.imageId }),
    ...(source.region && { SourceImageRegion: source.region }),
    RootDeviceName: image.rootDeviceName,
    RootDeviceType: 'ebs',
    BlockDeviceMappings: image.disks.map(wireDisk),
  };
}

export function wireDisk(disk: ImageDisk): BlockDeviceMapping {
  return {
    DeviceName: disk.device,
    Ebs: {
      DeleteOnTermination: disk.deleteOnTermination,
      Encrypted: disk.encrypted,
      ...(disk.snapshotId !== undefined && { SnapshotId: disk.snapshotId }),
      VolumeSize: disk.gib,
      VolumeType: disk.type as VolumeType,
      ...(disk.type !== 'gp2' && disk.iops !== undefined && { Iops: disk.iops }),
      ...(disk.throughput !== undefined && { Throughput: disk.throughput }),
    },
  };
}
