import type { ResponseLaunchTemplateData, _InstanceType } from '@aws-sdk/client-ec2';
import { wireChoice } from '../capacity-reservations/choice.ts';
import { wireHostPlacement } from '../hosts/placement.ts';
import type { Instance } from '../instances/instance.ts';
import { wireGroups } from '../instances/wire.ts';
import type { NetworkInterfaceRecord } from '../interfaces/network-interface.ts';
import type { Volume } from '../volumes/volume.ts';

/** What an instance consists of beside its record. */
export interface InstanceParts {
  readonly attached: readonly {
    readonly deleteOnTermination: boolean;
    readonly device: string;
    readonly volume: Volume;
  }[];
  /** Beside the first. */
  readonly interfaces: readonly NetworkInterfaceRecord[];
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * The parameters of a launch that makes another instance like this one, where its subnet has an
 * address: its own address and the identity of its disks are left out.
 */
export function dataOfInstance(
  instance: Instance,
  { attached, interfaces, tags }: InstanceParts,
): ResponseLaunchTemplateData {
  const { settings, network } = instance;
  const Tags = Object.entries(tags)
    .filter(([key]) => !key.startsWith('aws:'))
    .map(([Key, Value]) => ({ Key, Value }));
  return {
    ImageId: instance.imageId,
    InstanceType: instance.instanceType as _InstanceType,
    ...(instance.keyName !== undefined && { KeyName: instance.keyName }),
    ...(instance.userData !== undefined && { UserData: instance.userData }),
    ...(instance.profile && { IamInstanceProfile: { Arn: instance.profile.arn } }),
    Monitoring: { Enabled: settings.monitoring },
    Placement: {
      AvailabilityZone: network.zone,
      ...wireHostPlacement(instance),
      ...(instance.placement && { GroupName: instance.placement.groupName }),
    },
    EbsOptimized: settings.ebsOptimized,
    DisableApiTermination: settings.disableApiTermination,
    DisableApiStop: settings.disableApiStop,
    InstanceInitiatedShutdownBehavior: settings.shutdownBehavior,
    BlockDeviceMappings: disksOf(instance, attached),
    NetworkInterfaces: [
      {
        DeviceIndex: 0,
        SubnetId: network.subnetId,
        Groups: wireGroups(instance).map(({ GroupId }) => GroupId),
        Description: network.description,
        // A launch with several interfaces cannot ask for it.
        ...(interfaces.length === 0 && {
          AssociatePublicIpAddress: network.publicAddress !== undefined,
        }),
        ...ipv6Count(network.ipv6Addresses),
        DeleteOnTermination: network.deleteOnTermination ?? true,
      },
      ...interfaces.map(({ attachment, SubnetId, Groups, Description, ipv6Addresses }) => ({
        DeviceIndex: attachment?.deviceIndex ?? 0,
        ...{ SubnetId, Description, Groups: Groups.flatMap(({ GroupId }) => GroupId ?? []) },
        ...ipv6Count(ipv6Addresses),
        DeleteOnTermination: attachment?.deleteOnTermination ?? false,
      })),
    ],
    ...(settings.creditSpecification && {
      CreditSpecification: { CpuCredits: settings.creditSpecification },
    }),
    MetadataOptions: {
      HttpEndpoint: settings.metadata.endpoint,
      HttpTokens: settings.metadata.tokens,
      HttpPutResponseHopLimit: settings.metadata.hopLimit,
      InstanceMetadataTags: settings.metadata.tags,
    },
    PrivateDnsNameOptions: {
      HostnameType: settings.dnsNameOptions.hostnameType,
      EnableResourceNameDnsARecord: settings.dnsNameOptions.aRecord,
      EnableResourceNameDnsAAAARecord: settings.dnsNameOptions.aaaaRecord,
    },
    CapacityReservationSpecification: wireChoice(instance.capacityReservation),
    MaintenanceOptions: { AutoRecovery: settings.autoRecovery },
    HibernationOptions: { Configured: false },
    EnclaveOptions: { Enabled: false },
    ...(Tags.length > 0 && { TagSpecifications: [{ ResourceType: 'instance', Tags }] }),
  };
}

function ipv6Count(addresses: readonly string[] = []) {
  return addresses.length > 0 ? { Ipv6AddressCount: addresses.length } : {};
}

function disksOf({ volumes }: Instance, attached: InstanceParts['attached']) {
  const root = volumes.map((volume) => ({
    ...volume,
    deleteOnTermination: volume.deleteOnTermination ?? true,
  }));
  const others = attached.map(({ device, deleteOnTermination, volume }) => ({
    ...{ ...volume, deviceName: device, deleteOnTermination, snapshotId: undefined },
  }));
  return [...root, ...others].map((disk) => ({
    DeviceName: disk.deviceName,
    Ebs: {
      VolumeSize: disk.gib,
      VolumeType: disk.type as 'gp3',
      Encrypted: disk.encrypted,
      DeleteOnTermination: disk.deleteOnTermination,
      ...(disk.snapshotId !== undefined && { SnapshotId: disk.snapshotId }),
      // Other types have IOPS that follow from their size.
      ...(disk.type !== 'gp2' && disk.iops !== undefined && { Iops: disk.iops }),
      ...(disk.throughput !== undefined && { Throughput: disk.throughput }),
    },
  }));
}
