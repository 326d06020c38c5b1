import type { Tag, TagSpecification } from '@aws-sdk/client-ec2';
import { Derived } from '../../../kernel/derived.ts';
import type { Caller } from '../../../kernel/caller.ts';
import { isReservedTag, mayTag } from '../../../kernel/reserved-tags.ts';
import type { Engine, Write } from '../../../storage/engine.ts';
import { Records, clear, set, type Slot } from '../../../storage/records.ts';
import * as errors from '../errors.ts';
import type { Tagged } from './filters.ts';
import type { Place } from './place.ts';
import type { ResourceKind } from './resource-kinds.ts';

/** All tags of one resource. Kept apart from the resource, so that every kind is tagged alike. */
export interface TagSet {
  readonly resourceId: string;
  readonly resourceType: string;
  readonly tags: Readonly<Record<string, string>>;
}

// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions
const MAX_TAGS = 50;
const MAX_KEY_LENGTH = 128;
const MAX_VALUE_LENGTH = 256;

/** So many are read one by one rather than all that there are. */
const FEW = 50;

export class Tags {
  readonly #records: Records<TagSet>;
  readonly #byResource = new Derived<readonly TagSet[], ReadonlyMap<string, TagSet>>();
  readonly #joined = new Derived<object, object>();

  constructor(store: Engine) {
    this.#records = new Records<TagSet>(store, 'ec2', 'tags');
  }

  at({ account, region }: Place, resourceId: string): Slot<TagSet> {
    return this.#records.at(account, region, resourceId);
  }

  async get(
    { account, region }: Place,
    resourceId: string,
  ): Promise<Readonly<Record<string, string>>> {
    return (await this.#records.get(account, region, resourceId))?.tags ?? {};
  }

  list({ account, region }: Place): Promise<readonly TagSet[]> {
    return this.#records.list(account, region);
  }

  /** The same resources with their tags as the wire shows them. */
  async join<T extends object>(
    place: Place,
    resources: readonly T[],
    idOf: (resource: T) => string | undefined,
  ): Promise<(T & Tagged)[]> {
    const sets = await this.sets(place);
    return resources.map((resource) => {
      const tagged = sets.get(idOf(resource) ?? '');
      if (!tagged) return resource;
      const join = () => ({ ...resource, Tags: wireTags(tagged.tags) });
      return this.#joined.of(resource, [tagged], join) as T & Tagged;
    });
  }

  /** The tags of all resources of a place by their IDs; those of `ids` at least where it is given. */
  async sets(place: Place, ids?: readonly string[]): Promise<ReadonlyMap<string, TagSet>> {
    if (ids && ids.length <= FEW) {
      const { account, region } = place;
      const found = await Promise.all(ids.map((id) => this.#records.get(account, region, id)));
      return byResource(found.filter((each) => each !== undefined));
    }
    const all = await this.list(place);
    return this.#byResource.of(all, [], () => byResource(all));
  }

  /** What tags a resource that is being made; nothing where the request gives it no tags. */
  put(
    place: Place,
    kind: ResourceKind,
    resourceId: string,
    tags: Readonly<Record<string, string>>,
  ): Write[] {
    if (Object.keys(tags).length === 0) return [];
    return [set(this.at(place, resourceId), { resourceId, resourceType: kind.type, tags })];
  }

  remove(place: Place, resourceId: string): Write {
    return clear(this.at(place, resourceId));
  }
}

function byResource(sets: readonly TagSet[]): ReadonlyMap<string, TagSet> {
  return new Map(sets.map((each) => [each.resourceId, each]));
}

export function wireTags(tags: Readonly<Record<string, string>> | undefined): Tag[] {
  return Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
}

/**
 * The tags that a request gives to a new resource of this kind.
 *
 * @throws InvalidParameterValue, TagLimitExceeded
 */
export function tagsFor(
  caller: Caller,
  kind: ResourceKind,
  specifications: readonly TagSpecification[] | undefined,
): Record<string, string> {
  const given = (specifications ?? []).filter((each) => each.ResourceType === kind.type);
  return merged(
    caller,
    {},
    given.flatMap((each) => each.Tags ?? []),
  );
}

/** The tags of a new resource, where the operation makes one of this kind and no other. */
export function tagsOfNew(
  caller: Caller,
  kind: ResourceKind,
  specifications: readonly TagSpecification[] | undefined,
): Record<string, string> {
  checkTaggedTypes(specifications, [kind]);
  return tagsFor(caller, kind, specifications);
}

/** Refuses tags for kinds of resources that the operation does not make. */
export function checkTaggedTypes(
  specifications: readonly TagSpecification[] | undefined,
  made: readonly ResourceKind[],
): void {
  for (const { ResourceType } of specifications ?? []) {
    if (ResourceType === undefined) {
      throw errors.invalidParameter('Tag specification resource type must have a value');
    }
    if (!made.some(({ type }) => type === ResourceType)) {
      throw errors.invalidParameter(
        `'${ResourceType}' is not a valid taggable resource type for this operation.`,
      );
    }
  }
}

/**
 * A resource's tags after these were added.
 *
 * @throws InvalidParameterValue, TagLimitExceeded
 */
export function merged(
  caller: Caller,
  before: Readonly<Record<string, string>>,
  added: readonly Tag[],
): Record<string, string> {
  // A map, as a tag may be called `__proto__`.
  const after = new Map(Object.entries(before));
  const seen = new Set<string>();
  for (const { Key, Value = '' } of added) {
    if (Key === undefined || Key === '') throw errors.missingParameter('Tag.1.Key');
    checkTag(caller, Key, Value);
    if (seen.has(Key)) {
      throw errors.invalidParameter(`Duplicate tag key '${Key}' specified.`);
    }
    seen.add(Key);
    after.set(Key, Value);
  }
  const own = [...after.keys()].filter((key) => !isReservedTag(key));
  if (own.length > MAX_TAGS) throw errors.tagLimit();
  return Object.fromEntries(after);
}

export function checkReserved(caller: Caller, key: string): void {
  if (!mayTag(caller, key)) {
    throw errors.invalidParameter(`Tag keys starting with 'aws:' are reserved for internal use`);
  }
}

function checkTag(caller: Caller, key: string, value: string): void {
  checkReserved(caller, key);
  if (key.length > MAX_KEY_LENGTH) {
    throw errors.invalidParameter(
      `Tag key exceeds the maximum length of ${MAX_KEY_LENGTH} characters`,
    );
  }
  if (value.length > MAX_VALUE_LENGTH) {
    throw errors.invalidParameter(
      `Tag value exceeds the maximum length of ${MAX_VALUE_LENGTH} characters`,
    );
  }
}
