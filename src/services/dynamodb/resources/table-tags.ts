import type { Tag } from '@aws-sdk/client-dynamodb';
import { isReservedTag } from '../../../kernel/reserved-tags.ts';
import type { ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/dynamodb.ts';

type Tags = Readonly<Record<string, string>>;

export async function tagsOf(arn: string, { invoke }: ResourceContext): Promise<Tags> {
  const { Tags: tags = [] } = await invoke(model.ListTagsOfResource, { ResourceArn: arn });
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key!, Value!]));
}

/** Brings the table's tags in line with its own and those of whoever keeps it. */
export async function updateTags(
  arn: string,
  own: readonly Tag[],
  context: ResourceContext,
): Promise<void> {
  const wanted: Tags = {
    ...Object.fromEntries(own.map(({ Key, Value }) => [Key, Value])),
    ...context.tags,
  };
  const standing = await tagsOf(arn, context);
  const surplus = Object.keys(standing).filter((key) => !(key in wanted) && !isReservedTag(key));
  if (surplus.length > 0) {
    await context.invoke(model.UntagResource, { ResourceArn: arn, TagKeys: surplus });
  }
  const changed = Object.entries(wanted).filter(([key, value]) => standing[key] !== value);
  if (changed.length > 0) {
    const Tags = toList(Object.fromEntries(changed));
    await context.invoke(model.TagResource, { ResourceArn: arn, Tags });
  }
}

export function toList(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
