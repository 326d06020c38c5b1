import type { SpotInstanceRequest } from '@aws-sdk/client-ec2';
import type { Filters } from '../filters.ts';

type Read<Part> = (part: Part) => string | number | boolean | undefined;

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSpotInstanceRequests.html */
export const spotRequestFilters: Filters<SpotInstanceRequest> = {
  'availability-zone-group': (it) => it.AvailabilityZoneGroup,
  'create-time': (it) => it.CreateTime,
  'fault-code': (it) => it.Fault?.Code,
  'fault-message': (it) => it.Fault?.Message,
  'instance-id': (it) => it.InstanceId,
  'launch-group': (it) => it.LaunchGroup,
  'launch.block-device-mapping.delete-on-termination': disks(
    (disk) => disk.Ebs?.DeleteOnTermination,
  ),
  'launch.block-device-mapping.device-name': disks((disk) => disk.DeviceName),
  'launch.block-device-mapping.snapshot-id': disks((disk) => disk.Ebs?.SnapshotId),
  'launch.block-device-mapping.volume-size': disks((disk) => disk.Ebs?.VolumeSize),
  'launch.block-device-mapping.volume-type': disks((disk) => disk.Ebs?.VolumeType),
  'launch.group-id': (it) => it.LaunchSpecification?.SecurityGroups?.map((each) => each.GroupId),
  'launch.group-name': (it) =>
    it.LaunchSpecification?.SecurityGroups?.map((each) => each.GroupName),
  'launch.image-id': (it) => it.LaunchSpecification?.ImageId,
  'launch.instance-type': (it) => it.LaunchSpecification?.InstanceType,
  'launch.kernel-id': (it) => it.LaunchSpecification?.KernelId,
  'launch.key-name': (it) => it.LaunchSpecification?.KeyName,
  'launch.monitoring-enabled': (it) => it.LaunchSpecification?.Monitoring?.Enabled,
  'launch.ramdisk-id': (it) => it.LaunchSpecification?.RamdiskId,
  'launched-availability-zone': (it) => it.LaunchedAvailabilityZone,
  'launched-availability-zone-id': (it) => it.LaunchedAvailabilityZoneId,
  'network-interface.associate-public-ip-address': cards((card) => card.AssociatePublicIpAddress),
  'network-interface.delete-on-termination': cards((card) => card.DeleteOnTermination),
  'network-interface.description': cards((card) => card.Description),
  'network-interface.device-index': cards((card) => card.DeviceIndex),
  'network-interface.group-id': (it) =>
    it.LaunchSpecification?.NetworkInterfaces?.flatMap((card) => card.Groups ?? []),
  'network-interface.network-interface-id': cards((card) => card.NetworkInterfaceId),
  'network-interface.private-ip-address': cards((card) => card.PrivateIpAddress),
  'network-interface.subnet-id': cards((card) => card.SubnetId),
  'product-description': (it) => it.ProductDescription,
  'spot-instance-request-id': (it) => it.SpotInstanceRequestId,
  'spot-price': (it) => it.SpotPrice,
  state: (it) => it.State,
  'status-code': (it) => it.Status?.Code,
  'status-message': (it) => it.Status?.Message,
  type: (it) => it.Type,
  'valid-from': (it) => it.ValidFrom,
  'valid-until': (it) => it.ValidUntil,
};

type Launch = NonNullable<SpotInstanceRequest['LaunchSpecification']>;

function disks(read: Read<NonNullable<Launch['BlockDeviceMappings']>[number]>) {
  return (it: SpotInstanceRequest) => it.LaunchSpecification?.BlockDeviceMappings?.map(read);
}

function cards(read: Read<NonNullable<Launch['NetworkInterfaces']>[number]>) {
  return (it: SpotInstanceRequest) => it.LaunchSpecification?.NetworkInterfaces?.map(read);
}
