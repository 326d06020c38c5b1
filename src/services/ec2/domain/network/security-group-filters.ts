import type { SecurityGroup } from '@aws-sdk/client-ec2';
import type { Filters } from '../filters.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html */
export const securityGroupFilters: Filters<SecurityGroup> = {
  description: (group) => group.Description,
  'group-id': (group) => group.GroupId,
  'group-name': (group) => group.GroupName,
  'owner-id': (group) => group.OwnerId,
  'vpc-id': (group) => group.VpcId,
  'ip-permission.cidr': (group) =>
    group.IpPermissions?.flatMap((each) => each.IpRanges?.map((range) => range.CidrIp)),
  'ip-permission.from-port': (group) => group.IpPermissions?.map((each) => each.FromPort),
  'ip-permission.group-id': (group) =>
    group.IpPermissions?.flatMap((each) => each.UserIdGroupPairs?.map((pair) => pair.GroupId)),
  'ip-permission.group-name': (group) =>
    group.IpPermissions?.flatMap((each) => each.UserIdGroupPairs?.map((pair) => pair.GroupName)),
  'ip-permission.ipv6-cidr': (group) =>
    group.IpPermissions?.flatMap((each) => each.Ipv6Ranges?.map((range) => range.CidrIpv6)),
  'ip-permission.prefix-list-id': (group) =>
    group.IpPermissions?.flatMap((each) => each.PrefixListIds?.map((list) => list.PrefixListId)),
  'ip-permission.protocol': (group) => group.IpPermissions?.map((each) => each.IpProtocol),
  'ip-permission.to-port': (group) => group.IpPermissions?.map((each) => each.ToPort),
  'ip-permission.user-id': (group) =>
    group.IpPermissions?.flatMap((each) => each.UserIdGroupPairs?.map((pair) => pair.UserId)),
  'egress.ip-permission.cidr': (group) =>
    group.IpPermissionsEgress?.flatMap((each) => each.IpRanges?.map((range) => range.CidrIp)),
  'egress.ip-permission.from-port': (group) =>
    group.IpPermissionsEgress?.map((each) => each.FromPort),
  'egress.ip-permission.group-id': (group) =>
    group.IpPermissionsEgress?.flatMap((each) =>
      each.UserIdGroupPairs?.map((pair) => pair.GroupId),
    ),
  'egress.ip-permission.group-name': (group) =>
    group.IpPermissionsEgress?.flatMap((each) =>
      each.UserIdGroupPairs?.map((pair) => pair.GroupName),
    ),
  'egress.ip-permission.ipv6-cidr': (group) =>
    group.IpPermissionsEgress?.flatMap((each) => each.Ipv6Ranges?.map((range) => range.CidrIpv6)),
  'egress.ip-permission.prefix-list-id': (group) =>
    group.IpPermissionsEgress?.flatMap((each) =>
      each.PrefixListIds?.map((list) => list.PrefixListId),
    ),
  'egress.ip-permission.protocol': (group) =>
    group.IpPermissionsEgress?.map((each) => each.IpProtocol),
  'egress.ip-permission.to-port': (group) => group.IpPermissionsEgress?.map((each) => each.ToPort),
  'egress.ip-permission.user-id': (group) =>
    group.IpPermissionsEgress?.flatMap((each) => each.UserIdGroupPairs?.map((pair) => pair.UserId)),
};
