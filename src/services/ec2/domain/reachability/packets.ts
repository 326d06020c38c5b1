import * as ranges from './ranges.ts';
import type { Ranges } from './ranges.ts';

/** Packets with any of these values in each field, as they left where they began. */
export interface Box {
  readonly source: Ranges;
  readonly destination: Ranges;
  readonly sourcePort: Ranges;
  readonly destinationPort: Ranges;
}

/** Many packets at once: those of any of the boxes. */
export type Packets = readonly Box[];

const FIELDS = ['source', 'destination', 'sourcePort', 'destinationPort'] as const;

/** Those whose fields are as asked for. */
export function only(packets: Packets, asked: Partial<Box>): Packets {
  return packets.flatMap((box) => {
    const narrowed = { ...box };
    for (const field of FIELDS) {
      const wanted = asked[field];
      if (wanted) narrowed[field] = ranges.common(box[field], wanted);
    }
    return isEmpty(narrowed) ? [] : [narrowed];
  });
}

/** Those of which at least one field is not as asked for. */
export function except(packets: Packets, asked: Partial<Box>): Packets {
  return packets.flatMap((box) => {
    const apart: Box[] = [];
    let rest = box;
    for (const field of FIELDS) {
      const wanted = asked[field];
      if (!wanted) continue;
      apart.push({ ...rest, [field]: ranges.except(rest[field], wanted) });
      rest = { ...rest, [field]: ranges.common(rest[field], wanted) };
    }
    return apart.filter((each) => !isEmpty(each));
  });
}

/** All of them, in few boxes: those that differ in one field only become one. */
export function joined(all: readonly Packets[]): Packets {
  let boxes: Packets = all.flat();
  for (const field of FIELDS) {
    const alike = new Map<string, Box[]>();
    for (const box of boxes) {
      const others = JSON.stringify({ ...box, [field]: undefined });
      alike.set(others, [...(alike.get(others) ?? []), box]);
    }
    boxes = [...alike.values()].map((group) => ({
      ...group[0]!,
      [field]: ranges.union(group.map((box) => box[field])),
    }));
  }
  return boxes;
}

function isEmpty(box: Box): boolean {
  return FIELDS.some((field) => box[field].length === 0);
}
