import { isDeepStrictEqual } from 'node:util';
import type { ParameterTier, ParameterType } from '@aws-sdk/client-ssm';
import { AwsError } from '../../../kernel/aws-error.ts';
import { bearsReservedTags, isReservedTag } from '../../../kernel/reserved-tags.ts';
import { type ResourceContext, resourceType } from '../../../kernel/resource-type.ts';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import * as model from '../../../models/generated/ssm.ts';

type Tags = Readonly<Record<string, string>>;

type Parameter = ResourceModels['AWS::SSM::Parameter'];

const MAX_GENERATED_NAME_LENGTH = 255;

export const parameter = resourceType('AWS::SSM::Parameter', {
  properties: [
    'Name',
    'Type',
    'Value',
    'Description',
    'AllowedPattern',
    'DataType',
    'Tier',
    'Tags',
  ],

  async create(desired, context) {
    const name = desired.Name ?? context.generatedName(MAX_GENERATED_NAME_LENGTH);
    const tags = { ...desired.Tags, ...context.tags };
    try {
      await context.invoke(model.PutParameter, { ...putInput(name, desired), Tags: toList(tags) });
    } catch (error) {
      if (!is(error, 'ParameterAlreadyExists') || !(await isOurs(name, context))) throw error;
    }
    return name;
  },

  async read(name, { invoke }) {
    try {
      const { Parameters = [] } = await invoke(model.DescribeParameters, {
        ParameterFilters: [{ Key: 'Name', Values: [name] }],
      });
      const [metadata] = Parameters;
      if (!metadata) return undefined;
      const { Parameter: found } = await invoke(model.GetParameter, { Name: name });
      const tags = Object.entries(await tagsOf(name, invoke)).filter(
        ([key]) => !isReservedTag(key),
      );
      return {
        Name: name,
        Arn: found!.ARN!,
        Type: found!.Type!,
        Value: found!.Value!,
        DataType: found!.DataType!,
        Tier: metadata.Tier!,
        ...(metadata.Description && { Description: metadata.Description }),
        ...(metadata.AllowedPattern && { AllowedPattern: metadata.AllowedPattern }),
        ...(tags.length > 0 && { Tags: Object.fromEntries(tags) }),
      };
    } catch (error) {
      // deleted between two questions
      if (is(error, 'ParameterNotFound') || is(error, 'InvalidResourceId')) return undefined;
      throw error;
    }
  },

  async update(name, desired, previous, { invoke, tags }) {
    // tags alone make no new version
    if (!isDeepStrictEqual(putInput(name, desired), putInput(name, previous))) {
      await invoke(model.PutParameter, {
        // what the template no longer says is taken back
        ...{ Description: '', AllowedPattern: '' },
        ...putInput(name, desired),
        Overwrite: true,
      });
    }
    const wanted = { ...desired.Tags, ...tags };
    const standing = await tagsOf(name, invoke);
    const resource = { ResourceType: 'Parameter', ResourceId: name } as const;
    const surplus = Object.keys(standing).filter((key) => !(key in wanted) && !isReservedTag(key));
    if (surplus.length > 0) {
      await invoke(model.RemoveTagsFromResource, { ...resource, TagKeys: surplus });
    }
    if (Object.keys(wanted).length > 0) {
      await invoke(model.AddTagsToResource, { ...resource, Tags: toList(wanted) });
    }
  },

  async delete(name, { invoke }) {
    try {
      await invoke(model.DeleteParameter, { Name: name });
    } catch (error) {
      if (!is(error, 'ParameterNotFound')) throw error;
    }
  },

  async list({ invoke }) {
    const names: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await invoke(model.DescribeParameters, { NextToken });
      names.push(...(page.Parameters ?? []).map(({ Name }) => Name!));
      ({ NextToken } = page);
    } while (NextToken);
    return names;
  },
});

function putInput(name: string, { Name: _name, Tags: _tags, Arn: _arn, ...desired }: Parameter) {
  return {
    ...desired,
    Name: name,
    Type: desired.Type as ParameterType,
    Tier: desired.Tier as ParameterTier | undefined,
  };
}

/** Whether an earlier attempt at this creation made the parameter: its system tags say so. */
async function isOurs(name: string, { tags, invoke }: ResourceContext): Promise<boolean> {
  return bearsReservedTags(await tagsOf(name, invoke), tags);
}

async function tagsOf(name: string, invoke: ResourceContext['invoke']): Promise<Tags> {
  const resource = { ResourceType: 'Parameter', ResourceId: name } as const;
  const { TagList = [] } = await invoke(model.ListTagsForResource, resource);
  return Object.fromEntries(TagList.map(({ Key, Value }) => [Key!, Value!]));
}

function toList(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function is(error: unknown, code: string): boolean {
  return error instanceof AwsError && error.code === code;
}
