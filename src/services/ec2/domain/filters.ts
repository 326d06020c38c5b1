import type { Filter, Tag } from '@aws-sdk/client-ec2';
import * as errors from '../errors.ts';

type Scalar = string | number | boolean | Date | undefined;

/** Reads from a resource what one filter is compared with: one value or several. */
export type Reader<T> = (resource: T) => Scalar | readonly Scalar[];

/** The filters of one Describe operation by AWS's names. */
export type Filters<T> = Readonly<Record<string, Reader<T>>>;

export interface Tagged {
  readonly Tags?: Tag[] | undefined;
}

/**
 * What a request's filters let through: a resource must match every filter, by any of its values.
 * Values are compared case-sensitively; `*` stands for any text, `?` for one character, and a
 * backslash takes their meaning away. `tag:<key>`, `tag-key` and `tag-value` work on all resources that carry tags.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html
 *
 * @throws InvalidParameterValue for a filter that the operation does not know
 */
export function matcher<T extends object>(
  filters: readonly Filter[] | undefined,
  known: Filters<T>,
): (resource: T) => boolean {
  const tests = (filters ?? []).map((filter, at) => {
    const name = filter.Name ?? 'null';
    const read = readerOf(name, known);
    if (!read) throw errors.invalidFilter(name);
    const values = filter.Values ?? [];
    if (values.length === 0) throw errors.missingParameter(`Filter.${at + 1}.Value`);
    if (values.length > 200) throw errors.filterLimit();
    const patterns = values.map(wildcard);
    return (resource: T) =>
      texts(read(resource)).some((text) => patterns.some((matches) => matches(text)));
  });
  return (resource) => tests.every((test) => test(resource));
}

function readerOf<T extends object>(name: string, known: Filters<T>): Reader<T> | undefined {
  if (Object.hasOwn(known, name)) return known[name];
  if (name.startsWith('tag:')) {
    const key = name.slice('tag:'.length);
    return (resource) => tagsOf(resource).find((tag) => tag.Key === key)?.Value;
  }
  if (name === 'tag-key') return (resource) => tagsOf(resource).map((tag) => tag.Key);
  if (name === 'tag-value') return (resource) => tagsOf(resource).map((tag) => tag.Value);
  return undefined;
}

function tagsOf(resource: Tagged): readonly Tag[] {
  return resource.Tags ?? [];
}

function texts(value: Scalar | readonly Scalar[]): string[] {
  const values = Array.isArray(value) ? (value as readonly Scalar[]) : [value as Scalar];
  return values.flatMap((each) => {
    if (each === undefined) return [];
    return each instanceof Date ? each.toISOString() : String(each);
  });
}

/** A test for AWS's patterns. Linear in the text for each star, so that no pattern is a trap. */
export function wildcard(pattern: string): (text: string) => boolean {
  const tokens: { kind: 'text' | 'one' | 'any'; char: string }[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at]!;
    if (char === '\\' && at + 1 < pattern.length)
      tokens.push({ kind: 'text', char: pattern[++at]! });
    else if (char === '*') tokens.push({ kind: 'any', char });
    else if (char === '?') tokens.push({ kind: 'one', char });
    else tokens.push({ kind: 'text', char });
  }
  return (text) => {
    let token = 0;
    let star = -1;
    let starAt = 0;
    for (let at = 0; at < text.length;) {
      const now = tokens[token];
      if (now?.kind === 'any') {
        star = token++;
        starAt = at;
      } else if (now && (now.kind === 'one' || now.char === text[at])) {
        token++;
        at++;
      } else if (star >= 0) {
        token = star + 1;
        at = ++starAt;
      } else return false;
    }
    while (tokens[token]?.kind === 'any') token++;
    return token === tokens.length;
  };
}
