import type { Explanation } from '@aws-sdk/client-ec2';
import { cardOf, cards, type Card, type CardAddress } from './card.ts';
import { component } from './component.ts';
import { dead } from './hop.ts';
import { matching, others, restored, rewritten, START, valuesOf } from './leg.ts';
import type { Network } from './network.ts';
import type { Packets } from './packets.ts';
import { ALL_ADDRESSES, except, ofBlocks, toBlocks, type Ranges } from './ranges.ts';
import { gatewayHop, type About } from './stations.ts';
import type { Goal, Position, Way } from './way.ts';

const RFC1918 = ofBlocks(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']);
const RFC6598 = ofBlocks(['100.64.0.0/10']);

/** The addresses that packets of the internet may have. */
export const PUBLIC: Ranges = except(except(ALL_ADDRESSES, RFC1918), RFC6598);

/** Out of a VPC: who has a public address sends with that. */
export function leaveToInternet(id: string, position: Position, goal: Goal, about: About): Way[] {
  if (goal.gateway !== id && goal.gateway !== 'any') return [];
  const { leg, hops, met, vpc } = position;
  const { network } = about;
  const packets = [RFC1918, RFC6598].reduce(
    (rest, to) => others(rest, leg, { to }),
    position.packets,
  );
  if (packets.length === 0) {
    const isShared = matching(position.packets, leg, { to: RFC6598 }).length > 0;
    const range = isShared ? 'RFC6598' : 'RFC1918';
    return stop(position, {
      ExplanationCode: `IGW_DESTINATION_ADDRESS_NOT_IN_${range}_EGRESS`,
      ...named(id, vpc, network),
    });
  }
  const ways = publicAddresses(cards(network), vpc).flatMap((address): Way[] => {
    const theirs = matching(packets, leg, { from: ofBlocks([address.private]) });
    if (theirs.length === 0) return [];
    const out = rewritten(leg, { source: ofBlocks([address.public]) });
    const hop = gatewayHop(id, vpc, { in: leg, out }, about);
    return [{ hops: [...hops, hop], packets: theirs, end: { leg: out, vpc, met, gateway: id } }];
  });
  if (ways.length > 0) return ways;
  return stop(position, {
    ExplanationCode: 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS',
    Addresses: toBlocks(valuesOf(packets, leg, 'from')).map((each) => each.replace('/32', '')),
    ...named(id, vpc, network),
  });
}

/** Answers leave as the packets came in that they answer. */
export function returnToInternet(id: string, position: Position, goal: Goal, about: About): Way[] {
  const { leg, hops, met, packets, vpc } = position;
  const out = restored(leg);
  if (goal.gateway !== id || !out) return [];
  const hop = gatewayHop(id, vpc, { in: leg, out }, about);
  return [{ hops: [...hops, hop], packets, end: { leg: out, vpc, met, gateway: id } }];
}

/** Into a VPC, to the public addresses of cards; the result has no positions where there are none. */
export function enterFromInternet(
  id: string,
  vpc: string,
  goal: Goal,
  packets: Packets,
  about: About,
): Position[] {
  return publicAddresses(goal.cards, vpc).flatMap((address) => {
    const theirs = matching(packets, START, { to: ofBlocks([address.public]) });
    if (theirs.length === 0) return [];
    const leg = rewritten(START, { destination: ofBlocks([address.private]) });
    const hops = [gatewayHop(id, vpc, { in: START, out: leg }, about)];
    return [{ vpc, leg, packets: theirs, hops, asked: [], met: [] }];
  });
}

/** The gateways that translate for others, each with its interface. */
export function natCards({ natGateways, interfaces }: Network): { nat: string; card: Card }[] {
  return natGateways.flatMap(({ NatGatewayId: nat = '', NatGatewayAddresses = [] }) => {
    const id = NatGatewayAddresses[0]?.NetworkInterfaceId;
    const found = interfaces.find(({ NetworkInterfaceId }) => NetworkInterfaceId === id);
    return found ? [{ nat, card: cardOf(found) }] : [];
  });
}

function publicAddresses(all: readonly Card[], vpc: string): Required<CardAddress>[] {
  return all
    .filter((card) => card.vpc === vpc && card.isInUse)
    .flatMap(({ addresses }) => addresses)
    .filter((each): each is Required<CardAddress> => each.public !== undefined);
}

function stop({ hops, packets }: Position, explanation: Explanation): Way[] {
  return [{ hops: [...hops, dead(explanation)], packets }];
}

function named(id: string, vpc: string, { place }: Network): Explanation {
  return { InternetGateway: component(id, place), Vpc: component(vpc, place) };
}
