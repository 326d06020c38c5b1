import type { GroupIdentifier, NetworkInterface } from '@aws-sdk/client-ec2';
import type { ElasticIpAssociation, ElasticIpsByAddress, Instance } from '../instances/instance.ts';
import { privateDnsName } from '../instances/names.ts';
import { furtherAddress, wireElasticIp, wireIpv6 } from '../instances/wire-addresses.ts';
import type { Place } from '../place.ts';

/** A network interface that is not the first one of an instance: that is recorded with it. */
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
  /** Absent is none. */
  readonly ipv6Addresses?: readonly string[];
  /** As long as the instance is there. */
  readonly attachment?: Attachment;
  /** Of the primary address. */
  readonly elasticIp?: ElasticIpAssociation;
  /** Of the further addresses, by these. */
  readonly furtherElasticIps?: ElasticIpsByAddress;
}

export interface Attachment {
  readonly attachmentId: string;
  readonly instanceId: string;
  readonly deviceIndex: number;
  readonly attachedAtMs: number;
  /** Whether the interface goes with the instance; absent is no. */
  readonly deleteOnTermination?: boolean;
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
  const { addresses, ipv6Addresses, attachment: _, ...rest } = record;
  const { elasticIp, furtherElasticIps, Groups, ...shown } = rest;
  const [PrivateIpAddress = '', ...further] = addresses;
  const Association = elasticIp && wireElasticIp(elasticIp, account);
  const PrivateDnsName = privateDnsName(region, PrivateIpAddress);
  return {
    ...shown,
    Groups: [...Groups],
    InterfaceType: 'interface',
    OwnerId: account,
    RequesterManaged: false,
    Operator: { Managed: false },
    Status: attachment ? 'in-use' : 'available',
    ...wireIpv6(ipv6Addresses),
    PrivateDnsName,
    PrivateIpAddress,
    PrivateIpAddresses: [
      { Primary: true, PrivateDnsName, PrivateIpAddress, ...(Association && { Association }) },
      ...further.map((each) => furtherAddress(each, furtherElasticIps, { account, region })),
    ],
    ...(Association && { Association }),
    ...(attachment && { Attachment: wireAttachment(attachment, account) }),
  };
}

function wireAttachment(attachment: Attachment, account: string) {
  return {
    AttachmentId: attachment.attachmentId,
    AttachTime: new Date(attachment.attachedAtMs),
    DeleteOnTermination: attachment.deleteOnTermination ?? false,
    DeviceIndex: attachment.deviceIndex,
    NetworkCardIndex: 0,
    InstanceId: attachment.instanceId,
    InstanceOwnerId: account,
    Status: 'attached' as const,
  };
}
