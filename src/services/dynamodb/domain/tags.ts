import type { Tag } from '@aws-sdk/client-dynamodb';
import type { Caller } from '../../../kernel/caller.ts';
import { isReservedTag, mayTag } from '../../../kernel/reserved-tags.ts';
import { validation } from '../errors.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Tagging.html */
const MAX_TAGS = 50;

export type Tags = Readonly<Record<string, string>>;

/** The tags of a table that has none yet. */
export function newTags(tags: readonly Tag[], caller: Caller): Tags {
  return withTags({}, tags, caller);
}

/** Adds tags; those of the same key are replaced. AWS's own do not count. */
export function withTags(standing: Tags, tags: readonly Tag[], caller: Caller): Tags {
  const seen = new Set<string>();
  const next = new Map(Object.entries(standing));
  for (const { Key: key, Value: value } of tags) {
    if (seen.has(key!)) throw validation(`Duplicate tag key found. Key : ${key}`);
    if (!mayTag(caller, key!)) {
      throw validation(
        'One or more parameter values were invalid: The tag prefix aws: is reserved',
      );
    }
    seen.add(key!);
    next.set(key!, value!);
  }
  if ([...next.keys()].filter((key) => !isReservedTag(key)).length > MAX_TAGS) {
    throw validation(`The number of tags exceeds the limit of ${MAX_TAGS}`);
  }
  return Object.fromEntries(next);
}

export function withoutTags(standing: Tags, keys: readonly string[]): Tags {
  const removed = new Set(keys);
  return Object.fromEntries(Object.entries(standing).filter(([key]) => !removed.has(key)));
}
