import { parseBlock, toAddress } from '../network/addresses.ts';

/** Both ends belong to it. */
export type Range = readonly [first: number, last: number];

/** Whole numbers, addresses or ports: ranges in order that neither overlap nor touch. */
export type Ranges = readonly Range[];

export const ALL_ADDRESSES: Ranges = [[0, 2 ** 32 - 1]];
export const ALL_PORTS: Ranges = [[0, 65_535]];

/** What is in any of these blocks, e.g. `10.0.0.0/8`; one address may be written without `/32`. */
export function ofBlocks(blocks: readonly string[]): Ranges {
  return tidy(
    blocks.map((block): Range => {
      const { first, size } = parseBlock(block.includes('/') ? block : `${block}/32`);
      return [first, first + size - 1];
    }),
  );
}

export function union(all: readonly Ranges[]): Ranges {
  return tidy(all.flat());
}

export function common(some: Ranges, others: Ranges): Ranges {
  return some.flatMap(([first, last]) =>
    others
      .map(([from, to]): Range => [Math.max(first, from), Math.min(last, to)])
      .filter(([from, to]) => from <= to),
  );
}

export function except(some: Ranges, others: Ranges): Ranges {
  let rest = some;
  for (const [from, to] of others) {
    rest = rest.flatMap(([first, last]) =>
      (
        [
          [first, Math.min(last, from - 1)],
          [Math.max(first, to + 1), last],
        ] as const
      ).filter(([start, end]) => start <= end),
    );
  }
  return rest;
}

/** Addresses as the fewest blocks. */
export function toBlocks(addresses: Ranges): string[] {
  const blocks: string[] = [];
  for (const [first, last] of addresses) {
    for (let at = first; at <= last;) {
      let bits = 0;
      while (bits < 32 && at % 2 ** (bits + 1) === 0 && at + 2 ** (bits + 1) - 1 <= last) bits++;
      blocks.push(`${toAddress(at)}/${32 - bits}`);
      at += 2 ** bits;
    }
  }
  return blocks;
}

function tidy(ranges: readonly Range[]): Ranges {
  const merged: Range[] = [];
  for (const [first, last] of ranges.toSorted(([one], [other]) => one - other)) {
    const before = merged.at(-1);
    if (before && first <= before[1] + 1) {
      merged[merged.length - 1] = [before[0], Math.max(before[1], last)];
    } else merged.push([first, last]);
  }
  return merged;
}
