import type { Card } from './card.ts';
import type { Hop } from './hop.ts';
import type { Leg } from './leg.ts';
import type { Packets } from './packets.ts';

/** Where packets are meant to get: to one of the cards, or out by a gateway. */
export interface Goal {
  readonly cards: readonly Card[];
  /** An internet gateway's or a peering connection's ID; `any` is every way out to an address. */
  readonly gateway?: string;
}

/** Packets under way. */
export interface Position {
  readonly vpc: string;
  /** The subnet that they come from; undefined for those that a gateway brought. */
  readonly subnet?: string;
  readonly leg: Leg;
  /** Those that routes and addresses bring here; which of them filters let past is told by the hops. */
  readonly packets: Packets;
  readonly hops: readonly Hop[];
  /** Subnets whose routers they have met: in a loop they would meet one again. */
  readonly asked: readonly string[];
  /** The cards whose groups have let them past. */
  readonly met: readonly string[];
}

/** How packets get somewhere; where there is no end, the last hop says why. */
export interface Way {
  readonly hops: readonly Hop[];
  readonly packets: Packets;
  readonly end?: End;
}

/** Where a way has come to: a card, or what lies behind a gateway. */
export interface End {
  readonly leg: Leg;
  /** Where the card is, or what the gateway led out of. */
  readonly vpc: string;
  readonly met: readonly string[];
  readonly card?: Card;
  readonly gateway?: string;
}
