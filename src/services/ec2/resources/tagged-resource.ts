import type { ResourceType as TaggedType, Tag, TagSpecification } from '@aws-sdk/client-ec2';
import type { ResourceContext, ResourceTypeDefinition } from '../../../kernel/resource-type.ts';
import { createOnce } from './creation.ts';
import { unless } from './refusals.ts';
import { shownTags, updateTags } from './tags.ts';

interface Taggable {
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** What resources of one kind do apart from all others that have an ID and tags. */
interface OneKind<P extends Taggable, Found extends { readonly Tags?: Tag[] | undefined }> {
  /** As in `TagSpecifications`. */
  readonly kind: TaggedType;
  /** What EC2 says where there is none of an ID. */
  readonly notFound: string;
  /** Makes one with these tags, by an operation without a client token. */
  readonly make: (
    desired: P,
    TagSpecifications: TagSpecification[],
    context: ResourceContext,
  ) => Promise<string | undefined>;
  /** Those of these IDs that have not gone, all where no ID is given. */
  readonly describe: (
    ids: string[],
    context: ResourceContext,
  ) => Promise<readonly Found[] | undefined>;
  readonly idOf: (found: Found) => string | undefined;
  /** Its properties and attributes, but for its tags. */
  readonly show: (found: Found) => P;
  readonly remove: (id: string, context: ResourceContext) => Promise<unknown>;
}

/** A resource that is known by the ID that EC2 gives it, and of which tags alone are changed in place. */
export function taggedResource<
  P extends Taggable,
  Found extends { readonly Tags?: Tag[] | undefined },
>({
  kind,
  notFound,
  make,
  describe,
  idOf,
  show,
  remove,
}: OneKind<P, Found>): Omit<ResourceTypeDefinition<P>, 'properties'> {
  return {
    create: (desired, context) =>
      createOnce(kind, desired.Tags, context, async (TagSpecifications) => {
        return (await make(desired, TagSpecifications, context))!;
      }),

    async read(id, context) {
      const [found] = (await unless(notFound, describe([id], context))) ?? [];
      if (!found) return undefined;
      const Tags = shownTags(found.Tags);
      return { ...show(found), ...(Tags && { Tags }) };
    },

    update: (id, desired, _, context) => updateTags(id, desired.Tags, context),

    async delete(id, context) {
      const [found] = (await unless(notFound, describe([id], context))) ?? [];
      if (found) await unless(notFound, remove(id, context));
    },

    async list(context) {
      return ((await describe([], context)) ?? []).map((found) => idOf(found)!);
    },
  };
}
