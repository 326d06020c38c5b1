import { describe, expect, it } from 'vitest';
import { matcher, wildcard, type Filters } from './filters.ts';

interface Thing {
  readonly name: string;
  readonly sizes?: readonly number[];
  readonly Tags?: { Key: string; Value: string }[];
}

const known: Filters<Thing> = { name: (thing) => thing.name, size: (thing) => thing.sizes };
const tagged: Thing = { name: 'web-1', sizes: [1, 20], Tags: [{ Key: 'role', Value: 'web' }] };

function matches(thing: Thing, ...filters: [string, ...string[]][]): boolean {
  return matcher(
    filters.map(([Name, ...Values]) => ({ Name, Values })),
    known,
  )(thing);
}

describe('filters', () => {
  it('lets everything through where there is none', () => {
    expect(matcher(undefined, known)(tagged)).toBe(true);
  });

  it('takes any value of a filter and any value of a resource', () => {
    expect(matches(tagged, ['size', '7', '20'])).toBe(true);
    expect(matches(tagged, ['size', '7', '2'])).toBe(false);
  });

  it('wants every filter to match', () => {
    expect(matches(tagged, ['name', 'web-1'], ['size', '1'])).toBe(true);
    expect(matches(tagged, ['name', 'web-1'], ['size', '2'])).toBe(false);
  });

  it('reads tags by key, by name of key and by value', () => {
    expect(matches(tagged, ['tag:role', 'w?b'])).toBe(true);
    expect(matches(tagged, ['tag:role', 'db'])).toBe(false);
    expect(matches(tagged, ['tag-key', 'role'])).toBe(true);
    expect(matches(tagged, ['tag-key', 'Role'])).toBe(false);
    expect(matches(tagged, ['tag-value', 'web'])).toBe(true);
  });

  it('refuses a filter that the operation does not know', () => {
    expect(() => matches(tagged, ['colour', 'red'])).toThrow("The filter 'colour' is invalid");
    expect(() => matches(tagged, ['constructor', 'red'])).toThrow(
      "The filter 'constructor' is invalid",
    );
  });
});

describe('wildcards', () => {
  it.each([
    ['*', '', true],
    ['web*', 'web-1', true],
    ['*-1', 'web-1', true],
    ['w*b*1', 'web-1', true],
    ['w*b*2', 'web-1', false],
    ['we?-1', 'web-1', true],
    ['we?-1', 'we-1', false],
    [String.raw`a\*b`, 'a*b', true],
    [String.raw`a\*b`, 'axb', false],
    ['', '', true],
    ['', 'x', false],
  ])('%s against %j is %s', (pattern, text, expected) => {
    expect(wildcard(pattern)(text)).toBe(expected);
  });

  it('is quick on patterns made to be slow', () => {
    expect(wildcard(`${'*a'.repeat(100)}b`)('a'.repeat(10_000))).toBe(false);
  });
});
