import type { AnyResourceType, Properties } from '../../../kernel/resource-type.ts';
import type { Desired, Physical } from './stack-resource.ts';

/** A property that differs, and whether that asks for another physical resource. */
export interface PropertyChange {
  readonly name: string;
  readonly requiresRecreation: 'Never' | 'Always' | 'Conditionally';
}

/** What brings a resource to what it is to be. */
export type Verdict =
  | { readonly action: 'none' }
  | { readonly action: 'create' }
  | {
      readonly action: 'update' | 'replace';
      readonly properties: readonly PropertyChange[];
      readonly tags: boolean;
    };

/** Tells which top-level properties differ and what their schema says of it. */
export type Differences = (
  type: string,
  previous: Properties,
  desired: Properties,
) => readonly PropertyChange[];

/**
 * What has to happen to a resource: the one judgement that updates, rollbacks and change sets share.
 *
 * @param now what stands, if anything does
 */
export function judge(
  type: AnyResourceType,
  differences: Differences,
  now: Physical | undefined,
  desired: Pick<Desired, 'properties' | 'tags'>,
): Verdict {
  if (!now) return { action: 'create' };
  const properties = differences(type.name, now.properties, desired.properties);
  const tags = !sameTags(now.tags, desired.tags);
  if (properties.length === 0 && !tags) return { action: 'none' };
  const replaced = properties.some(
    ({ name, requiresRecreation }) =>
      requiresRecreation === 'Always' ||
      (requiresRecreation === 'Conditionally' &&
        type.replaces?.(name, desired.properties, now.properties)),
  );
  return { action: replaced ? 'replace' : 'update', properties, tags };
}

function sameTags(one: Desired['tags'], other: Desired['tags']): boolean {
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length && keys.every((name) => one[name] === other[name])
  );
}
