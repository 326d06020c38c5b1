import type {
  IpPermission,
  ManagedPrefixList,
  SecurityGroup,
  SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import type { ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import { permissions } from '../domain/network/permissions.ts';
import { DEFAULT_EGRESS } from '../domain/security-groups/new-rules.ts';
import { requestedRules, type Surroundings } from '../domain/security-groups/requested-rules.ts';
import { identityOf, type RuleSpec } from '../domain/security-groups/rule.ts';

type Properties = Pick<
  ResourceModels['AWS::EC2::SecurityGroup'],
  'SecurityGroupIngress' | 'SecurityGroupEgress'
>;

/** A rule in a template's words. */
export interface Rule {
  readonly IpProtocol: string;
  readonly FromPort?: number | undefined;
  readonly ToPort?: number | undefined;
  readonly CidrIp?: string | undefined;
  readonly CidrIpv6?: string | undefined;
  readonly Description?: string | undefined;
  readonly SourcePrefixListId?: string | undefined;
  readonly DestinationPrefixListId?: string | undefined;
  readonly SourceSecurityGroupId?: string | undefined;
  readonly SourceSecurityGroupName?: string | undefined;
  readonly SourceSecurityGroupOwnerId?: string | undefined;
  readonly DestinationSecurityGroupId?: string | undefined;
}

export const INGRESS = {
  isEgress: false,
  revoke: model.RevokeSecurityGroupIngress,
  authorize: model.AuthorizeSecurityGroupIngress,
  describe: model.UpdateSecurityGroupRuleDescriptionsIngress,
} as const;

export const EGRESS = {
  isEgress: true,
  revoke: model.RevokeSecurityGroupEgress,
  authorize: model.AuthorizeSecurityGroupEgress,
  describe: model.UpdateSecurityGroupRuleDescriptionsEgress,
} as const;

/** Which way a rule lets traffic through, and the operations for that. */
export type Direction = typeof INGRESS | typeof EGRESS;

/**
 * Revokes and authorizes the difference. Rules that neither the previous nor the desired properties
 * name, e.g. those of an `AWS::EC2::SecurityGroupIngress`, stay as they are.
 */
export async function bringRules(
  group: SecurityGroup,
  desired: Properties,
  previous: Properties,
  context: ResourceContext,
): Promise<void> {
  const { invoke } = context;
  const GroupId = group.GroupId!;
  const { SecurityGroups: groups = [] } = await invoke(model.DescribeSecurityGroups, {});
  const around = { group, groups, prefixLists: await namedLists([desired, previous], context) };
  const wanted = specsOf(desired, around);
  const wantedIds = new Set(wanted.map(identityOf));
  const previousIds = new Set(specsOf(previous, around).map(identityOf));
  const standing = await rulesOf(GroupId, context);
  const surplus = standing.filter(
    (rule) => previousIds.has(identityOf(rule)) && !wantedIds.has(identityOf(rule)),
  );
  const ids = (isEgress: boolean) =>
    surplus
      .filter((rule) => rule.IsEgress === isEgress)
      .map(({ SecurityGroupRuleId }) => SecurityGroupRuleId!);
  const missing = (isEgress: boolean) =>
    permissions(
      wanted.filter(
        (spec) =>
          spec.IsEgress === isEgress &&
          !standing.some((rule) => identityOf(rule) === identityOf(spec)),
      ),
    );
  const redescribed = (isEgress: boolean) =>
    standing.flatMap((rule) => {
      const spec = wanted.find((each) => identityOf(each) === identityOf(rule));
      if (!spec || rule.IsEgress !== isEgress || spec.Description === rule.Description) return [];
      return [
        { SecurityGroupRuleId: rule.SecurityGroupRuleId, Description: spec.Description ?? '' },
      ];
    });
  for (const { isEgress, revoke, authorize, describe } of [INGRESS, EGRESS]) {
    const SecurityGroupRuleIds = ids(isEgress);
    if (SecurityGroupRuleIds.length > 0) await invoke(revoke, { GroupId, SecurityGroupRuleIds });
    const IpPermissions = missing(isEgress);
    if (IpPermissions.length > 0) await invoke(authorize, { GroupId, IpPermissions });
    const SecurityGroupRuleDescriptions = redescribed(isEgress);
    if (SecurityGroupRuleDescriptions.length > 0) {
      await invoke(describe, { GroupId, SecurityGroupRuleDescriptions });
    }
  }
}

/** The prefix lists where any rule names one: few owners are allowed to look at them. */
async function namedLists(
  properties: readonly Properties[],
  { invoke }: ResourceContext,
): Promise<readonly ManagedPrefixList[]> {
  const names = ({ SourcePrefixListId, DestinationPrefixListId }: Rule) =>
    SourcePrefixListId !== undefined || DestinationPrefixListId !== undefined;
  const isNamed = properties.some(
    ({ SecurityGroupIngress = [], SecurityGroupEgress = [] }) =>
      SecurityGroupIngress.some(names) || SecurityGroupEgress.some(names),
  );
  if (!isNamed) return [];
  const { PrefixLists = [] } = await invoke(model.DescribeManagedPrefixLists, {});
  return PrefixLists;
}

/** A group's rules in a template's words. */
export async function shownRules(id: string, context: ResourceContext): Promise<Properties> {
  const rules = await rulesOf(id, context);
  const shown = (isEgress: boolean) =>
    rules.filter((rule) => rule.IsEgress === isEgress).map((rule) => shownRule(rule));
  return { SecurityGroupIngress: shown(false), SecurityGroupEgress: shown(true) };
}

/** A rule in a template's words. */
export function shownRule({
  ReferencedGroupInfo: group,
  PrefixListId,
  IsEgress,
  ...rule
}: SecurityGroupRule): Rule {
  if (PrefixListId) {
    const list = IsEgress ? 'DestinationPrefixListId' : 'SourcePrefixListId';
    return { ...common(rule), [list]: PrefixListId };
  }
  if (!group) return common(rule);
  return IsEgress
    ? { ...common(rule), DestinationSecurityGroupId: group.GroupId! }
    : {
        ...common(rule),
        ...{ SourceSecurityGroupId: group.GroupId!, SourceSecurityGroupOwnerId: group.UserId! },
      };
}

function common({ IpProtocol, FromPort, ToPort, CidrIpv4, ...rule }: SecurityGroupRule) {
  const { CidrIpv6, Description } = rule;
  return {
    ...{ IpProtocol: IpProtocol!, FromPort: FromPort!, ToPort: ToPort! },
    ...(CidrIpv4 !== undefined && { CidrIp: CidrIpv4 }),
    ...(CidrIpv6 !== undefined && { CidrIpv6 }),
    ...(Description !== undefined && { Description }),
  };
}

function specsOf(properties: Properties, around: Surroundings): RuleSpec[] {
  const specs = (rules: readonly Rule[], isEgress: boolean): RuleSpec[] => {
    if (rules.length === 0) return isEgress ? [DEFAULT_EGRESS] : [];
    return requestedRules({ IpPermissions: rules.map(permissionOf) }, isEgress, around);
  };
  return [
    ...specs(properties.SecurityGroupIngress ?? [], false),
    ...specs(properties.SecurityGroupEgress ?? [], true),
  ];
}

export function permissionOf(rule: Rule): IpPermission {
  const { IpProtocol, FromPort, ToPort, Description, CidrIp, CidrIpv6 } = rule;
  const PrefixListId = rule.SourcePrefixListId ?? rule.DestinationPrefixListId;
  const GroupId = rule.SourceSecurityGroupId ?? rule.DestinationSecurityGroupId;
  const GroupName = rule.SourceSecurityGroupName;
  const UserId = rule.SourceSecurityGroupOwnerId;
  return {
    ...{ IpProtocol, FromPort, ToPort },
    ...(CidrIp !== undefined && { IpRanges: [{ CidrIp, Description }] }),
    ...(CidrIpv6 !== undefined && { Ipv6Ranges: [{ CidrIpv6, Description }] }),
    ...(PrefixListId !== undefined && { PrefixListIds: [{ PrefixListId, Description }] }),
    ...((GroupId ?? GroupName) !== undefined && {
      UserIdGroupPairs: [{ GroupId, GroupName, UserId, Description }],
    }),
  };
}

export async function rulesOf(
  groupId: string,
  { invoke }: ResourceContext,
): Promise<SecurityGroupRule[]> {
  const Filters = [{ Name: 'group-id', Values: [groupId] }];
  const { SecurityGroupRules = [] } = await invoke(model.DescribeSecurityGroupRules, { Filters });
  return SecurityGroupRules;
}
