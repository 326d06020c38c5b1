import { AwsError } from '../../../kernel/aws-error.ts';
import type { Key } from '../../../storage/engine.ts';
import { validation } from '../errors.ts';
import { admitItem } from './admit-item.ts';
import type { Item } from './attribute-value.ts';
import { attributeOf } from './attribute-value.ts';
import type { KeyShape } from './keys.ts';
import { keyAttributes, keyMismatch, keyOfItem, keyOfKey, placeOfEntry } from './keys.ts';

/** The place an ExclusiveStartKey names; whether anything stands there does not matter. */
export function startKey(shape: KeyShape, sent: unknown): Key {
  try {
    const { item } = admitItem(sent);
    return shape.items ? entryPlace(shape, shape.items, item) : keyOfKey(shape, item);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'ValidationException') throw error;
    throw validation(`The provided starting key is invalid: ${error.message}`);
  }
}

/** An index's start key has the keys of the index and of the table, and nothing else. */
function entryPlace(shape: KeyShape, items: KeyShape, sent: Item): Key {
  const attributes = [...keyAttributes(shape), ...keyAttributes(items)];
  const names = new Set(attributes.map(({ name }) => name));
  if (Object.keys(sent).length !== names.size) throw keyMismatch();
  for (const { name, type } of attributes) {
    const value = attributeOf(sent, name);
    if (!value || !(type in value)) throw keyMismatch();
  }
  return placeOfEntry(keyOfItem(shape, sent), keyOfItem(items, sent));
}
