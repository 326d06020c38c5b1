import type { Caller } from '../../../kernel/caller.ts';
import type { Permission } from '../../../kernel/operation.ts';
import * as errors from '../errors.ts';
import type { OwnedParameters } from './owned-parameters.ts';
import { onParameters } from './permissions.ts';

interface TaggedResource {
  readonly ResourceType?: string | undefined;
  readonly ResourceId?: string | undefined;
}

/** Leave to do `action` with the parameter whose tags the request is about. */
export function onTagged(action: string) {
  return ({ ResourceId }: TaggedResource, { caller }: { readonly caller: Caller }): Permission[] =>
    onParameters(action, [ResourceId], caller);
}

/** The name of the tagged parameter; nothing else that SSM can tag is built. */
export function taggedName({ ResourceType, ResourceId = '' }: TaggedResource): string {
  if (ResourceType !== 'Parameter') throw errors.invalidResourceType();
  return ResourceId;
}

/** @throws InvalidResourceId where there is no such parameter */
export async function changeTags(
  owned: OwnedParameters,
  caller: Caller,
  resource: TaggedResource,
  change: (tags: Readonly<Record<string, string>>) => Readonly<Record<string, string>>,
): Promise<void> {
  await owned.change(caller, taggedName(resource), (standing) => {
    if (!standing) throw errors.invalidResourceId();
    return { ...standing, tags: change(standing.tags) };
  });
}
