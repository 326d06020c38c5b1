import { hash } from 'node:crypto';
import { key } from '../../../storage/keys.ts';
import type { Key } from '../../../storage/engine.ts';
import { invalidParameters, validation } from '../errors.ts';
import { attributeOf, textOf, typeOf } from './attribute-value.ts';
import type { AttributeValue, Item, KeyType } from './attribute-value.ts';
import type { Path } from './expressions/syntax.ts';
import { orderedBytes } from './number.ts';

/**
 * Where an item stands: `dynamodb` `item` <table ID, 16 bytes> <partition hash, 16 bytes>
 * <sort key>. The hash is cryptographic, so two partition keys never share a partition. The sort
 * key's bytes compare as DynamoDB orders them: text and binaries by unsigned bytes, numbers by
 * value. At its longest that is 1,071 bytes, so an index entry (its own sort key terminated, and
 * the hash of the item's key behind it) will fit as well.
 */
const ITEMS = key('dynamodb', 'item');
export const HASH_BYTES = 16;
const MAX_HASH_KEY_BYTES = 2048;
const MAX_RANGE_KEY_BYTES = 1024;

export interface KeyAttribute {
  readonly name: string;
  readonly type: KeyType;
}

/** What a table's items are found by. */
export interface KeyShape {
  /** All of the table's items stand below this. */
  readonly prefix: Key;
  readonly hash: KeyAttribute;
  readonly range?: KeyAttribute;
}

/** @param tableId the UUID in the table's description */
export function itemsOf(tableId: string): Key {
  return Buffer.concat([ITEMS, Buffer.from(tableId.replaceAll('-', ''), 'hex')]);
}

/** The place of an item that is to be written; refuses one without a proper key. */
export function keyOfItem(shape: KeyShape, item: Item): Key {
  const parts = keyAttributes(shape).map((attribute) => {
    const value = attributeOf(item, attribute.name);
    if (!value) throw invalidParameters(`Missing the key ${attribute.name} in the item`);
    const text = textOf(value, attribute.type);
    if (text === undefined) {
      throw invalidParameters(
        `Type mismatch for key ${attribute.name} expected: ${attribute.type} actual: ${typeOf(value)}`,
      );
    }
    return keyBytes(attribute, text, attribute === shape.hash);
  });
  return place(shape, parts);
}

/** The place that a request's `Key` names; it must hold the key attributes and nothing else. */
export function keyOfKey(shape: KeyShape, sent: Item): Key {
  const attributes = keyAttributes(shape);
  if (Object.keys(sent).length !== attributes.length) throw keyMismatch();
  const parts = attributes.map((attribute) => {
    const value = attributeOf(sent, attribute.name);
    const text = value && textOf(value, attribute.type);
    if (text === undefined) throw keyMismatch();
    return keyBytes(attribute, text, attribute === shape.hash);
  });
  return place(shape, parts);
}

/** The partition that a value of the partition key leads to. */
export function partition(shape: KeyShape, value: AttributeValue): Key {
  return place(shape, [conditionBytes(shape.hash, value, true)]);
}

/** A sort key's bytes in a key condition. */
export function rangeBytes(attribute: KeyAttribute, value: AttributeValue): Uint8Array {
  return conditionBytes(attribute, value, false);
}

/** The key attributes of an item, in the table's order. */
export function keyOf(shape: KeyShape, item: Item): Item {
  return Object.fromEntries(keyAttributes(shape).map(({ name }) => [name, item[name]!]));
}

export function keyAttributes({ hash: partitionKey, range }: KeyShape): readonly KeyAttribute[] {
  return range ? [partitionKey, range] : [partitionKey];
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

function conditionBytes(attribute: KeyAttribute, value: AttributeValue, isHash: boolean) {
  const text = textOf(value, attribute.type);
  if (text === undefined) {
    throw invalidParameters('Condition parameter type does not match schema type');
  }
  return keyBytes(attribute, text, isHash);
}

function keyBytes({ name, type }: KeyAttribute, text: string, isHash: boolean): Uint8Array {
  if (type === 'N') return orderedBytes(text);
  const bytes = Buffer.from(text, type === 'S' ? 'utf8' : 'base64');
  if (bytes.length === 0) {
    const kind = type === 'S' ? 'string' : 'binary';
    throw validation(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${kind} value. Key: ${name}`,
    );
  }
  // AWS's own wording: the space is missing before the first number
  if (isHash && bytes.length > MAX_HASH_KEY_BYTES) {
    throw invalidParameters('Size of hashkey has exceeded the maximum size limit of2048 bytes');
  }
  if (!isHash && bytes.length > MAX_RANGE_KEY_BYTES) {
    throw invalidParameters(
      'Aggregated size of all range keys has exceeded the size limit of 1024 bytes',
    );
  }
  return bytes;
}

function place(shape: KeyShape, [hashKey, rangeKey]: readonly Uint8Array[]): Key {
  const { prefix } = shape;
  const bytes = Buffer.allocUnsafe(prefix.length + HASH_BYTES + (rangeKey?.length ?? 0));
  bytes.set(prefix);
  bytes.set(hash('sha256', hashKey!, 'buffer').subarray(0, HASH_BYTES), prefix.length);
  if (rangeKey) bytes.set(rangeKey, prefix.length + HASH_BYTES);
  return bytes;
}
