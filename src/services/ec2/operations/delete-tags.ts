import { operation } from '../../../kernel/operation.ts';
import { mayTag } from '../../../kernel/reserved-tags.ts';
import * as model from '../../../models/generated/ec2.ts';
import { clear, set, transact } from '../../../storage/records.ts';
import { checkTaggable, tagPermissions } from '../domain/taggable.ts';
import { checkReserved } from '../domain/tags.ts';
import type { Ec2Scope } from '../scope.ts';

/** A tag given with a value goes only if it has that value; without tags all of them go. */
export const deleteTags = operation(model.DeleteTags, {
  authorize: (input, { caller }: Ec2Scope) => tagPermissions('DeleteTags', input.Resources, caller),
  async handle(input, scope) {
    const { caller, store, tags } = scope;
    const resources = await checkTaggable(input.Resources, scope);
    const named = input.Tags?.length ? input.Tags : undefined;
    for (const { Key = '' } of named ?? []) checkReserved(caller, Key);
    const slots = resources.map(({ id }) => tags.at(caller, id));
    await transact(store, slots, (...present) => ({
      writes: present.flatMap((before, at) => {
        if (!before) return [];
        const kept = Object.entries(before.tags).filter(
          ([key, value]) =>
            // What only AWS may set stays where all tags are to go.
            !mayTag(caller, key) ||
            named?.every((tag) => tag.Key !== key || (tag.Value ?? value) !== value),
        );
        if (kept.length === 0) return [clear(slots[at]!)];
        return [set(slots[at]!, { ...before, tags: Object.fromEntries(kept) })];
      }),
      result: undefined,
    }));
    return {};
  },
});
