import type { ResourceType as TaggedType, Tag, TagSpecification } from '@aws-sdk/client-ec2';
import { CREATION_TAG } from '../../../kernel/reserved-tags.ts';
import type { ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { specification } from './tags.ts';

/**
 * The ID of what this creation makes: of what an earlier attempt at it made, if there is such a
 * resource, and else of what `make` makes with these tags.
 */
export async function createOnce(
  type: TaggedType,
  own: readonly { readonly Key: string; readonly Value: string }[] | undefined,
  context: ResourceContext,
  make: (tags: TagSpecification[]) => Promise<string>,
): Promise<string> {
  const Filters = [
    { Name: 'resource-type', Values: [type] },
    { Name: 'key', Values: [CREATION_TAG] },
    { Name: 'value', Values: [context.token] },
  ];
  const { Tags: [before] = [] } = await context.invoke(model.DescribeTags, { Filters });
  if (before?.ResourceId) return before.ResourceId;
  const { Tags = [] } = specification(type, own, context);
  const mark: Tag = { Key: CREATION_TAG, Value: context.token };
  return make([{ ResourceType: type, Tags: [...Tags, mark] }]);
}
