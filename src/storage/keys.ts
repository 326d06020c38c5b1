import type { Key, Range } from './engine.ts';

/**
 * Builds ordered keys out of parts. Each part but raw bytes is terminated, so that no part is a
 * prefix of another: `key('a', 'b')` and `key('ab')` differ, and all keys under `key('a')` start
 * with its bytes.
 */
export function key(...parts: readonly (string | Uint8Array)[]): Key {
  const chunks: Uint8Array[] = [];
  let text = '';
  for (const part of parts) {
    if (typeof part === 'string') {
      text += terminated(part);
      continue;
    }
    if (text !== '') chunks.push(Buffer.from(text));
    chunks.push(part);
    text = '';
  }
  // Most keys are text throughout, or a prefix and one part: one conversion for all of it.
  if (chunks.length === 0) return Buffer.from(text);
  if (text !== '') chunks.push(Buffer.from(text));
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

/** The first key behind `previous`, where a further page of a range begins. */
export function next(previous: Key): Key {
  return Buffer.concat([previous, ZERO]);
}

const ZERO = Uint8Array.of(0);

// 0x00 ends a part. Inside it 0x00 becomes 0x01 0x01 and 0x01 becomes 0x01 0x02, which keeps byte order.
function terminated(part: string): string {
  if (!NEEDS_ESCAPE.test(part)) return part + '\0';
  return part.replaceAll('\x01', '\x01\x02').replaceAll('\0', '\x01\x01') + '\0';
}

// oxlint-disable-next-line no-control-regex -- these are what is looked for
const NEEDS_ESCAPE = /[\0\x01]/;
