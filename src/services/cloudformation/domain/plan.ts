import type { AnyResourceType } from '../../../kernel/resource-type.ts';
import { type Change, changes } from '../../../models/changes.ts';
import type { Desired, Physical } from './stack-resource.ts';
import { schemaOf } from './schemas.ts';

/** What brings a resource to what it is to be. */
export type Verdict =
  | { readonly action: 'none' | 'create' }
  | {
      readonly action: 'update' | 'replace';
      readonly properties: readonly Change[];
      readonly tags: boolean;
    };

/**
 * What has to happen to a resource: the one judgement that updates, rollbacks and change sets share.
 *
 * @param now what stands, if anything does
 */
export function judge(
  type: AnyResourceType,
  now: Pick<Physical, 'properties' | 'tags'> | undefined,
  desired: Pick<Desired, 'properties' | 'tags'>,
): Verdict {
  if (!now) return { action: 'create' };
  const schema = schemaOf(type.name);
  const properties = changes(schema, now.properties, desired.properties);
  // a type that takes no tags does not change with its stack's
  const tags = schema.tags !== undefined && !sameTags(now.tags, desired.tags);
  if (properties.length === 0 && !tags) return { action: 'none' };
  const replaced = properties.some(
    ({ property, replaces }) =>
      replaces === 'yes' ||
      (replaces === 'maybe' && type.replaces?.(property, desired.properties, now.properties)),
  );
  return { action: replaced ? 'replace' : 'update', properties, tags };
}

type Tags = Desired['tags'];

export function sameTags(one: Tags, other: Tags): boolean {
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length && keys.every((name) => one[name] === other[name])
  );
}
