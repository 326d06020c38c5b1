import type { Explanation, PathComponent } from '@aws-sdk/client-ec2';
import { addressesOf } from './card.ts';
import { component } from './component.ts';
import { endsOf, packetsFrom, type Ends } from './ends.ts';
import { filtersAtDestination } from './header-filters.ts';
import { PUBLIC } from './internet.ts';
import { START } from './leg.ts';
import { blocksOfVpc, peerOf, type Network } from './network.ts';
import type { Question } from './question.ts';
import { ofBlocks, type Ranges } from './ranges.ts';
import type { About } from './stations.ts';
import { follow, shown, type Trip } from './trip.ts';
import { Walk } from './walk.ts';
import type { Way } from './way.ts';

export interface Verdict {
  readonly found: boolean;
  /** The way there; where none is found, as far as packets get. */
  readonly forward: readonly PathComponent[];
  /** The way of the answers, where there is one. */
  readonly back: readonly PathComponent[];
  /** All that stops packets on the way that comes furthest; empty where one is found. */
  readonly explanations: readonly Explanation[];
}

/** There and, where the protocol has answers, back. */
type RoundTrip = readonly [there: Trip, back?: Trip];

/** Decides by the records alone: nothing is sent. */
export function verdict(network: Network, question: Question): Verdict {
  const about = { network, protocol: question.protocol };
  const ends = endsOf(network, question);
  if ('problem' in ends) return unreachable([ends.problem]);
  const all = waysThere(ends, question, about);
  const ways = all.filter((way) => leadsAsAsked(way, question));
  if (ways.length < all.length && ways.length === 0) return unreachable(filtered(question, about));
  const best = leastStopped(ways.map((way) => travel(way, ends, question, about)));
  if (!best) return unreachable([{ ExplanationCode: 'NO_PATH' }]);
  const [there, back] = best;
  const explanations = [...there.explanations, ...(back?.explanations ?? [])];
  const { packets } = back ?? there;
  const forward = shown(there, packets);
  if (explanations.length > 0) return unreachable(explanations, forward);
  return { found: true, forward, back: back ? shown(back, packets) : [], explanations };
}

function waysThere(ends: Ends, question: Question, about: About): Way[] {
  const { source, goal, destinationFrom } = ends;
  const walk = new Walk(about, goal);
  const packets = (addresses: Ranges, vpc: string) =>
    packetsFrom(addresses, destinationFrom(vpc), question);
  if (source.kind === 'cards') {
    return source.cards.flatMap((card) =>
      walk.fromCard(card, START, packets(addressesOf(card), card.vpc)),
    );
  }
  const { id, kind, vpcs } = source;
  return vpcs.flatMap((vpc) => {
    if (kind === 'internet-gateway') return walk.fromInternet(id, vpc, packets(PUBLIC, vpc));
    const theirs = ofBlocks(blocksOfVpc(peerOf(id, vpc, about.network), about.network));
    return walk.fromPeering(id, vpc, START, packets(theirs, vpc));
  });
}

function travel(way: Way, { source }: Ends, question: Question, about: About): RoundTrip {
  const { end, hops, packets } = way;
  const atDestination = end ? filtersAtDestination(question.atDestination ?? {}, end.leg) : [];
  const there = follow([...hops, ...atDestination], packets);
  if (!end || question.protocol !== 'tcp') return [there];
  const goal =
    source.kind === 'cards' ? { cards: source.cards } : { cards: [], gateway: source.id };
  const ways = new Walk(about, goal, end.met).fromEnd(end, there.packets);
  const back = leastStopped(ways.map((each): RoundTrip => [follow(each.hops, each.packets)]));
  return [there, back?.[0]];
}

function leadsAsAsked(way: Way, { through = [], around = [] }: Question): boolean {
  if (through.length + around.length === 0) return true;
  const met = new Set(way.hops.map((hop) => hop.show(way.packets)?.Component?.Arn));
  return through.every((arn) => met.has(arn)) && !around.some((arn) => met.has(arn));
}

function filtered({ through = [], around = [] }: Question, { network }: About): Explanation[] {
  return [...through, ...around].map((arn) => ({
    ExplanationCode: 'COMPONENT_FILTER_RESTRICTION',
    Component: component(arn.slice(arn.lastIndexOf('/') + 1), network.place),
  }));
}

/** Of several ways the one on which least is to be mended; of equals the shortest. */
function leastStopped(trips: readonly RoundTrip[]): RoundTrip | undefined {
  const count = (all: RoundTrip, of: (trip: Trip) => number) =>
    all.reduce((sum, trip) => sum + (trip ? of(trip) : 0), 0);
  const stops = (all: RoundTrip) => count(all, ({ explanations }) => explanations.length);
  const length = (all: RoundTrip) => count(all, ({ hops }) => hops.length);
  return trips.toSorted(
    (one, other) => stops(one) - stops(other) || length(one) - length(other),
  )[0];
}

function unreachable(
  explanations: readonly Explanation[],
  forward: readonly PathComponent[] = [],
): Verdict {
  return { found: false, forward, back: [], explanations };
}
