import type { AttributeValue } from '@aws-sdk/client-dynamodb';

export type Item = Record<string, AttributeValue>;

/** Plain JSON for people: numbers keep their digits where JSON's would lose some. */
export function plainValue(value: AttributeValue): unknown {
  const [[type, content] = []] = Object.entries(value) as [string, unknown][];
  if (type === 'N') return String(Number(content)) === content ? Number(content) : content;
  if (type === 'NULL') return null;
  if (type === 'L') return (content as AttributeValue[]).map(plainValue);
  if (type === 'M') return plainItem(content as Item);
  if (type === 'B') return `base64:${base64(content as Uint8Array)}`;
  if (type === 'BS') return (content as Uint8Array[]).map((bytes) => `base64:${base64(bytes)}`);
  return content;
}

export function plainItem(item: Item): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plainValue(value)]));
}

/** Plain JSON as DynamoDB has it: a number is N, a list L, an object M. */
function valueOf(plain: unknown): AttributeValue {
  if (plain === null) return { NULL: true };
  if (typeof plain === 'string') return { S: plain };
  if (typeof plain === 'number') return { N: String(plain) };
  if (typeof plain === 'boolean') return { BOOL: plain };
  if (Array.isArray(plain)) return { L: plain.map(valueOf) };
  return { M: itemOf(plain as object) };
}

function itemOf(plain: object): Item {
  return Object.fromEntries(Object.entries(plain).map(([name, value]) => [name, valueOf(value)]));
}

/** DynamoDB JSON writes bytes in base64; the SDK takes them as they are. */
function withBytes(value: unknown, type?: string): unknown {
  if (type === 'B') return Uint8Array.from(atob(String(value)), (byte) => byte.charCodeAt(0));
  if (type === 'BS' && Array.isArray(value)) return value.map((one) => withBytes(one, 'B'));
  if (Array.isArray(value)) return value.map((one) => withTypes(one));
  if (type === 'M') return itemWithBytes(value as object);
  return value;
}

function withTypes(value: unknown): AttributeValue {
  const entries = Object.entries(value as object);
  return Object.fromEntries(
    entries.map(([type, content]) => [
      type,
      type === 'L' || type === 'M' || type.startsWith('B') ? withBytes(content, type) : content,
    ]),
  ) as unknown as AttributeValue;
}

function itemWithBytes(value: object): Item {
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withTypes(one)]));
}

/**
 * Reads what a person typed as an item.
 *
 * @throws SyntaxError or TypeError where it is no JSON object
 */
export function readItem(text: string, format: 'plain' | 'dynamodb'): Item {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new TypeError('An item is a JSON object.');
  }
  return format === 'plain' ? itemOf(parsed) : itemWithBytes(parsed);
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
