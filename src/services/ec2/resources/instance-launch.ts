import type {
  BlockDeviceMapping,
  InstanceNetworkInterfaceSpecification,
  RunInstancesRequest,
} from '@aws-sdk/client-ec2';
import type { ResourceContext } from '../../../kernel/resource-type.ts';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import { specification } from './tags.ts';

export type Instance = ResourceModels['AWS::EC2::Instance'];

/** The launch of one instance: the same request at every attempt, which its token makes one launch. */
export function launchRequest(desired: Instance, context: ResourceContext): RunInstancesRequest {
  const { AvailabilityZone, PlacementGroupName: GroupName, Tenancy } = desired;
  const { Monitoring, CreditSpecification, Tags } = desired;
  const tagged = [specification('instance', Tags, context)];
  if (desired.PropagateTagsToVolumeOnCreation) {
    tagged.push(specification('volume', Tags, context));
  }
  return {
    ...{ MinCount: 1, MaxCount: 1, ClientToken: context.token, TagSpecifications: tagged },
    LaunchTemplate: desired.LaunchTemplate,
    ImageId: desired.ImageId,
    InstanceType: desired.InstanceType as RunInstancesRequest['InstanceType'],
    KeyName: desired.KeyName,
    ...(desired.IamInstanceProfile && {
      IamInstanceProfile: { Name: desired.IamInstanceProfile },
    }),
    SecurityGroupIds: desired.SecurityGroupIds && [...desired.SecurityGroupIds],
    SecurityGroups: desired.SecurityGroups && [...desired.SecurityGroups],
    SubnetId: desired.SubnetId,
    UserData: desired.UserData,
    PrivateIpAddress: desired.PrivateIpAddress,
    Ipv6AddressCount: desired.Ipv6AddressCount,
    Ipv6Addresses: desired.Ipv6Addresses?.map(({ Ipv6Address }) => ({ Ipv6Address })),
    EbsOptimized: desired.EbsOptimized,
    DisableApiTermination: desired.DisableApiTermination,
    InstanceInitiatedShutdownBehavior:
      desired.InstanceInitiatedShutdownBehavior as RunInstancesRequest['InstanceInitiatedShutdownBehavior'],
    MetadataOptions: desired.MetadataOptions as RunInstancesRequest['MetadataOptions'],
    BlockDeviceMappings: desired.BlockDeviceMappings?.map(
      ({ NoDevice, ...mapping }): BlockDeviceMapping => ({
        ...(mapping as BlockDeviceMapping),
        // A template says `NoDevice: {}`.
        ...(NoDevice !== undefined && { NoDevice: '' }),
      }),
    ),
    NetworkInterfaces: desired.NetworkInterfaces?.map(
      ({ DeviceIndex, GroupSet, ...card }): InstanceNetworkInterfaceSpecification => ({
        ...(card as InstanceNetworkInterfaceSpecification),
        DeviceIndex: Number(DeviceIndex),
        ...(GroupSet && { Groups: [...GroupSet] }),
      }),
    ),
    ...(Monitoring !== undefined && { Monitoring: { Enabled: Monitoring } }),
    ...(CreditSpecification && {
      CreditSpecification: { CpuCredits: CreditSpecification.CPUCredits },
    }),
    ...((AvailabilityZone || Tenancy || GroupName) && {
      Placement: { AvailabilityZone, GroupName, Tenancy: Tenancy as 'default' | undefined },
    }),
  };
}
