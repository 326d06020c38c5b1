import type { IpPermission, SecurityGroup, SecurityGroupRule } from '@aws-sdk/client-ec2';

/** A group with its rules in DescribeSecurityGroups' older form: one entry a protocol and port range. */
export function withPermissions(
  group: SecurityGroup,
  rules: readonly SecurityGroupRule[],
): SecurityGroup {
  const own = rules.filter((rule) => rule.GroupId === group.GroupId);
  return {
    ...group,
    IpPermissions: permissions(own.filter((rule) => !rule.IsEgress)),
    IpPermissionsEgress: permissions(own.filter((rule) => rule.IsEgress)),
  };
}

/** Rules in the older form, those with the same protocol and ports together. */
export function permissions(rules: readonly SecurityGroupRule[]): IpPermission[] {
  const byRange = new Map<
    string,
    Required<Omit<IpPermission, 'FromPort' | 'ToPort'>> & IpPermission
  >();
  for (const rule of rules) {
    const { IpProtocol = '-1', FromPort, ToPort } = rule;
    const range = `${IpProtocol}/${FromPort}/${ToPort}`;
    const permission = byRange.get(range) ?? {
      IpProtocol,
      // Rules for every protocol have no ports in this form.
      ...(IpProtocol !== '-1' && { FromPort, ToPort }),
      IpRanges: [],
      Ipv6Ranges: [],
      PrefixListIds: [],
      UserIdGroupPairs: [],
    };
    byRange.set(range, permission);
    const { Description } = rule;
    if (rule.CidrIpv4) permission.IpRanges.push({ CidrIp: rule.CidrIpv4, Description });
    if (rule.CidrIpv6) permission.Ipv6Ranges.push({ CidrIpv6: rule.CidrIpv6, Description });
    if (rule.PrefixListId)
      permission.PrefixListIds.push({ PrefixListId: rule.PrefixListId, Description });
    if (rule.ReferencedGroupInfo) {
      const { GroupId, UserId } = rule.ReferencedGroupInfo;
      permission.UserIdGroupPairs.push({ GroupId, UserId, Description });
    }
  }
  return [...byRange.values()];
}
