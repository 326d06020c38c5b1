import { createHash } from 'node:crypto';
import type { BlockDeviceMapping, Image } from '@aws-sdk/client-ec2';
import type { RootCopy } from '../../../../compute/driver.ts';
import { catalogue, type CatalogueEntry } from './catalogue.ts';

/** An image as one region offers it: of the catalogue, or made here. */
export interface RegionalImage {
  readonly entry: Pick<CatalogueEntry, 'key' | 'name' | 'architecture' | 'requiresImdsV2'>;
  readonly image: Image & { readonly ImageId: string };
  /** The copy of a root disk that it starts with, where somebody has made one. */
  readonly root?: { readonly snapshotId: string; readonly copy: RootCopy };
}

/** The public images of a region. As on AWS an image has an ID of its own in each; these never change. */
export function imagesIn(region: string): RegionalImage[] {
  return catalogue.map((entry) => ({ entry, image: describe(entry, region) }));
}

export function findImage(region: string, imageId: string): RegionalImage | undefined {
  return imagesIn(region).find(({ image }) => image.ImageId === imageId);
}

/** The ID that an SSM public parameter holds in a region. */
export function imageIdOf(region: string, entry: CatalogueEntry): string {
  return stableId('ami', region, entry.key);
}

function stableId(prefix: string, region: string, name: string): string {
  const digits = createHash('sha256').update(`${prefix}/${region}/${name}`).digest('hex');
  return `${prefix}-0${digits.slice(0, 16)}`;
}

function describe(entry: CatalogueEntry, region: string): Image & { ImageId: string } {
  return {
    ImageId: imageIdOf(region, entry),
    Name: entry.name,
    Description: entry.description,
    OwnerId: entry.owner.id,
    ...(entry.owner.alias && { ImageOwnerAlias: entry.owner.alias }),
    ImageLocation: `${entry.owner.alias ?? entry.owner.id}/${entry.name}`,
    ImageType: 'machine',
    Architecture: entry.architecture,
    CreationDate: entry.created,
    DeprecationTime: twoYearsAfter(entry.created),
    Public: true,
    State: 'available',
    DeregistrationProtection: 'disabled',
    PlatformDetails: 'Linux/UNIX',
    UsageOperation: 'RunInstances',
    Hypervisor: 'xen',
    VirtualizationType: 'hvm',
    EnaSupport: true,
    SriovNetSupport: 'simple',
    BootMode: entry.architecture === 'arm64' ? 'uefi' : 'uefi-preferred',
    ...(entry.requiresImdsV2 && { ImdsSupport: 'v2.0' as const }),
    RootDeviceName: entry.rootDevice,
    RootDeviceType: 'ebs',
    BlockDeviceMappings: blockDevices(entry, region),
  };
}

function blockDevices(entry: CatalogueEntry, region: string): BlockDeviceMapping[] {
  const root: BlockDeviceMapping = {
    DeviceName: entry.rootDevice,
    Ebs: {
      DeleteOnTermination: true,
      Encrypted: false,
      SnapshotId: stableId('snap', region, entry.key),
      VolumeSize: entry.rootGib,
      VolumeType: entry.volumeType,
      ...(entry.volumeType === 'gp3' && { Iops: 3000, Throughput: 125 }),
    },
  };
  const ephemeral = (entry.ephemeralDevices ?? []).map((DeviceName, at) => ({
    DeviceName,
    VirtualName: `ephemeral${at}`,
  }));
  return [root, ...ephemeral];
}

function twoYearsAfter(iso: string): string {
  const date = new Date(iso);
  date.setUTCFullYear(date.getUTCFullYear() + 2);
  return date.toISOString();
}
