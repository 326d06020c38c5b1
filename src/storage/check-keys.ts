import { type Changes, MAX_KEY_BYTES } from './engine.ts';

/**
 * The changes, if every engine could keep their keys.
 * @throws RangeError for a key that is empty or too long
 */
export function checkKeys<Result>(changes: Changes<Result>): Changes<Result> {
  for (const { key } of changes.writes) {
    if (key.length === 0 || key.length > MAX_KEY_BYTES) {
      throw new RangeError(`a key has 1 to ${MAX_KEY_BYTES} bytes, not ${key.length}`);
    }
  }
  return changes;
}
