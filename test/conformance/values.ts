import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';

/** Values as they go over the wire, binaries as base64: `{ S: 'a' }`. */
export type Wire = Readonly<Record<string, unknown>>;
export type WireItem = Readonly<Record<string, Wire>>;
export type Path = readonly (string | number)[];

/** Few, so that random paths, values and items meet. */
const NAMES = ['a', 'b', 'c', 'd'];
const TEXTS = ['', 'a', 'ab', 'b', 'Z', 'é', '\u{1f373}', '\uffee', 'ab\u0000'];
const BINARIES = ['', 'AA==', 'AAE=', 'AQ==', '/w=='];

/** Numbers that a double holds exactly, in the many ways of writing them. */
const number = fc
  .tuple(
    fc.integer({ min: -12, max: 12 }),
    fc.constantFrom('', '.5', '.0', 'e1', 'E+0', '.50', '0e-1'),
  )
  .map(([whole, rest]) => `${whole}${rest}`);
const text = fc.constantFrom(...TEXTS);
const binary = fc.constantFrom(...BINARIES);

const members = <T>(member: fc.Arbitrary<T>, selector: (one: T) => unknown) =>
  fc.uniqueArray(member, { minLength: 1, maxLength: 3, selector });

export const scalar: fc.Arbitrary<Wire> = fc.oneof(
  fc.record({ S: text }),
  fc.record({ N: number }),
  fc.record({ B: binary }),
);
export const set: fc.Arbitrary<Wire> = fc.oneof(
  fc.record({ SS: members(text, (one) => one) }),
  fc.record({ NS: members(number, Number) }),
  fc.record({ BS: members(binary, (one) => one) }),
);
export const { value } = fc.letrec<{ value: Wire }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    { weight: 4, arbitrary: scalar },
    set,
    fc.constantFrom<Wire>({ BOOL: true }, { BOOL: false }, { NULL: true }),
    fc.record({ L: fc.array(tie('value'), { maxLength: 3 }) }),
    fc.record({ M: fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 3 }) }),
  ),
}));
export const item: fc.Arbitrary<WireItem> = fc.dictionary(fc.constantFrom(...NAMES), value, {
  minKeys: 1,
});
export const path: fc.Arbitrary<Path> = fc
  .tuple(
    fc.constantFrom(...NAMES),
    fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      fc.array(fc.oneof(fc.constantFrom(...NAMES), fc.nat(3)), { minLength: 1, maxLength: 2 }),
    ),
  )
  .map(([name, steps]) => [name, ...steps]);

/** Paths of which none leads to another, nor takes a list for a map. */
export const paths: fc.Arbitrary<readonly Path[]> = fc
  .array(path, { minLength: 1, maxLength: 4 })
  .map((all) => {
    const kept: Path[] = [];
    for (const one of all) if (!kept.some((other) => clash(one, other))) kept.push(one);
    return kept;
  });

function clash(one: Path, two: Path): boolean {
  const fork = one.findIndex((step, index) => step !== two[index]);
  return fork === -1 || fork >= two.length || typeof one[fork] !== typeof two[fork];
}

/** What a request gives beside an expression's text, and how the text refers to it. */
export class Placeholders {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, Wire> = {};

  value(given: Wire): string {
    const key = `:v${Object.keys(this.values).length}`;
    this.values[key] = given;
    return key;
  }

  path(steps: Path): string {
    return steps
      .map((step, index) =>
        typeof step === 'number' ? `[${step}]` : `${index ? '.' : ''}${this.#name(step)}`,
      )
      .join('');
  }

  /** As request parameters; AWS takes none that are empty. */
  get parameters(): {
    ExpressionAttributeNames?: Record<string, string>;
    ExpressionAttributeValues?: Record<string, Wire>;
  } {
    return {
      ...(Object.keys(this.names).length > 0 && { ExpressionAttributeNames: this.names }),
      ...(Object.keys(this.values).length > 0 && { ExpressionAttributeValues: this.values }),
    };
  }

  #name(name: string): string {
    const key = `#${name}`;
    this.names[key] = name;
    return key;
  }
}

export function typeOf(wire: Wire): string {
  return Object.keys(wire)[0]!;
}

/** What stands at a path. */
export function at(container: WireItem, [name, ...steps]: Path): Wire | undefined {
  let found: Wire | undefined = container[name!];
  for (const step of steps) {
    const below = found?.[typeof step === 'number' ? 'L' : 'M'] as Record<string, Wire> | undefined;
    found = below?.[step];
  }
  return found;
}

/** One text for each value, however it was written. */
export function canonical(wire: Wire): string {
  const [[type, content]] = Object.entries(wire) as [[string, unknown]];
  switch (type) {
    case 'N':
      return `N${Number(content)}`;
    case 'NS':
      return `NS${(content as string[])
        .map(Number)
        .toSorted((one, two) => one - two)
        .join()}`;
    case 'SS':
    case 'BS':
      return type + JSON.stringify((content as string[]).toSorted());
    case 'L':
      return `L[${(content as Wire[]).map(canonical).join()}]`;
    case 'M':
      return `M${canonicalItem(content as WireItem)}`;
    default:
      return type + JSON.stringify(content);
  }
}

export function canonicalItem(attributes: WireItem): string {
  const entries = Object.entries(attributes).map(([name, one]) => `${name}:${canonical(one)}`);
  return `{${entries.toSorted().join()}}`;
}

/** Negative, zero or positive; `undefined` where the two have no order. */
export function order(one: Wire, two: Wire): number | undefined {
  const type = typeOf(one);
  if (type !== typeOf(two)) return undefined;
  if (type === 'N') return Number(one['N']) - Number(two['N']);
  if (type === 'S') return inOrder(codePoints(one['S'] as string), codePoints(two['S'] as string));
  if (type === 'B') return inOrder(bytes(one['B'] as string), bytes(two['B'] as string));
  return undefined;
}

function codePoints(content: string): number[] {
  return Array.from(content, (character) => character.codePointAt(0)!);
}

export function bytes(base64: string): number[] {
  return Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function inOrder(one: readonly number[], two: readonly number[]): number {
  const fork = one.findIndex((element, index) => element !== two[index]);
  if (fork === -1) return one.length - two.length;
  return fork >= two.length ? 1 : one[fork]! - two[fork]!;
}

/** For the SDK, which wants bytes and not base64. */
export function toSdk(wire: Wire): AttributeValue {
  const [[type, content]] = Object.entries(wire) as [[string, unknown]];
  const given = (): unknown => {
    if (type === 'B') return Uint8Array.from(bytes(content as string));
    if (type === 'BS') return (content as string[]).map((one) => Uint8Array.from(bytes(one)));
    if (type === 'L') return (content as Wire[]).map(toSdk);
    if (type === 'M') return sdkItem(content as WireItem);
    return content;
  };
  return { [type]: given() } as unknown as AttributeValue;
}

export function sdkItem(attributes: WireItem): Record<string, AttributeValue> {
  return Object.fromEntries(Object.entries(attributes).map(([name, one]) => [name, toSdk(one)]));
}

/** The way back, where binaries are bytes again. */
export function fromSdk(attributes: Record<string, AttributeValue>): WireItem {
  return JSON.parse(
    JSON.stringify(attributes, (_, one: unknown) =>
      one instanceof Uint8Array ? Buffer.from(one).toString('base64') : one,
    ),
  ) as WireItem;
}
