import type { Subnet } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';
import { realizeNetwork } from '../domain/data-plane/carried.ts';

const filters: Filters<Subnet> = {
  'availability-zone': (subnet) => subnet.AvailabilityZone,
  availabilityZone: (subnet) => subnet.AvailabilityZone,
  'availability-zone-id': (subnet) => subnet.AvailabilityZoneId,
  availabilityZoneId: (subnet) => subnet.AvailabilityZoneId,
  'available-ip-address-count': (subnet) => subnet.AvailableIpAddressCount,
  cidr: (subnet) => subnet.CidrBlock,
  'cidr-block': (subnet) => subnet.CidrBlock,
  cidrBlock: (subnet) => subnet.CidrBlock,
  'customer-owned-ipv4-pool': (subnet) => subnet.CustomerOwnedIpv4Pool,
  'default-for-az': (subnet) => subnet.DefaultForAz,
  defaultForAz: (subnet) => subnet.DefaultForAz,
  'enable-dns64': (subnet) => subnet.EnableDns64,
  'enable-lni-at-device-index': (subnet) => subnet.EnableLniAtDeviceIndex,
  'ipv6-cidr-block-association.association-id': (subnet) =>
    subnet.Ipv6CidrBlockAssociationSet?.map((block) => block.AssociationId),
  'ipv6-cidr-block-association.ipv6-cidr-block': (subnet) =>
    subnet.Ipv6CidrBlockAssociationSet?.map((block) => block.Ipv6CidrBlock),
  'ipv6-cidr-block-association.state': (subnet) =>
    subnet.Ipv6CidrBlockAssociationSet?.map((block) => block.Ipv6CidrBlockState?.State),
  'ipv6-native': (subnet) => subnet.Ipv6Native,
  'map-customer-owned-ip-on-launch': (subnet) => subnet.MapCustomerOwnedIpOnLaunch,
  'map-public-ip-on-launch': (subnet) => subnet.MapPublicIpOnLaunch,
  'outpost-arn': (subnet) => subnet.OutpostArn,
  'owner-id': (subnet) => subnet.OwnerId,
  'private-dns-name-options-on-launch.hostname-type': (subnet) =>
    subnet.PrivateDnsNameOptionsOnLaunch?.HostnameType,
  'private-dns-name-options-on-launch.enable-resource-name-dns-a-record': (subnet) =>
    subnet.PrivateDnsNameOptionsOnLaunch?.EnableResourceNameDnsARecord,
  'private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record': (subnet) =>
    subnet.PrivateDnsNameOptionsOnLaunch?.EnableResourceNameDnsAAAARecord,
  state: (subnet) => subnet.State,
  'subnet-arn': (subnet) => subnet.SubnetArn,
  'subnet-id': (subnet) => subnet.SubnetId,
  'vpc-id': (subnet) => subnet.VpcId,
};

export const describeSubnets = operation(model.DescribeSubnets, {
  async handle(input, scope: Ec2Scope) {
    realizeNetwork(scope);
    const { caller, networks, instances, tags } = scope;
    const recorded = await networks.list('subnet', caller);
    const counted = await Promise.all(
      recorded.map(async (subnet) => ({
        ...subnet,
        AvailableIpAddressCount: await instances.addresses.countFree(subnet),
      })),
    );
    const all = await tags.join(caller, counted, (subnet) => subnet.SubnetId);
    const { found, NextToken } = select(all, input, {
      id: (subnet) => subnet.SubnetId,
      ids: { kind: kinds.subnet, given: input.SubnetIds },
      filters,
    });
    return { Subnets: found, NextToken };
  },
});
