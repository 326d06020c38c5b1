import type { Explanation } from '@aws-sdk/client-ec2';
import { kindOf, kinds } from '../resource-kinds.ts';
import { addressesOf, cards, cardsOf, type Card } from './card.ts';
import { component } from './component.ts';
import { PUBLIC } from './internet.ts';
import { blocksOfVpc, peerOf, type Network } from './network.ts';
import type { Packets } from './packets.ts';
import type { Question } from './question.ts';
import { ALL_PORTS, common, except, ofBlocks, union, type Range, type Ranges } from './ranges.ts';
import type { Goal } from './way.ts';

/** A source or a destination: the interfaces of an instance, or a gateway. */
export type Site = Cards | Gateway;

interface Cards {
  readonly kind: 'cards';
  readonly cards: readonly Card[];
  readonly vpcs: readonly string[];
}

interface Gateway {
  readonly kind: 'internet-gateway' | 'peering';
  readonly id: string;
  readonly vpcs: readonly string[];
}

export interface Ends {
  readonly source: Site;
  readonly goal: Goal;
  /** The addresses that packets to the goal are for, in the VPC that they begin in. */
  readonly destinationFrom: (vpc: string) => Ranges;
}

interface Problem {
  readonly problem: Explanation;
}

/** Looks up both ends; the problem is why there cannot be a way. */
export function endsOf(network: Network, question: Question): Ends | Problem {
  const source = siteOf(question.from, network);
  if ('problem' in source) return source;
  const asked = question.atSource?.destination;
  if (question.to === undefined) {
    const address = ofBlocks([asked ?? '']);
    const goal = { cards: cardsWith(asked ?? '', network), gateway: 'any' };
    return { source, goal, destinationFrom: () => address };
  }
  const destination = siteOf(question.to, network);
  if ('problem' in destination) return destination;
  if (!areJoined(source, destination, network)) {
    return problem('DISCONNECTED_VPCS', {
      SourceVpc: component(source.vpcs[0] ?? '', network.place),
      DestinationVpc: component(destination.vpcs[0] ?? '', network.place),
    });
  }
  const goal =
    destination.kind === 'cards'
      ? { cards: destination.cards }
      : { cards: [], gateway: destination.id };
  const destinationFrom = (vpc: string) => addressesAt(destination, source, vpc, network);
  const isMissed = (address: Ranges) =>
    source.vpcs.every((vpc) => common(destinationFrom(vpc), address).length === 0);
  if (asked && isMissed(ofBlocks([asked]))) {
    return problem('FILTER_AT_SOURCE_DESTINATION_ADDRESS', { Address: asked });
  }
  return { source, goal, destinationFrom };
}

/** What packets of these addresses leave a source, as far as the question asks for them. */
export function packetsFrom(source: Ranges, destination: Ranges, question: Question): Packets {
  const { atSource = {}, port } = question;
  const { sourcePorts } = atSource;
  const ports: Range | undefined = port === undefined ? atSource.destinationPorts : [port, port];
  return [
    {
      source: atSource.source ? ofBlocks([atSource.source]) : source,
      destination: atSource.destination
        ? common(destination, ofBlocks([atSource.destination]))
        : destination,
      sourcePort: sourcePorts ? [sourcePorts] : ALL_PORTS,
      destinationPort: ports ? [ports] : ALL_PORTS,
    },
  ];
}

function siteOf(id: string, network: Network): Site | Problem {
  const { place } = network;
  const Component = component(id, place);
  const unknown = problem('NO_SOURCE_OR_DESTINATION', { Component });
  const apart = problem('UNASSOCIATED_COMPONENT', { Component });
  switch (kindOf(id)) {
    case kinds.internetGateway: {
      const found = network.internetGateways.find((each) => each.InternetGatewayId === id);
      const vpc = found?.Attachments?.[0]?.VpcId;
      if (vpc) return { kind: 'internet-gateway', id, vpcs: [vpc] };
      return found ? apart : unknown;
    }
    case kinds.vpcPeeringConnection: {
      const found = network.peerings.find((each) => each.VpcPeeringConnectionId === id);
      if (!found) return unknown;
      if (found.code !== 'active') return problem('BAD_STATE', { Component, State: found.code });
      const sides = [found.RequesterVpcInfo?.VpcId, found.AccepterVpcInfo?.VpcId];
      return { kind: 'peering', id, vpcs: sides.flatMap((side) => side ?? []) };
    }
    default: {
      const found = cardsOf(id, network);
      const vpcs = [...new Set(found.map(({ vpc }) => vpc))];
      if (found.length > 0) return { kind: 'cards', cards: found, vpcs };
      return network.instances.some((each) => each.id === id) ? apart : unknown;
    }
  }
}

function addressesAt(to: Site, from: Site, vpc: string, network: Network): Ranges {
  if (to.kind === 'peering') return ofBlocks(blocksOfVpc(peerOf(to.id, vpc, network), network));
  if (to.kind !== 'cards') return except(PUBLIC, ofBlocks(blocksOfVpc(vpc, network)));
  if (from.kind !== 'internet-gateway') return union(to.cards.map(addressesOf));
  const all = to.cards.flatMap(({ addresses }) => addresses);
  return ofBlocks(all.flatMap((each) => each.public ?? []));
}

function areJoined(one: Site, other: Site, { peerings }: Network): boolean {
  if (one.vpcs.some((vpc) => other.vpcs.includes(vpc))) return true;
  return peerings.some(({ code, RequesterVpcInfo, AccepterVpcInfo }) => {
    const sides = [RequesterVpcInfo?.VpcId ?? '', AccepterVpcInfo?.VpcId ?? ''];
    const touches = ({ vpcs }: Site) => sides.some((side) => vpcs.includes(side));
    return code === 'active' && touches(one) && touches(other);
  });
}

/** Those that have this address, private or public. */
function cardsWith(address: string, network: Network): Card[] {
  return cards(network).filter(({ addresses }) =>
    addresses.some((each) => each.private === address || each.public === address),
  );
}

function problem(ExplanationCode: string, more: Explanation): Problem {
  return { problem: { ExplanationCode, ...more } };
}
