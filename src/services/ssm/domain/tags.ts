import type { Tag } from '@aws-sdk/client-ssm';
import type { Caller } from '../../../kernel/caller.ts';
import { isReservedTag, mayTag } from '../../../kernel/reserved-tags.ts';
import * as errors from '../errors.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AddTagsToResource.html */
const MAX_TAGS = 50;

type Tags = Readonly<Record<string, string>>;

/** Adds tags; those of the same key are replaced. AWS's own do not count. */
export function withTags(standing: Tags, tags: readonly Tag[], caller: Caller): Tags {
  const next = new Map(Object.entries(standing));
  for (const { Key = '', Value = '' } of tags) {
    if (!mayTag(caller, Key)) throw errors.reservedTag();
    next.set(Key, Value);
  }
  const own = [...next.keys()].filter((key) => !isReservedTag(key));
  if (own.length > MAX_TAGS) throw errors.tooManyTags();
  return Object.fromEntries(next);
}

export function withoutTags(standing: Tags, keys: readonly string[]): Tags {
  return Object.fromEntries(Object.entries(standing).filter(([key]) => !keys.includes(key)));
}
