import type { NetworkInterface } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { allInterfaces } from '../domain/interfaces/list.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<NetworkInterface> = {
  'association.allocation-id': (card) => card.Association?.AllocationId,
  'association.association-id': (card) => card.Association?.AssociationId,
  'addresses.association.owner-id': (card) => card.Association?.IpOwnerId,
  'addresses.association.public-ip': (card) => card.Association?.PublicIp,
  'addresses.primary': (card) => card.PrivateIpAddresses?.map((each) => each.Primary),
  'addresses.private-ip-address': (card) =>
    card.PrivateIpAddresses?.map((each) => each.PrivateIpAddress),
  'association.ip-owner-id': (card) => card.Association?.IpOwnerId,
  'association.public-ip': (card) => card.Association?.PublicIp,
  'association.public-dns-name': (card) => card.Association?.PublicDnsName,
  'attachment.attach-time': (card) => card.Attachment?.AttachTime,
  'attachment.attachment-id': (card) => card.Attachment?.AttachmentId,
  'attachment.delete-on-termination': (card) => card.Attachment?.DeleteOnTermination,
  'attachment.device-index': (card) => card.Attachment?.DeviceIndex,
  'attachment.instance-id': (card) => card.Attachment?.InstanceId,
  'attachment.instance-owner-id': (card) => card.Attachment?.InstanceOwnerId,
  'attachment.status': (card) => card.Attachment?.Status,
  'availability-zone': (card) => card.AvailabilityZone,
  'availability-zone-id': (card) => card.AvailabilityZoneId,
  description: (card) => card.Description,
  'group-id': (card) => card.Groups?.map((group) => group.GroupId),
  'group-name': (card) => card.Groups?.map((group) => group.GroupName),
  'ipv6-addresses.ipv6-address': (card) => card.Ipv6Addresses?.map((each) => each.Ipv6Address),
  'interface-type': (card) => card.InterfaceType,
  'mac-address': (card) => card.MacAddress,
  'network-interface-id': (card) => card.NetworkInterfaceId,
  'operator.managed': (card) => card.Operator?.Managed ?? false,
  'operator.principal': (card) => card.Operator?.Principal,
  'owner-id': (card) => card.OwnerId,
  'private-dns-name': (card) => card.PrivateDnsName,
  'private-ip-address': (card) => card.PrivateIpAddress,
  'requester-id': (card) => card.RequesterId,
  'requester-managed': (card) => card.RequesterManaged,
  'source-dest-check': (card) => card.SourceDestCheck,
  status: (card) => card.Status,
  'subnet-id': (card) => card.SubnetId,
  'vpc-id': (card) => card.VpcId,
};

export const describeNetworkInterfaces = operation(model.DescribeNetworkInterfaces, {
  async handle(input, scope: Ec2Scope) {
    const { caller, tags, compute } = scope;
    scope.realize(compute.driver.realization);
    const shown = await allInterfaces(scope);
    const tagged = await tags.join(caller, shown, (card) => card.NetworkInterfaceId);
    // An interface shows its tags as TagSet, unlike every other resource.
    const all = tagged.map((card) => ({ ...card, TagSet: card.Tags ?? [] }));
    const { found, NextToken } = select(all, input, {
      id: (card) => card.NetworkInterfaceId,
      ids: { kind: kinds.networkInterface, given: input.NetworkInterfaceIds },
      filters,
    });
    return { NetworkInterfaces: found, NextToken };
  },
});
