import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { after, key, next, under } from './keys.ts';

const text = fc.string({ unit: 'binary', maxLength: 6 });
const nasty = fc.string({ unit: fc.constantFrom('\0', '\x01', '\x02', 'a'), maxLength: 5 });
const path = fc.array(fc.oneof(text, nasty), { maxLength: 4 });

test('keys are ordered as their parts are, part by part and byte by byte', () => {
  fc.assert(
    fc.property(path, path, (left, right) => {
      expect(Math.sign(Buffer.compare(key(...left), key(...right)))).toBe(compare(left, right));
    }),
  );
});

test('a key begins with another only where its path does', () => {
  fc.assert(
    fc.property(path, path, (left, right) => {
      const prefix = key(...left);
      const begins = Buffer.compare(key(...right).subarray(0, prefix.length), prefix) === 0;
      expect(begins).toBe(left.every((part, at) => part === right[at]));
    }),
  );
});

test('a prefix joined to the rest of the path is the whole key', () => {
  fc.assert(
    fc.property(path, path, (left, right) => {
      expect(key(key(...left), ...right)).toEqual(key(...left, ...right));
    }),
  );
});

test('all keys under a prefix lie within its range, and no others', () => {
  const prefix = fc.array(text, { minLength: 1, maxLength: 2 });
  fc.assert(
    fc.property(prefix, path, (above, other) => {
      const { from, to } = under(key(...above));
      const within = (each: Uint8Array) =>
        Buffer.compare(from, each) <= 0 && Buffer.compare(each, to) < 0;
      expect(within(key(...above, ...other))).toBe(true);
      expect(within(key(...other))).toBe(above.every((part, at) => part === other[at]));
    }),
  );
});

test('the next key lies between a key and everything else behind it', () => {
  fc.assert(
    fc.property(path, path, (left, right) => {
      const [a, b] = [key(...left), key(...right)];
      const following = next(a);
      expect(Buffer.compare(a, following)).toBe(-1);
      expect(Buffer.compare(following, b) <= 0).toBe(Buffer.compare(a, b) < 0);
    }),
  );
});

test('the end of a prefix carries over trailing 0xff bytes', () => {
  expect(after(Uint8Array.of(1, 0xff, 0xff))).toEqual(Buffer.of(2));
  expect(() => after(Uint8Array.of(0xff))).toThrow(RangeError);
});

/** By UTF-8 bytes; a shorter path that the other continues comes first. */
function compare(left: readonly string[], right: readonly string[]): number {
  for (const [at, part] of left.entries()) {
    const other = right[at];
    if (other === undefined) return 1;
    const order = Buffer.compare(Buffer.from(part), Buffer.from(other));
    if (order !== 0) return order;
  }
  return left.length < right.length ? -1 : 0;
}
