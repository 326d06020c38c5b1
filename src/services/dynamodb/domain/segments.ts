import type { Key } from '../../../storage/engine.ts';
import { after } from '../../../storage/keys.ts';
import { validation } from '../errors.ts';
import type { Span } from './pages.ts';

/** One of the equal parts that a parallel scan divides a table's partitions into. */
export interface Segment {
  readonly number: number;
  readonly total: number;
}

export function segmentOf(input: {
  readonly Segment: number | undefined;
  readonly TotalSegments: number | undefined;
}): Segment {
  const { Segment: number, TotalSegments: total } = input;
  if (number === undefined && total === undefined) return { number: 0, total: 1 };
  if (total === undefined) {
    throw validation(
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    );
  }
  if (number === undefined) {
    throw validation(
      'The Segment parameter is required but was not present in the request when parameter TotalSegments is present',
    );
  }
  if (number >= total) {
    throw validation(
      `The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: ${number} is not less than TotalSegments: ${total}`,
    );
  }
  return { number, total };
}

/** The keys of a segment: partition hashes are spread evenly, so their first four bytes divide them. */
export function spanOfSegment(prefix: Key, { number, total }: Segment): Span {
  return { from: boundary(prefix, number / total), to: boundary(prefix, (number + 1) / total) };
}

function boundary(prefix: Key, fraction: number): Key {
  if (fraction === 0) return prefix;
  if (fraction === 1) return after(prefix);
  const bytes = Buffer.alloc(prefix.length + 4);
  bytes.set(prefix);
  bytes.writeUInt32BE(Math.floor(fraction * 2 ** 32), prefix.length);
  return bytes;
}
