import type {
  Instance as WireInstance,
  InstanceBlockDeviceMapping,
  InstanceNetworkInterface,
  _InstanceType,
} from '@aws-sdk/client-ec2';
import { wireChoice } from '../capacity-reservations/choice.ts';
import { wireHostPlacement } from '../hosts/placement.ts';
import { wireProfile } from '../profiles/profile.ts';
import { rootVolumeOf } from '../volumes/root-volume.ts';
import { wireCpuOptions } from './cpu-options.ts';
import type { Instance } from './instance.ts';
import { privateDnsName } from './names.ts';
import { wireState } from './states.ts';
import { furtherAddress, wireIpv6 } from './wire-addresses.ts';

/** As DescribeInstances shows an instance, without tags. A terminated one has lost its network and disks. */
export function wireInstance(instance: Instance): WireInstance & { readonly InstanceId: string } {
  const { settings, network } = instance;
  const gone = instance.state === 'terminated';
  return {
    InstanceId: instance.id,
    AmiLaunchIndex: instance.launchIndex,
    ImageId: instance.imageId,
    InstanceType: instance.instanceType as _InstanceType,
    Architecture: instance.architecture,
    ...(instance.keyName !== undefined && { KeyName: instance.keyName }),
    ...(instance.clientToken !== undefined && { ClientToken: instance.clientToken }),
    ...(instance.profile && { IamInstanceProfile: wireProfile(instance.profile) }),
    ...(instance.spot && {
      InstanceLifecycle: 'spot',
      SpotInstanceRequestId: instance.spot.requestId,
    }),
    // AWS tells launch times to the second.
    LaunchTime: new Date(Math.floor(instance.launchedAtMs / 1000) * 1000),
    State: wireState(instance.state),
    ...(instance.stateReason && { StateReason: instance.stateReason }),
    StateTransitionReason: instance.transitionReason,
    Monitoring: { State: settings.monitoring ? 'enabled' : 'disabled' },
    Placement: {
      AvailabilityZone: network.zone,
      AvailabilityZoneId: network.zoneId,
      GroupName: instance.placement?.groupName ?? '',
      ...(instance.placement && { GroupId: instance.placement.groupId }),
      ...(instance.placement?.partition !== undefined && {
        PartitionNumber: instance.placement.partition,
      }),
      ...wireHostPlacement(instance),
    },
    PlatformDetails: 'Linux/UNIX',
    UsageOperation: 'RunInstances',
    UsageOperationUpdateTime: new Date(network.attachedAtMs),
    VirtualizationType: 'hvm',
    Hypervisor: 'xen',
    EnaSupport: true,
    EbsOptimized: settings.ebsOptimized,
    RootDeviceName: instance.rootDeviceName,
    RootDeviceType: 'ebs',
    ProductCodes: [],
    CpuOptions: wireCpuOptions(instance),
    CapacityReservationSpecification: wireChoice(instance.capacityReservation),
    HibernationOptions: { Configured: false },
    EnclaveOptions: { Enabled: false },
    MaintenanceOptions: { AutoRecovery: settings.autoRecovery, RebootMigration: 'default' },
    MetadataOptions: {
      State: instance.state === 'pending' ? 'pending' : 'applied',
      HttpEndpoint: settings.metadata.endpoint,
      HttpTokens: settings.metadata.tokens,
      HttpPutResponseHopLimit: settings.metadata.hopLimit,
      HttpProtocolIpv6: 'disabled',
      InstanceMetadataTags: settings.metadata.tags,
    },
    ...(gone ? withoutNetwork() : networkOf(instance)),
    BlockDeviceMappings: gone ? [] : blockDevices(instance),
  };
}

/** Undefined where the instance has none now: stopped ones do not show their own. */
export function publicAddressOf({ state, network }: Instance): string | undefined {
  if (state === 'terminated') return undefined;
  if (network.elasticIp) return network.elasticIp.address;
  return state === 'pending' || state === 'running' ? network.publicAddress : undefined;
}

export function wireGroups({ network }: Instance): { GroupId: string; GroupName: string }[] {
  return network.groups.map(({ id, name }) => ({ GroupId: id, GroupName: name }));
}

function withoutNetwork(): Partial<WireInstance> {
  return { PrivateDnsName: '', PublicDnsName: '', NetworkInterfaces: [], SecurityGroups: [] };
}

function networkOf(instance: Instance): Partial<WireInstance> {
  const { network, settings, region } = instance;
  const publicAddress = publicAddressOf(instance);
  return {
    VpcId: network.vpcId,
    SubnetId: network.subnetId,
    PrivateIpAddress: network.privateAddress,
    ...(network.ipv6Addresses?.[0] && { Ipv6Address: network.ipv6Addresses[0] }),
    PrivateDnsName: privateDnsName(region, network.privateAddress),
    // The address itself: a name of this host's that leads to it would need a name server.
    PublicDnsName: publicAddress ?? '',
    ...(publicAddress && { PublicIpAddress: publicAddress }),
    SourceDestCheck: network.sourceDestCheck,
    SecurityGroups: wireGroups(instance),
    PrivateDnsNameOptions: {
      HostnameType: settings.dnsNameOptions.hostnameType,
      EnableResourceNameDnsARecord: settings.dnsNameOptions.aRecord,
      EnableResourceNameDnsAAAARecord: settings.dnsNameOptions.aaaaRecord,
    },
    NetworkInterfaces: [networkInterface(instance)],
  };
}

function networkInterface(instance: Instance): InstanceNetworkInterface {
  const { network, account, region } = instance;
  const PrivateDnsName = privateDnsName(region, network.privateAddress);
  const publicAddress = publicAddressOf(instance);
  const Association = publicAddress && {
    IpOwnerId: network.elasticIp ? account : 'amazon',
    PublicDnsName: publicAddress,
    PublicIp: publicAddress,
  };
  return {
    NetworkInterfaceId: network.interfaceId,
    InterfaceType: 'interface',
    Description: network.description,
    OwnerId: account,
    VpcId: network.vpcId,
    SubnetId: network.subnetId,
    MacAddress: network.macAddress,
    Status: 'in-use',
    SourceDestCheck: network.sourceDestCheck,
    Groups: wireGroups(instance),
    ...wireIpv6(network.ipv6Addresses),
    PrivateDnsName,
    PrivateIpAddress: network.privateAddress,
    PrivateIpAddresses: [
      {
        Primary: true,
        PrivateDnsName,
        PrivateIpAddress: network.privateAddress,
        ...(Association && { Association }),
      },
      ...(network.further ?? []).map((each) =>
        furtherAddress(each, network.furtherElasticIps, instance),
      ),
    ],
    ...(Association && { Association }),
    Attachment: {
      AttachmentId: network.attachmentId,
      AttachTime: new Date(network.attachedAtMs),
      DeleteOnTermination: network.deleteOnTermination ?? true,
      DeviceIndex: 0,
      NetworkCardIndex: 0,
      Status: instance.state === 'pending' ? 'attaching' : 'attached',
    },
  };
}

function blockDevices(instance: Instance): InstanceBlockDeviceMapping[] {
  const root = rootVolumeOf(instance);
  const own = root ? [{ volumeId: root.id, ...root.attachment! }] : [];
  return [...own, ...(instance.attached ?? [])].map((each) => ({
    DeviceName: each.device,
    Ebs: {
      VolumeId: each.volumeId,
      AttachTime: new Date(each.atMs),
      DeleteOnTermination: each.deleteOnTermination,
      Status: each.state,
    },
  }));
}
