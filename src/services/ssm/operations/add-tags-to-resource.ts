import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ssm.ts';
import { changeTags, onTagged } from '../domain/tagged-parameter.ts';
import { withTags } from '../domain/tags.ts';
import type { SsmScope } from '../scope.ts';

export const addTagsToResource = operation(model.AddTagsToResource, {
  authorize: onTagged('AddTagsToResource'),
  async handle(input, { caller, parameters }: SsmScope) {
    await changeTags(parameters.owned, caller, input, (tags) =>
      withTags(tags, input.Tags ?? [], caller),
    );
    return {};
  },
});
