import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ssm.ts';
import { onTagged, taggedName } from '../domain/tagged-parameter.ts';
import * as errors from '../errors.ts';
import type { SsmScope } from '../scope.ts';

export const listTagsForResource = operation(model.ListTagsForResource, {
  authorize: onTagged('ListTagsForResource'),
  async handle(input, { caller, parameters }: SsmScope) {
    const found = await parameters.owned.find(caller, taggedName(input));
    if (!found) throw errors.invalidResourceId();
    return { TagList: Object.entries(found.tags).map(([Key, Value]) => ({ Key, Value })) };
  },
});
