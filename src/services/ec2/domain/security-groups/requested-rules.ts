import type {
  IpPermission,
  ManagedPrefixList,
  SecurityGroup,
  UserIdGroupPair,
} from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import type { Ec2Scope } from '../../scope.ts';
import { allPrefixLists } from '../prefix-lists/kept-by-aws.ts';
import { checkIds, kinds } from '../resource-kinds.ts';
import { canonicalCidr } from '../network/cidr.ts';
import { checkTraffic } from './ports.ts';
import { checkDescription, type RuleSpec } from './rule.ts';

/** A request that names rules: by permissions, or one ingress rule by members of its own. */
export interface RulesRequest {
  readonly IpPermissions?: readonly IpPermission[] | undefined;
  readonly IpProtocol?: string | undefined;
  readonly FromPort?: number | undefined;
  readonly ToPort?: number | undefined;
  readonly CidrIp?: string | undefined;
  readonly SourceSecurityGroupName?: string | undefined;
}

/** What rules may refer to: the group they are of, the account's others and its prefix lists. */
export interface Surroundings {
  readonly group: SecurityGroup;
  readonly groups: readonly SecurityGroup[];
  readonly prefixLists: readonly ManagedPrefixList[];
}

/**
 * The rules that a request names, one for each source.
 *
 * @throws MissingParameter, InvalidParameterValue, InvalidGroup.NotFound, …
 */
export function requestedRules(
  request: RulesRequest,
  IsEgress: boolean,
  surroundings: Surroundings,
): RuleSpec[] {
  const permissions = [...(request.IpPermissions ?? [])];
  if (permissions.length === 0) permissions.push(singlePermission(request));
  return permissions.flatMap((each) => rulesOf(each, IsEgress, surroundings));
}

/** The older form of a request, with one rule spread over its members. */
function singlePermission(request: RulesRequest): IpPermission {
  const { IpProtocol, FromPort, ToPort, CidrIp, SourceSecurityGroupName } = request;
  if (SourceSecurityGroupName !== undefined) {
    // A whole group is let in: AWS takes no ports together with this member.
    return {
      IpProtocol: IpProtocol ?? '-1',
      ...{ FromPort, ToPort },
      UserIdGroupPairs: [{ GroupName: SourceSecurityGroupName }],
    };
  }
  if (IpProtocol === undefined && CidrIp === undefined) {
    throw errors.missingParameter('ipPermissions');
  }
  return { IpProtocol, FromPort, ToPort, ...(CidrIp !== undefined && { IpRanges: [{ CidrIp }] }) };
}

function rulesOf(permission: IpPermission, IsEgress: boolean, around: Surroundings): RuleSpec[] {
  const { IpProtocol, FromPort, ToPort } = permission;
  const traffic = checkTraffic(IpProtocol, FromPort, ToPort);
  const rule = (peer: Partial<RuleSpec>, description: string | undefined): RuleSpec => {
    const Description = checkDescription(description);
    return { ...traffic, IsEgress, ...peer, ...(Description !== undefined && { Description }) };
  };
  const rules = [
    ...(permission.IpRanges ?? []).map(({ CidrIp, Description }) =>
      rule({ CidrIpv4: canonicalCidr(CidrIp ?? '', 4) }, Description),
    ),
    ...(permission.Ipv6Ranges ?? []).map(({ CidrIpv6, Description }) =>
      rule({ CidrIpv6: canonicalCidr(CidrIpv6 ?? '', 6) }, Description),
    ),
    ...(permission.PrefixListIds ?? []).map(({ PrefixListId, Description }) =>
      rule(prefixListPeer(PrefixListId, around), Description),
    ),
    ...(permission.UserIdGroupPairs ?? []).map((pair) =>
      rule(groupPeer(pair, around), pair.Description),
    ),
  ];
  if (rules.length === 0) {
    throw errors.missingParameter('ipRanges, ipv6Ranges, prefixListIds or userIdGroupPairs');
  }
  return rules;
}

/** A group that a rule lets through, by ID or by a name of the same VPC. */
export function groupPeer(
  { GroupId, GroupName, UserId }: UserIdGroupPair,
  { group, groups }: Surroundings,
): Pick<RuleSpec, 'ReferencedGroupInfo'> {
  if (!GroupId && !GroupName) throw errors.missingParameter('groupId or groupName');
  if (GroupId) checkIds(kinds.securityGroup, [GroupId]);
  const peer = groups.find(
    (each) =>
      each.VpcId === group.VpcId &&
      (GroupId ? each.GroupId === GroupId : each.GroupName === GroupName) &&
      (UserId === undefined || each.OwnerId === UserId),
  );
  if (!peer) throw kinds.securityGroup.notFound([GroupId ?? GroupName ?? '']);
  return { ReferencedGroupInfo: { GroupId: peer.GroupId!, UserId: peer.OwnerId! } };
}

/** A prefix list of the account's or of AWS's. */
function prefixListPeer(
  id: string | undefined,
  { prefixLists }: Surroundings,
): Pick<RuleSpec, 'PrefixListId'> {
  if (!id) throw errors.missingParameter('prefixListId');
  if (!prefixLists.some(({ PrefixListId }) => PrefixListId === id)) {
    throw kinds.prefixList.notFound([id]);
  }
  return { PrefixListId: id };
}

/** What a group's rules may refer to now. */
export async function surroundingsOf(
  group: SecurityGroup,
  { caller, networks }: Pick<Ec2Scope, 'caller' | 'networks'>,
): Promise<Surroundings> {
  return {
    group,
    groups: await networks.list('security-group', caller),
    prefixLists: await allPrefixLists(networks, caller),
  };
}
