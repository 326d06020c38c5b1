import type { PlacementGroup as Described } from '@aws-sdk/client-ec2';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { unless } from './refusals.ts';
import { isOurs, shownTags, specification } from './tags.ts';

const UNKNOWN = 'InvalidPlacementGroup.Unknown';
const MAX_NAME_LENGTH = 255;

export const placementGroup = resourceType('AWS::EC2::PlacementGroup', {
  properties: ['PartitionCount', 'SpreadLevel', 'Strategy', 'Tags'],

  async create({ Tags, PartitionCount, ...desired }, context) {
    const GroupName = context.generatedName(MAX_NAME_LENGTH);
    const standing = await describe(GroupName, context);
    if (standing && isOurs(standing.Tags, context)) return GroupName;
    await context.invoke(model.CreatePlacementGroup, {
      ...{ GroupName, PartitionCount },
      Strategy: desired.Strategy as 'cluster' | undefined,
      SpreadLevel: desired.SpreadLevel as 'rack' | undefined,
      TagSpecifications: [specification('placement-group', Tags, context)],
    });
    return GroupName;
  },

  async read(name, context) {
    const found = await describe(name, context);
    if (!found) return undefined;
    const Tags = shownTags(found.Tags);
    return {
      GroupName: name,
      GroupId: found.GroupId!,
      Strategy: found.Strategy!,
      ...(found.PartitionCount !== undefined && { PartitionCount: found.PartitionCount }),
      ...(found.SpreadLevel !== undefined && { SpreadLevel: found.SpreadLevel }),
      ...(Tags && { Tags }),
    };
  },

  async delete(name, { invoke }) {
    await unless(UNKNOWN, invoke(model.DeletePlacementGroup, { GroupName: name }));
  },

  async list({ invoke }) {
    const { PlacementGroups = [] } = await invoke(model.DescribePlacementGroups, {});
    return PlacementGroups.map(({ GroupName }) => GroupName!);
  },
});

async function describe(name: string, { invoke }: ResourceContext): Promise<Described | undefined> {
  const answer = invoke(model.DescribePlacementGroups, { GroupNames: [name] });
  return (await unless(UNKNOWN, answer))?.PlacementGroups?.[0];
}
