import type { Filters } from '../filters.ts';
import type { ShownInstance } from './reservations.ts';

/** The filters of DescribeInstances that look at network interfaces. */
export const interfaceFilters: Filters<ShownInstance> = {
  'network-interface.addresses.association.allocation-id': () => [],
  'network-interface.addresses.association.association-id': () => [],
  'network-interface.addresses.association.carrier-ip': (it) =>
    it.NetworkInterfaces?.map((card) => card.Association?.CarrierIp),
  'network-interface.addresses.association.customer-owned-ip': (it) =>
    it.NetworkInterfaces?.map((card) => card.Association?.CustomerOwnedIp),
  'network-interface.addresses.association.ip-owner-id': (it) =>
    it.NetworkInterfaces?.map((card) => card.Association?.IpOwnerId),
  'network-interface.addresses.association.public-dns-name': (it) =>
    it.NetworkInterfaces?.map((card) => card.Association?.PublicDnsName),
  'network-interface.addresses.association.public-ip': (it) =>
    it.NetworkInterfaces?.map((card) => card.Association?.PublicIp),
  'network-interface.addresses.primary': (it) =>
    it.NetworkInterfaces?.flatMap((card) => card.PrivateIpAddresses?.map((each) => each.Primary)),
  'network-interface.addresses.private-dns-name': (it) =>
    it.NetworkInterfaces?.flatMap((card) =>
      card.PrivateIpAddresses?.map((each) => each.PrivateDnsName),
    ),
  'network-interface.addresses.private-ip-address': (it) =>
    it.NetworkInterfaces?.flatMap((card) =>
      card.PrivateIpAddresses?.map((each) => each.PrivateIpAddress),
    ),
  'network-interface.association.carrier-ip': (it) =>
    it.NetworkInterfaces?.map((card) => card.Association?.CarrierIp),
  'network-interface.association.customer-owned-ip': (it) =>
    it.NetworkInterfaces?.map((card) => card.Association?.CustomerOwnedIp),
  'network-interface.association.ip-owner-id': (it) =>
    it.NetworkInterfaces?.map((card) => card.Association?.IpOwnerId),
  'network-interface.association.public-dns-name': (it) =>
    it.NetworkInterfaces?.map((card) => card.Association?.PublicDnsName),
  'network-interface.association.public-ip': (it) =>
    it.NetworkInterfaces?.map((card) => card.Association?.PublicIp),
  'network-interface.attachment.attach-time': (it) =>
    it.NetworkInterfaces?.map((card) => card.Attachment?.AttachTime),
  'network-interface.attachment.attachment-id': (it) =>
    it.NetworkInterfaces?.map((card) => card.Attachment?.AttachmentId),
  'network-interface.attachment.delete-on-termination': (it) =>
    it.NetworkInterfaces?.map((card) => card.Attachment?.DeleteOnTermination),
  'network-interface.attachment.device-index': (it) =>
    it.NetworkInterfaces?.map((card) => card.Attachment?.DeviceIndex),
  'network-interface.attachment.instance-id': (it) =>
    it.NetworkInterfaces?.map(() => it.InstanceId),
  'network-interface.attachment.instance-owner-id': (it) =>
    it.NetworkInterfaces?.map(() => it.OwnerId),
  'network-interface.attachment.network-card-index': (it) =>
    it.NetworkInterfaces?.map((card) => card.Attachment?.NetworkCardIndex),
  'network-interface.attachment.status': (it) =>
    it.NetworkInterfaces?.map((card) => card.Attachment?.Status),
  'network-interface.availability-zone': (it) =>
    it.NetworkInterfaces?.map(() => it.Placement?.AvailabilityZone),
  'network-interface.description': (it) => it.NetworkInterfaces?.map((card) => card.Description),
  'network-interface.group-id': (it) =>
    it.NetworkInterfaces?.flatMap((card) => card.Groups?.map((group) => group.GroupId)),
  'network-interface.group-name': (it) =>
    it.NetworkInterfaces?.flatMap((card) => card.Groups?.map((group) => group.GroupName)),
  'network-interface.ipv4-prefixes.ipv4-prefix': (it) =>
    it.NetworkInterfaces?.flatMap((card) => card.Ipv4Prefixes?.map((each) => each.Ipv4Prefix)),
  'network-interface.ipv6-address': (it) =>
    it.NetworkInterfaces?.flatMap((card) => card.Ipv6Addresses?.map((each) => each.Ipv6Address)),
  'network-interface.ipv6-addresses.ipv6-address': (it) =>
    it.NetworkInterfaces?.flatMap((card) => card.Ipv6Addresses?.map((each) => each.Ipv6Address)),
  'network-interface.ipv6-addresses.is-primary-ipv6': (it) =>
    it.NetworkInterfaces?.flatMap((card) => card.Ipv6Addresses?.map((each) => each.IsPrimaryIpv6)),
  'network-interface.ipv6-native': () => [],
  'network-interface.ipv6-prefixes.ipv6-prefix': (it) =>
    it.NetworkInterfaces?.flatMap((card) => card.Ipv6Prefixes?.map((each) => each.Ipv6Prefix)),
  'network-interface.mac-address': (it) => it.NetworkInterfaces?.map((card) => card.MacAddress),
  'network-interface.network-interface-id': (it) =>
    it.NetworkInterfaces?.map((card) => card.NetworkInterfaceId),
  'network-interface.operator.managed': (it) =>
    it.NetworkInterfaces?.map((card) => card.Operator?.Managed ?? false),
  'network-interface.operator.principal': (it) =>
    it.NetworkInterfaces?.map((card) => card.Operator?.Principal),
  'network-interface.outpost-arn': () => [],
  'network-interface.owner-id': (it) => it.NetworkInterfaces?.map((card) => card.OwnerId),
  'network-interface.private-dns-name': (it) =>
    it.NetworkInterfaces?.map((card) => card.PrivateDnsName),
  'network-interface.private-ip-address': (it) =>
    it.NetworkInterfaces?.map((card) => card.PrivateIpAddress),
  'network-interface.public-dns-name': (it) =>
    it.NetworkInterfaces?.map((card) => card.Association?.PublicDnsName),
  'network-interface.requester-id': () => [],
  'network-interface.requester-managed': (it) => it.NetworkInterfaces?.map(() => false),
  'network-interface.source-dest-check': (it) =>
    it.NetworkInterfaces?.map((card) => card.SourceDestCheck),
  'network-interface.status': (it) => it.NetworkInterfaces?.map((card) => card.Status),
  'network-interface.subnet-id': (it) => it.NetworkInterfaces?.map((card) => card.SubnetId),
  'network-interface.tag-key': () => [],
  'network-interface.tag-value': () => [],
  'network-interface.vpc-id': (it) => it.NetworkInterfaces?.map((card) => card.VpcId),
};
