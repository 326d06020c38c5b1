import type { ResourceType as TaggedType, Tag, TagSpecification } from '@aws-sdk/client-ec2';
import { isReservedTag } from '../../../kernel/reserved-tags.ts';
import type { ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';

type TagList = readonly { readonly Key: string; readonly Value: string }[];

/** A new resource's tags: its own, and those that whoever keeps it gives it. */
export function specification(
  ResourceType: TaggedType,
  own: TagList | undefined,
  context: ResourceContext,
): TagSpecification {
  return { ResourceType, Tags: wanted(own, context) };
}

/** Gives a resource the tags that it should have now, and takes those that it should no longer have. */
export async function updateTags(
  id: string,
  own: TagList | undefined,
  context: ResourceContext,
): Promise<void> {
  const Tags = wanted(own, context);
  const { Tags: standing = [] } = await context.invoke(model.DescribeTags, {
    Filters: [{ Name: 'resource-id', Values: [id] }],
  });
  const surplus = standing.filter(
    ({ Key = '' }) => !isReservedTag(Key) && Tags.every((tag) => tag.Key !== Key),
  );
  if (surplus.length > 0) {
    const keys = surplus.map(({ Key }) => ({ Key }));
    await context.invoke(model.DeleteTags, { Resources: [id], Tags: keys });
  }
  if (Tags.length > 0) await context.invoke(model.CreateTags, { Resources: [id], Tags });
}

/** Its tags as a template may set them; undefined where there are none. */
export function shownTags(tags: readonly Tag[] = []) {
  const own = tags
    .filter(({ Key = '' }) => !isReservedTag(Key))
    .map(({ Key = '', Value = '' }) => ({ Key, Value }));
  return own.length > 0 ? own : undefined;
}

/** Whether an earlier attempt at this creation made what has these tags: the reserved ones say so, or its keeper. */
export function isOurs(tags: readonly Tag[] = [], context: ResourceContext): boolean {
  const reserved = Object.entries(context.tags).filter(([key]) => isReservedTag(key));
  if (context.resumed) return true;
  return (
    reserved.length > 0 &&
    reserved.every(([key, value]) => tags.some((tag) => tag.Key === key && tag.Value === value))
  );
}

function wanted(own: TagList = [], { tags }: ResourceContext) {
  const merged = new Map(own.map(({ Key, Value }) => [Key, Value]));
  for (const [key, value] of Object.entries(tags)) merged.set(key, value);
  return Array.from(merged, ([Key, Value]) => ({ Key, Value }));
}
