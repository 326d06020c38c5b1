import * as ranges from './ranges.ts';
import type { Ranges } from './ranges.ts';
import * as all from './packets.ts';
import type { Box, Packets } from './packets.ts';

/**
 * A stretch of the way on which headers do not change. Packets are always told by the headers that they
 * began with; what a gateway has written into them since is of the leg.
 */
export interface Leg {
  /** Whether these are the answers: then source and destination have changed places. */
  readonly reply: boolean;
  readonly written: Partial<Box>;
  /** The leg before the last gateway that wrote something. */
  readonly before?: Leg;
}

/** What a packet on the wire must look like. */
export interface Condition {
  readonly from?: Ranges;
  readonly to?: Ranges;
  /** Of its destination. */
  readonly port?: Ranges;
}

export const START: Leg = { reply: false, written: {} };

/** The leg behind a gateway that writes these fields. */
export function rewritten(leg: Leg, written: Partial<Box>): Leg {
  return { ...leg, written: { ...leg.written, ...written }, before: leg };
}

/** The leg that answers begin on to packets that came by this one. */
export function answered(leg: Leg): Leg {
  return { ...leg, reply: true };
}

/** The leg behind the gateway that takes back what it wrote; undefined if none wrote anything. */
export function restored({ before }: Leg): Leg | undefined {
  return before && answered(before);
}

/** Those that look so on a leg. */
export function matching(packets: Packets, leg: Leg, condition: Condition): Packets {
  const { asked, written } = fieldsOf(leg, condition);
  const mayMatch = written.every(([value, wanted]) => ranges.common(value, wanted).length > 0);
  return mayMatch ? all.only(packets, asked) : [];
}

/** Those that may look otherwise: of a port that a gateway chooses one suffices. */
export function others(packets: Packets, leg: Leg, condition: Condition): Packets {
  const { asked, written } = fieldsOf(leg, condition);
  const mayDiffer = written.some(([value, wanted]) => ranges.except(value, wanted).length > 0);
  return mayDiffer ? packets : all.except(packets, asked);
}

/** The values that a field has on a leg. */
export function valuesOf(packets: Packets, leg: Leg, part: keyof Condition): Ranges {
  const field = fieldOf(leg, part);
  return leg.written[field] ?? ranges.union(packets.map((box) => box[field]));
}

function fieldsOf(leg: Leg, condition: Condition) {
  const asked: { -readonly [Field in keyof Box]?: Ranges } = {};
  const written: [value: Ranges, wanted: Ranges][] = [];
  for (const part of ['from', 'to', 'port'] as const) {
    const wanted = condition[part];
    if (!wanted) continue;
    const field = fieldOf(leg, part);
    const value = leg.written[field];
    if (value) written.push([value, wanted]);
    else asked[field] = wanted;
  }
  return { asked, written };
}

function fieldOf({ reply }: Leg, part: keyof Condition): keyof Box {
  if (part === 'port') return reply ? 'sourcePort' : 'destinationPort';
  return (part === 'from') === reply ? 'destination' : 'source';
}
