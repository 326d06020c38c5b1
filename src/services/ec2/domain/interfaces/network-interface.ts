import type { GroupIdentifier, NetworkInterface } from '@aws-sdk/client-ec2';
import type { ElasticIpAssociation, Instance } from '../instances/instance.ts';
import { privateDnsName } from '../instances/names.ts';
import type { Place } from '../place.ts';

/** A network interface that was made by itself, apart from the one that each instance comes with. */
export interface NetworkInterfaceRecord {
  readonly NetworkInterfaceId: string;
  readonly VpcId: string;
  readonly SubnetId: string;
  readonly AvailabilityZone: string;
  readonly AvailabilityZoneId: string;
  readonly Description: string;
  readonly MacAddress: string;
  readonly SourceDestCheck: boolean;
  readonly Groups: readonly GroupIdentifier[];
  /** The primary one first. */
  readonly addresses: readonly string[];
  /** As long as the instance is there. */
  readonly attachment?: Attachment;
  readonly elasticIp?: ElasticIpAssociation;
}

export interface Attachment {
  readonly attachmentId: string;
  readonly instanceId: string;
  readonly deviceIndex: number;
  readonly attachedAtMs: number;
}

/** The attachment to an instance that is still there: termination detaches. */
export function liveAttachment(
  { attachment }: NetworkInterfaceRecord,
  instances: readonly Instance[],
): Attachment | undefined {
  const isThere = instances.some(
    ({ id, state }) => id === attachment?.instanceId && state !== 'terminated',
  );
  return isThere ? attachment : undefined;
}

/** An interface as DescribeNetworkInterfaces shows it, without tags. */
export function wireInterface(
  record: NetworkInterfaceRecord,
  attachment: Attachment | undefined,
  { account, region }: Place,
): NetworkInterface {
  const { addresses, attachment: _, elasticIp, Groups, ...shown } = record;
  const [PrivateIpAddress = ''] = addresses;
  const Association = elasticIp && {
    AllocationId: elasticIp.allocationId,
    AssociationId: elasticIp.associationId,
    IpOwnerId: account,
    PublicDnsName: elasticIp.address,
    PublicIp: elasticIp.address,
  };
  return {
    ...shown,
    Groups: [...Groups],
    InterfaceType: 'interface',
    OwnerId: account,
    RequesterManaged: false,
    Operator: { Managed: false },
    Status: attachment ? 'in-use' : 'available',
    Ipv6Addresses: [],
    PrivateDnsName: privateDnsName(region, PrivateIpAddress),
    PrivateIpAddress,
    PrivateIpAddresses: addresses.map((address, at) => ({
      Primary: at === 0,
      PrivateDnsName: privateDnsName(region, address),
      PrivateIpAddress: address,
      ...(at === 0 && Association && { Association }),
    })),
    ...(Association && { Association }),
    ...(attachment && { Attachment: wireAttachment(attachment, account) }),
  };
}

function wireAttachment(attachment: Attachment, account: string) {
  return {
    AttachmentId: attachment.attachmentId,
    AttachTime: new Date(attachment.attachedAtMs),
    DeleteOnTermination: false,
    DeviceIndex: attachment.deviceIndex,
    NetworkCardIndex: 0,
    InstanceId: attachment.instanceId,
    InstanceOwnerId: account,
    Status: 'attached' as const,
  };
}
