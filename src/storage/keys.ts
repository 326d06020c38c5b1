import type { Key, Range } from './engine.ts';

/**
 * Builds ordered keys out of parts. Each part but raw bytes is terminated, so that no part is a
 * prefix of another: `key('a', 'b')` and `key('ab')` differ, and all keys under `key('a')` start
 * with its bytes.
 */
export function key(...parts: readonly (string | Uint8Array)[]): Key {
  const chunks = parts.map((part) => (typeof part === 'string' ? terminated(part) : part));
  return Buffer.concat(chunks);
}

/** All keys that start with `prefix`. */
export function under(prefix: Key): Range {
  return { from: prefix, to: after(prefix) };
}

/** The first key behind all that start with `prefix`. */
export function after(prefix: Key): Key {
  const end = Buffer.from(prefix);
  for (let last = end.length - 1; last >= 0; last--) {
    if (end[last]! < 0xff) {
      end[last]!++;
      return end.subarray(0, last + 1);
    }
  }
  throw new RangeError('no key lies behind a prefix of 0xff bytes');
}

// 0x00 ends a part. Inside it 0x00 becomes 0x01 0x01 and 0x01 becomes 0x01 0x02, which keeps byte order.
function terminated(part: string): Uint8Array {
  const bytes = Buffer.from(part, 'utf8');
  const out: number[] = [];
  for (const byte of bytes) {
    if (byte <= 1) out.push(1, byte + 1);
    else out.push(byte);
  }
  out.push(0);
  return Uint8Array.from(out);
}
