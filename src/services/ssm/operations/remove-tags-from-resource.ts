import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ssm.ts';
import { changeTags, onTagged } from '../domain/tagged-parameter.ts';
import { withoutTags } from '../domain/tags.ts';
import type { SsmScope } from '../scope.ts';

export const removeTagsFromResource = operation(model.RemoveTagsFromResource, {
  authorize: onTagged('RemoveTagsFromResource'),
  async handle(input, { caller, parameters }: SsmScope) {
    await changeTags(parameters.owned, caller, input, (tags) =>
      withoutTags(tags, input.TagKeys ?? []),
    );
    return {};
  },
});
