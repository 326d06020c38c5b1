import { isReservedTag } from '../../../kernel/reserved-tags.ts';
import {
  resourceType,
  type ResourceContext,
  type ResourceTypeDefinition,
} from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import * as errors from '../errors.ts';
import { isRefusal, unless } from './refusals.ts';
import {
  EGRESS,
  INGRESS,
  permissionOf,
  rulesOf,
  shownRule,
  type Direction,
  type Rule,
} from './security-group-rules.ts';
import { isOurs, specification } from './tags.ts';

interface RuleResource extends Rule {
  readonly GroupId?: string;
  readonly GroupName?: string;
}

const PEERS = [
  'CidrIp',
  'CidrIpv6',
  'SourcePrefixListId',
  'DestinationPrefixListId',
  'SourceSecurityGroupId',
  'SourceSecurityGroupName',
  'DestinationSecurityGroupId',
] as const satisfies readonly (keyof Rule)[];

const BOTH_WAYS = [
  'GroupId',
  'IpProtocol',
  'FromPort',
  'ToPort',
  'Description',
  'CidrIp',
  'CidrIpv6',
] as const;

export const securityGroupIngress = resourceType('AWS::EC2::SecurityGroupIngress', {
  properties: [
    ...BOTH_WAYS,
    'GroupName',
    'SourcePrefixListId',
    'SourceSecurityGroupId',
    'SourceSecurityGroupName',
    'SourceSecurityGroupOwnerId',
  ],
  ...functionsOf(INGRESS),
});

export const securityGroupEgress = resourceType('AWS::EC2::SecurityGroupEgress', {
  properties: [...BOTH_WAYS, 'DestinationPrefixListId', 'DestinationSecurityGroupId'],
  ...functionsOf(EGRESS),
});

/** One rule of a group that is kept by itself. */
function functionsOf(
  direction: Direction,
): Omit<ResourceTypeDefinition<RuleResource & { GroupId: string }>, 'properties' | 'replaces'> {
  return {
    async create(desired, context) {
      const peers = PEERS.filter((name) => desired[name] !== undefined);
      if (peers.length > 1) {
        throw errors.combination(`Only one of ${peers.join(' and ')} may be specified`);
      }
      const GroupId = await groupOf(desired, context);
      const tags = specification('security-group-rule', undefined, {
        ...context,
        // The type has no tags of its own: CloudFormation's say whose it is.
        tags: Object.fromEntries(
          Object.entries(context.tags).filter(([key]) => isReservedTag(key)),
        ),
      });
      try {
        const { SecurityGroupRules } = await context.invoke(direction.authorize, {
          ...{ GroupId, IpPermissions: [permissionOf(desired)] },
          ...(tags.Tags!.length > 0 && { TagSpecifications: [tags] }),
        });
        return SecurityGroupRules![0]!.SecurityGroupRuleId!;
      } catch (error) {
        if (!isRefusal(error, 'InvalidPermission.Duplicate')) throw error;
        const ours = (await rulesOf(GroupId, context)).find(({ Tags }) => isOurs(Tags, context));
        if (!ours) throw error;
        return ours.SecurityGroupRuleId!;
      }
    },

    async read(id, context) {
      const found = await describe(id, direction, context);
      return found && { Id: id, GroupId: found.GroupId!, ...shownRule(found) };
    },

    async update(id, { Description = '' }, _, context) {
      const found = await describe(id, direction, context);
      const SecurityGroupRuleDescriptions = [{ SecurityGroupRuleId: id, Description }];
      await context.invoke(direction.describe, {
        ...{ GroupId: found!.GroupId, SecurityGroupRuleDescriptions },
      });
    },

    async delete(id, context) {
      const found = await describe(id, direction, context);
      if (!found) return;
      const { GroupId } = found;
      await context.invoke(direction.revoke, { GroupId, SecurityGroupRuleIds: [id] });
    },

    async list({ invoke }) {
      const { SecurityGroupRules = [] } = await invoke(model.DescribeSecurityGroupRules, {});
      return SecurityGroupRules.filter(({ IsEgress }) => IsEgress === direction.isEgress).map(
        ({ SecurityGroupRuleId }) => SecurityGroupRuleId!,
      );
    },
  };
}

/** @throws InvalidGroup.NotFound, MissingParameter */
async function groupOf(
  { GroupId, GroupName }: RuleResource,
  { invoke }: ResourceContext,
): Promise<string> {
  if (GroupId !== undefined) return GroupId;
  if (GroupName === undefined) throw errors.missingParameter('GroupId or GroupName');
  const named = await invoke(model.DescribeSecurityGroups, { GroupNames: [GroupName] });
  return named.SecurityGroups![0]!.GroupId!;
}

async function describe(id: string, { isEgress }: Direction, { invoke }: ResourceContext) {
  const SecurityGroupRuleIds = [id];
  const answer = invoke(model.DescribeSecurityGroupRules, { SecurityGroupRuleIds });
  const found = await unless('InvalidSecurityGroupRuleId.NotFound', answer);
  return found?.SecurityGroupRules?.find((rule) => rule.IsEgress === isEgress);
}
