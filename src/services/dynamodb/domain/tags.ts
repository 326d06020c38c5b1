import type { Tag } from '@aws-sdk/client-dynamodb';
import type { Caller } from '../../../kernel/caller.ts';
import { isReservedTag, mayTag } from '../../../kernel/reserved-tags.ts';
import { validation } from '../errors.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Tagging.html */
const MAX_TAGS = 50;
const MAX_KEY = 128;
const MAX_VALUE = 256;
const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

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
    checkTag(key!, value);
    if (!mayTag(caller, key!)) {
      throw validation(`Tag Key cannot be prefixed with aws:, Key: ${key}`);
    }
    if (seen.has(key!)) {
      throw validation(`Duplicate Tag Keys provided as input: Duplicate Tag Key found ${key}`);
    }
    seen.add(key!);
    next.set(key!, value!);
  }
  if ([...next.keys()].filter((key) => !isReservedTag(key)).length > MAX_TAGS) {
    throw validation('Number of Tags exceed the current limit for the provided ResourceArn');
  }
  return Object.fromEntries(next);
}

export function withoutTags(standing: Tags, keys: readonly string[]): Tags {
  const removed = new Set(keys);
  return Object.fromEntries(Object.entries(standing).filter(([key]) => !removed.has(key)));
}

function checkTag(key: string, value: string | undefined): void {
  if (key === '' || key.length > MAX_KEY || !ALLOWED.test(key)) {
    throw validation(`The Tag Key provided is invalid, Key: ${key}`);
  }
  if (value === undefined || value.length > MAX_VALUE || !ALLOWED.test(value)) {
    throw validation(`The Tag Value provided is invalid, Value: ${value ?? 'null'}`);
  }
}
