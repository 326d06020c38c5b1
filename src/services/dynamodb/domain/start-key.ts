import { AwsError } from '../../../kernel/aws-error.ts';
import type { Key } from '../../../storage/engine.ts';
import { validation } from '../errors.ts';
import { admitItem } from './admit-item.ts';
import { keyOfKey } from './keys.ts';
import type { KeyShape } from './keys.ts';

/** The place an ExclusiveStartKey names; whether an item stands there does not matter. */
export function startKey(shape: KeyShape, sent: unknown): Key {
  try {
    return keyOfKey(shape, admitItem(sent).item);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'ValidationException') throw error;
    throw validation(`The provided starting key is invalid: ${error.message}`);
  }
}
