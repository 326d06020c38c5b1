import type { AttributeValue, Item } from '../attribute-value.ts';
import { typeOf } from '../attribute-value.ts';
import { compareNumbers } from '../number.ts';

/**
 * The order of two values: text and binaries by unsigned bytes, numbers by value.
 *
 * @returns `undefined` where they have none, as between types
 */
export function compareValues(a: AttributeValue, b: AttributeValue): number | undefined {
  if ('N' in a && 'N' in b) return a.N === b.N ? 0 : compareNumbers(a.N, b.N);
  if ('S' in a && 'S' in b) return a.S === b.S ? 0 : Buffer.compare(utf8(a.S), utf8(b.S));
  if ('B' in a && 'B' in b) return Buffer.compare(base64(a.B), base64(b.B));
  return undefined;
}

/** Equal in type and content: sets in any order, lists in theirs. */
export function equalValues(a: AttributeValue, b: AttributeValue): boolean {
  const type = typeOf(a);
  if (type !== typeOf(b)) return false;
  const left: unknown = Object.values(a)[0];
  const right: unknown = Object.values(b)[0];
  switch (type) {
    case 'SS':
    case 'NS':
    case 'BS':
      return equalSets(left as readonly string[], right as readonly string[]);
    case 'L':
      return equalLists(left as readonly AttributeValue[], right as readonly AttributeValue[]);
    case 'M':
      return equalItems(left as Item, right as Item);
    default:
      return left === right;
  }
}

function equalSets(a: readonly string[], b: readonly string[]): boolean {
  const members = new Set(b);
  return a.length === b.length && a.every((member) => members.has(member));
}

function equalLists(a: readonly AttributeValue[], b: readonly AttributeValue[]): boolean {
  return a.length === b.length && a.every((value, at) => equalValues(value, b[at]!));
}

/** Whether two items have the same attributes with the same values. */
export function equalItems(a: Item, b: Item): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && equalValues(a[name]!, b[name]!))
  );
}

function utf8(text: string): Uint8Array {
  return Buffer.from(text, 'utf8');
}

function base64(text: string): Uint8Array {
  return Buffer.from(text, 'base64');
}
