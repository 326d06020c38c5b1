import type { SecurityGroup as Described, Tag } from '@aws-sdk/client-ec2';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import { isRefusal, unless } from './refusals.ts';
import { bringRules, shownRules } from './security-group-rules.ts';
import { isOurs, shownTags, specification, updateTags } from './tags.ts';

type SecurityGroup = ResourceModels['AWS::EC2::SecurityGroup'];

const MAX_NAME_LENGTH = 255;
const NOT_FOUND = 'InvalidGroup.NotFound';

export const securityGroup = resourceType('AWS::EC2::SecurityGroup', {
  properties: [
    'GroupDescription',
    'GroupName',
    'SecurityGroupEgress',
    'SecurityGroupIngress',
    'Tags',
    'VpcId',
  ],

  async create(desired, context) {
    const id = await createGroup(desired, context);
    const group = await describe(id, context);
    // It begins with the rule that it has where its owner names none.
    await bringRules(group!, desired, {}, context);
    return id;
  },

  async read(id, context) {
    const found = await describe(id, context);
    if (!found) return undefined;
    const Tags = shownTags(found.Tags);
    return {
      ...{ Id: id, GroupId: id, VpcId: found.VpcId! },
      ...{ GroupName: found.GroupName!, GroupDescription: found.Description! },
      ...(await shownRules(id, context)),
      ...(Tags && { Tags }),
    };
  },

  async update(id, desired, previous, context) {
    const group = await describe(id, context);
    await bringRules(group!, desired, previous, context);
    await updateTags(id, desired.Tags, context);
  },

  async delete(id, { invoke }) {
    await unless(NOT_FOUND, invoke(model.DeleteSecurityGroup, { GroupId: id }));
  },

  async list({ invoke }) {
    const { SecurityGroups = [] } = await invoke(model.DescribeSecurityGroups, {});
    return SecurityGroups.map(({ GroupId }) => GroupId!);
  },
});

async function createGroup(desired: SecurityGroup, context: ResourceContext): Promise<string> {
  const GroupName = desired.GroupName ?? context.generatedName(MAX_NAME_LENGTH);
  try {
    const made = await context.invoke(model.CreateSecurityGroup, {
      GroupName,
      Description: desired.GroupDescription,
      VpcId: desired.VpcId,
      TagSpecifications: [specification('security-group', desired.Tags, context)],
    });
    return made.GroupId!;
  } catch (error) {
    if (!isRefusal(error, 'InvalidGroup.Duplicate')) throw error;
    const Filters = [{ Name: 'group-name', Values: [GroupName] }];
    const { SecurityGroups = [] } = await context.invoke(model.DescribeSecurityGroups, { Filters });
    // A generated name is this creation's own; of another one only the tags tell.
    const isMade = (tags: Tag[] | undefined) => !desired.GroupName || isOurs(tags, context);
    const ours = SecurityGroups.find(
      ({ Tags, VpcId }) => isMade(Tags) && (desired.VpcId ?? VpcId) === VpcId,
    );
    if (!ours) throw error;
    return ours.GroupId!;
  }
}

async function describe(id: string, { invoke }: ResourceContext): Promise<Described | undefined> {
  const answer = invoke(model.DescribeSecurityGroups, { GroupIds: [id] });
  return (await unless(NOT_FOUND, answer))?.SecurityGroups?.[0];
}
