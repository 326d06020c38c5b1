import type { ResourceType, TagDescription } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

interface ShownTag extends TagDescription {
  /** For the filters by tag, which look at this one tag only. */
  readonly Tags: { Key: string; Value: string }[];
}

const filters: Filters<ShownTag> = {
  key: (tag) => tag.Key,
  'resource-id': (tag) => tag.ResourceId,
  'resource-type': (tag) => tag.ResourceType,
  value: (tag) => tag.Value,
};

export const describeTags = operation(model.DescribeTags, {
  async handle(input, { caller, tags }: Ec2Scope) {
    const all = (await tags.list(caller)).flatMap(({ resourceId, resourceType, tags: held }) =>
      Object.entries(held).map(([Key, Value]) => ({
        ResourceId: resourceId,
        ResourceType: resourceType as ResourceType,
        Key,
        Value,
        Tags: [{ Key, Value }],
      })),
    );
    const { found, NextToken } = select(all, input, {
      id: (tag) => `${tag.Key}/${tag.ResourceId}`,
      filters,
    });
    return { Tags: found, NextToken };
  },
});
