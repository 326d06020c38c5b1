import type { AnalysisComponent, Explanation, PathComponent } from '@aws-sdk/client-ec2';
import type { Packets } from './packets.ts';

/** One thing that packets meet on their way. */
export interface Hop {
  /** Those of the packets that get past it. */
  pass(packets: Packets): Packets;
  /** Why none of these does. */
  refusal(packets: Packets): Explanation[];
  /** As the answer shows it, with what let these packets past; undefined for what it does not show. */
  show(packets: Packets): PathComponent | undefined;
}

/** What lets everything past. */
export function open(show: (packets: Packets) => PathComponent): Hop {
  return { pass: (packets) => packets, refusal: () => [], show };
}

/** What lets nothing past. */
export function dead(explanation: Explanation, shown?: AnalysisComponent): Hop {
  return {
    pass: () => [],
    refusal: () => [explanation],
    show: () => shown && { Component: shown },
  };
}

/** What lets past whatever `pass` leaves, without a component of its own. */
export function check(pass: Hop['pass'], refusal: Explanation): Hop {
  return { pass, refusal: () => [refusal], show: () => undefined };
}
