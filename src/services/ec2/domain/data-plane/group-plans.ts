import type { SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { GroupPlan, GroupRulePlan } from '../../../../compute/network/vpc-plan.ts';
import { protocolNumber } from './protocols.ts';
import { blocksOf } from './routes.ts';
import type { Snapshot } from './snapshot.ts';

/** What has addresses and is in security groups. */
interface GroupMember {
  readonly groups: readonly string[];
  readonly addresses: readonly string[];
  readonly ipv6Addresses: readonly string[];
}

/** These security groups with what their rules mean now: references are the members' addresses. */
export function groupPlans(
  ids: readonly string[],
  snapshot: Snapshot,
  members: readonly GroupMember[],
): GroupPlan[] {
  return ids.map((id) => ({
    id,
    rules: snapshot.rules
      .filter(({ GroupId }) => GroupId === id)
      .map((rule) => rulePlan(rule, snapshot, members)),
  }));
}

function rulePlan(
  rule: SecurityGroupRule,
  snapshot: Snapshot,
  members: readonly GroupMember[],
): GroupRulePlan {
  const protocol = protocolNumber(rule.IpProtocol);
  const { FromPort: from = -1, ToPort: to = -1 } = rule;
  const isIcmp = rule.IpProtocol === 'icmp' || rule.IpProtocol === 'icmpv6';
  return {
    egress: rule.IsEgress ?? false,
    peers: peersOf(rule, snapshot, members),
    ...(protocol !== undefined && { protocol }),
    ...(isIcmp ? { icmp: { type: from, code: to } } : from >= 0 && { ports: [from, to] }),
  };
}

function peersOf(
  rule: SecurityGroupRule,
  { prefixLists }: Snapshot,
  members: readonly GroupMember[],
): string[] {
  const cidr = rule.CidrIpv4 ?? rule.CidrIpv6;
  if (cidr) return [cidr];
  if (rule.PrefixListId) {
    const list = prefixLists.find((each) => each.PrefixListId === rule.PrefixListId);
    return list ? blocksOf(list.versions[list.Version] ?? []) : [];
  }
  const groupId = rule.ReferencedGroupInfo?.GroupId ?? '';
  return members
    .filter(({ groups }) => groups.includes(groupId))
    .flatMap(({ addresses, ipv6Addresses }) => [...addresses, ...ipv6Addresses]);
}
