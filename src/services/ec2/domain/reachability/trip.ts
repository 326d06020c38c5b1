import type { Explanation, PathComponent } from '@aws-sdk/client-ec2';
import type { Hop } from './hop.ts';
import type { Packets } from './packets.ts';

/** Packets on a way, past whatever would have stopped all of them: that explains itself. */
export interface Trip {
  /** What they meet before the first that stops them. */
  readonly hops: readonly Hop[];
  readonly packets: Packets;
  readonly explanations: readonly Explanation[];
}

export function follow(hops: readonly Hop[], packets: Packets): Trip {
  const met: Hop[] = [];
  const explanations: Explanation[] = [];
  let rest = packets;
  for (const hop of hops) {
    const passed = hop.pass(rest);
    if (passed.length > 0) rest = passed;
    else explanations.push(...hop.refusal(rest));
    if (explanations.length === 0) met.push(hop);
  }
  return { hops: met, packets: rest, explanations };
}

/** A trip for the answer, with what let these packets past. */
export function shown({ hops }: Trip, packets: Packets): PathComponent[] {
  const components = hops.flatMap((hop) => hop.show(packets) ?? []);
  return components.map((each, at) => ({ SequenceNumber: at + 1, ...each }));
}
