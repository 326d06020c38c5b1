import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { set, transact } from '../../../storage/records.ts';
import { checkTaggable, tagPermissions } from '../domain/taggable.ts';
import { merged } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Adds and overwrites tags of up to a thousand resources of any kind: of all, or of none. */
export const createTags = operation(model.CreateTags, {
  authorize: (input, { caller }: Ec2Scope) => tagPermissions('CreateTags', input.Resources, caller),
  async handle(input, scope) {
    const { caller, store, tags } = scope;
    const kinds = await checkTaggable(input.Resources, scope);
    const added = input.Tags ?? [];
    if (added.length === 0) throw errors.missingParameter('Tag');
    const slots = kinds.map(({ id }) => tags.at(caller, id));
    await transact(store, slots, (...present) => ({
      writes: kinds.map(({ id, kind }, at) =>
        set(slots[at]!, {
          resourceId: id,
          resourceType: kind.type,
          tags: merged(caller, present[at]?.tags ?? {}, added),
        }),
      ),
      result: undefined,
    }));
    return {};
  },
});
