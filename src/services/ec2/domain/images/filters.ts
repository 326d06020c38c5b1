import type { Image } from '@aws-sdk/client-ec2';
import type { Filters } from '../filters.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html */
export const imageFilters: Filters<Image> = {
  architecture: (image) => image.Architecture,
  'block-device-mapping.delete-on-termination': (image) =>
    image.BlockDeviceMappings?.map((disk) => disk.Ebs?.DeleteOnTermination),
  'block-device-mapping.device-name': (image) =>
    image.BlockDeviceMappings?.map((disk) => disk.DeviceName),
  'block-device-mapping.snapshot-id': (image) =>
    image.BlockDeviceMappings?.map((disk) => disk.Ebs?.SnapshotId),
  'block-device-mapping.volume-size': (image) =>
    image.BlockDeviceMappings?.map((disk) => disk.Ebs?.VolumeSize),
  'block-device-mapping.volume-type': (image) =>
    image.BlockDeviceMappings?.map((disk) => disk.Ebs?.VolumeType),
  'block-device-mapping.encrypted': (image) =>
    image.BlockDeviceMappings?.map((disk) => disk.Ebs?.Encrypted),
  'creation-date': (image) => image.CreationDate,
  description: (image) => image.Description,
  'ena-support': (image) => image.EnaSupport,
  'free-tier-eligible': (image) => image.FreeTierEligible ?? false,
  hypervisor: (image) => image.Hypervisor,
  'image-allowed': (image) => image.ImageAllowed,
  'image-id': (image) => image.ImageId,
  'image-type': (image) => image.ImageType,
  'is-public': (image) => image.Public,
  'kernel-id': (image) => image.KernelId,
  'manifest-location': (image) => image.ImageLocation,
  name: (image) => image.Name,
  'owner-alias': (image) => image.ImageOwnerAlias,
  'owner-id': (image) => image.OwnerId,
  platform: (image) => image.Platform,
  'product-code': (image) => image.ProductCodes?.map((code) => code.ProductCodeId),
  'product-code.type': (image) => image.ProductCodes?.map((code) => code.ProductCodeType),
  'ramdisk-id': (image) => image.RamdiskId,
  'root-device-name': (image) => image.RootDeviceName,
  'root-device-type': (image) => image.RootDeviceType,
  'source-image-id': (image) => image.SourceImageId,
  'source-image-region': (image) => image.SourceImageRegion,
  'source-instance-id': (image) => image.SourceInstanceId,
  'sriov-net-support': (image) => image.SriovNetSupport,
  state: (image) => image.State,
  'state-reason-code': (image) => image.StateReason?.Code,
  'state-reason-message': (image) => image.StateReason?.Message,
  'virtualization-type': (image) => image.VirtualizationType,
};
