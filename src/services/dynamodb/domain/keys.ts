import { hash } from 'node:crypto';
import type { Key } from '../../../storage/engine.ts';
import { key } from '../../../storage/keys.ts';
import { invalidParameters, validation } from '../errors.ts';
import type { AttributeValue, Item, KeyType } from './attribute-value.ts';
import { attributeOf, textOf, typeOf } from './attribute-value.ts';
import type { Path } from './expressions/syntax.ts';
import { orderedBytes } from './number.ts';

/**
 * Where an item stands: `dynamodb` `item` <table ID, 16 bytes> <partition hash, 16 bytes>
 * <sort key>. An index's entry stands alike below `dynamodb` `index`, but its sort key may have
 * several parts, so each is terminated, and the hash of the item's own place closes it. The
 * partition hash is cryptographic, so two partition keys never share a partition. A sort key's
 * bytes compare as DynamoDB orders them: text and binaries by unsigned bytes, numbers by value. At
 * its longest an item's place has 1,071 bytes and an entry's 2,120.
 */
const ITEMS = key('dynamodb', 'item');
const INDEXES = key('dynamodb', 'index');
export const HASH_BYTES = 16;
const MAX_HASH_KEY_BYTES = 2048;
const MAX_RANGE_KEY_BYTES = 1024;

export interface KeyAttribute {
  readonly name: string;
  readonly type: KeyType;
}

/** What a table's items, or an index's entries, are found by. */
export interface KeyShape {
  /** All of them stand below this. */
  readonly prefix: Key;
  /** One for a table, up to four for a global index. */
  readonly hash: readonly KeyAttribute[];
  /** None or one for a table, up to four for a global index. */
  readonly range: readonly KeyAttribute[];
  /** For an index: how its table's items are found, as several of them may share a key. */
  readonly items?: KeyShape;
}

/** @param tableId the UUID in the table's description */
export function itemsOf(tableId: string): Key {
  return Buffer.concat([ITEMS, uuidBytes(tableId)]);
}

/** @param indexId a UUID, never given to another index */
export function entriesOf(indexId: string): Key {
  return Buffer.concat([INDEXES, uuidBytes(indexId)]);
}

export function uuidBytes(uuid: string): Uint8Array {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

export function uuidOf(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The place of an item that is to be written; refuses one without a proper key. */
export function keyOfItem(shape: KeyShape, item: Item): Key {
  const partOf = (attribute: KeyAttribute): Uint8Array => {
    const value = attributeOf(item, attribute.name);
    if (!value) throw invalidParameters(`Missing the key ${attribute.name} in the item`);
    const text = textOf(value, attribute.type);
    if (text === undefined) {
      throw invalidParameters(
        `Type mismatch for key ${attribute.name} expected: ${attribute.type} actual: ${typeOf(value)}`,
      );
    }
    return keyBytes(attribute, text);
  };
  return place(shape, shape.hash.map(partOf), shape.range.map(partOf));
}

/** The place that a request's `Key` names; it must hold the key attributes and nothing else. */
export function keyOfKey(shape: KeyShape, sent: Item): Key {
  if (Object.keys(sent).length !== shape.hash.length + shape.range.length) throw keyMismatch();
  return keyAmong(shape, sent);
}

/** The same where other attributes may stand beside the key's. */
export function keyAmong(shape: KeyShape, sent: Item): Key {
  const partOf = (attribute: KeyAttribute): Uint8Array => {
    const value = attributeOf(sent, attribute.name);
    const text = value && textOf(value, attribute.type);
    if (text === undefined) throw keyMismatch();
    return keyBytes(attribute, text);
  };
  return place(shape, shape.hash.map(partOf), shape.range.map(partOf));
}

/**
 * The place of an index's entry.
 *
 * @param entryKey what `keyOfItem` gives for the index
 * @param itemKey the item's own place in the table
 */
export function placeOfEntry(entryKey: Key, itemKey: Key): Key {
  return Buffer.concat([entryKey, digest(itemKey)]);
}

/** The key of an entry out of its attributes' bytes, in the index's order. */
export function keyOfParts(
  shape: KeyShape,
  hashKeys: readonly Uint8Array[],
  rangeKeys: readonly Uint8Array[],
): Key {
  return place(shape, hashKeys, rangeKeys);
}

/** The partition that the partition key's values lead to, in the shape's order. */
export function partition(shape: KeyShape, values: readonly AttributeValue[]): Key {
  const parts = shape.hash.map((attribute, at) => conditionBytes(attribute, values[at]!));
  checkLengths(parts, []);
  return place(shape, parts, []);
}

/**
 * A sort key's values in a key condition, as they stand behind the partition.
 *
 * @param open whether the last one's end is left open, for `begins_with`
 */
export function rangeBytes(
  shape: KeyShape,
  values: readonly AttributeValue[],
  { open = false } = {},
): Uint8Array {
  const parts = values.map((value, at) => conditionBytes(shape.range[at]!, value));
  checkLengths([], parts);
  return Buffer.concat(rangeParts(shape, parts, open));
}

/** The key attributes of an item in a table, or of an entry in an index, by name. */
export function keyOf(shape: KeyShape, item: Item): Item {
  return Object.fromEntries(
    [...keyAttributes(shape), ...(shape.items ? keyAttributes(shape.items) : [])].map(
      ({ name }) => [name, item[name]!],
    ),
  );
}

export function keyAttributes({ hash: hashKeys, range }: KeyShape): readonly KeyAttribute[] {
  return range.length === 0 ? hashKeys : [...hashKeys, ...range];
}

/** Keys are scalars, so no expression may look inside one. */
export function refusePathsIntoKeys(shape: KeyShape, paths: readonly Path[]): void {
  if (paths.length === 0) return;
  for (const { name } of keyAttributes(shape)) {
    if (!paths.some((path) => path.length > 1 && path[0] === name)) continue;
    throw validation(
      `Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: ${name}`,
    );
  }
}

export function keyMismatch(): Error {
  return validation('The provided key element does not match the schema');
}

function conditionBytes(attribute: KeyAttribute, value: AttributeValue): Uint8Array {
  const text = textOf(value, attribute.type);
  if (text === undefined) {
    throw invalidParameters('Condition parameter type does not match schema type');
  }
  return keyBytes(attribute, text);
}

/** One key attribute's bytes: they order as its values do. */
function keyBytes({ name, type }: KeyAttribute, text: string): Uint8Array {
  if (text !== '') return scalarBytes(type, text);
  throw validation(
    `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${type === 'S' ? 'string' : 'binary'} value. Key: ${name}`,
  );
}

export function scalarBytes(type: KeyType, text: string): Uint8Array {
  if (type === 'N') return orderedBytes(text);
  return Buffer.from(text, type === 'S' ? 'utf8' : 'base64');
}

/** AWS's own wording: the space is missing before the first number. */
function checkLengths(hashKeys: readonly Uint8Array[], rangeKeys: readonly Uint8Array[]): void {
  if (lengthOf(hashKeys) > MAX_HASH_KEY_BYTES) {
    throw invalidParameters('Size of hashkey has exceeded the maximum size limit of2048 bytes');
  }
  if (lengthOf(rangeKeys) > MAX_RANGE_KEY_BYTES) {
    throw invalidParameters(
      'Aggregated size of all range keys has exceeded the size limit of 1024 bytes',
    );
  }
}

function lengthOf(parts: readonly Uint8Array[]): number {
  let length = 0;
  for (const part of parts) length += part.length;
  return length;
}

function place(
  shape: KeyShape,
  hashKeys: readonly Uint8Array[],
  rangeKeys: readonly Uint8Array[],
): Key {
  checkLengths(hashKeys, rangeKeys);
  const parts = rangeParts(shape, rangeKeys, false);
  const { prefix } = shape;
  const bytes = Buffer.allocUnsafe(prefix.length + HASH_BYTES + lengthOf(parts));
  bytes.set(prefix);
  bytes.set(digest(hashInput(hashKeys)), prefix.length);
  let at = prefix.length + HASH_BYTES;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** What stands behind the partition: a table's one part as it is, an index's each terminated. */
function rangeParts(
  shape: KeyShape,
  parts: readonly Uint8Array[],
  open: boolean,
): readonly Uint8Array[] {
  if (!shape.items) return parts;
  return parts.map((part, at) => terminated(part, open && at === parts.length - 1));
}

/** 0x00 ends a part; 0x00 and 0x01 inside it become 0x01 0x01 and 0x01 0x02, which keeps order. */
function terminated(part: Uint8Array, open: boolean): Uint8Array {
  let low = 0;
  for (const byte of part) if (byte <= 1) low += 1;
  const bytes = Buffer.allocUnsafe(part.length + low + (open ? 0 : 1));
  let at = 0;
  for (const byte of part) {
    if (byte <= 1) bytes[at++] = 1;
    bytes[at++] = byte <= 1 ? byte + 1 : byte;
  }
  if (!open) bytes[at] = 0;
  return bytes;
}

/** Several parts are told apart by their lengths. */
function hashInput(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  return Buffer.concat(
    parts.flatMap((part) => {
      const length = Buffer.allocUnsafe(2);
      length.writeUInt16BE(part.length);
      return [length, part];
    }),
  );
}

function digest(bytes: Uint8Array): Uint8Array {
  return hash('sha256', bytes, 'buffer').subarray(0, HASH_BYTES);
}
