import type { Explanation, Route, RouteTable } from '@aws-sdk/client-ec2';
import { aclHop } from './acl.ts';
import { addressesOf, cardsOf, type Card } from './card.ts';
import { component, tableRoute } from './component.ts';
import { groupsHop, groupsOfAnswers } from './groups.ts';
import { dead, type Hop } from './hop.ts';
import { enterFromInternet, leaveToInternet, natCards, returnToInternet } from './internet.ts';
import { answered, matching, others, restored, rewritten, START, type Leg } from './leg.ts';
import { blocksOfVpc, gatewayOfVpc, peerOf, tableOfSubnet } from './network.ts';
import type { Packets } from './packets.ts';
import { ofBlocks, type Range } from './ranges.ts';
import { choicesOf } from './route-choice.ts';
import { cardHop, gatewayHop, instanceHop, peeringHop, routeHop, type About } from './stations.ts';
import type { End, Goal, Position, Way } from './way.ts';

/** What NAT gateways choose source ports from. */
const EPHEMERAL: Range = [1024, 65_535];

/** Finds the ways of packets to their goal, through routers and gateways, hop by hop. */
export class Walk {
  readonly #about: About;
  readonly #goal: Goal;
  /** Cards that the packets went by to which these are the answers. */
  readonly #met: readonly string[];

  constructor(about: About, goal: Goal, met: readonly string[] = []) {
    this.#about = about;
    this.#goal = goal;
    this.#met = met;
  }

  /** Packets that a card sends. */
  fromCard(card: Card, leg: Leg, packets: Packets): Way[] {
    const { vpc, subnet, id, instance } = card;
    const hops = [
      ...(instance ? [instanceHop(instance, leg, 'out', this.#about)] : []),
      cardHop(card, leg, 'out', this.#about),
      this.#groups(card, true, leg),
    ];
    return this.#route({ vpc, subnet, leg, packets, hops, asked: [], met: [id] });
  }

  /** Packets that an internet gateway brings into its VPC. */
  fromInternet(id: string, vpc: string, packets: Packets): Way[] {
    const ways = enterFromInternet(id, vpc, this.#goal, packets, this.#about);
    if (ways.length > 0) return ways.flatMap((position) => this.#deliver(position));
    const outside = { vpc, leg: START, packets, hops: [], asked: [], met: [] };
    return this.#noWay(outside, 'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS', {
      InternetGateway: this.#named(id),
      Vpc: this.#named(vpc),
    });
  }

  /** Packets that a peering connection brings into a VPC. */
  fromPeering(id: string, vpc: string, leg: Leg, packets: Packets): Way[] {
    const from = peerOf(id, vpc, this.#about.network);
    const hops = [peeringHop(id, { from, to: vpc }, this.#about)];
    return this.#deliver({ vpc, leg, packets, hops, asked: [], met: [] });
  }

  /** Answers from where packets have come to. */
  fromEnd({ card, gateway = '', leg: last, vpc }: End, packets: Packets): Way[] {
    const leg = answered(last);
    if (card) return this.fromCard(card, leg, packets);
    if (gateway.startsWith('pcx-')) return this.fromPeering(gateway, vpc, leg, packets);
    const into = gateway.startsWith('igw-') ? (restored(last) ?? leg) : leg;
    const hops = [gatewayHop(gateway, vpc, { in: leg, out: into }, this.#about)];
    return this.#deliver({ vpc, leg: into, packets, hops, asked: [], met: [] });
  }

  /** Within a subnet packets are handed over as they are; all others go by its route table. */
  #route(position: Position): Way[] {
    const { subnet = '', leg, packets, asked } = position;
    const { network } = this.#about;
    if (asked.includes(subnet)) return [];
    const here = { ...position, asked: [...asked, subnet] };
    const { CidrBlock = '' } = network.subnets.find(({ SubnetId }) => SubnetId === subnet) ?? {};
    const inside = { to: ofBlocks([CidrBlock]) };
    const near = matching(packets, leg, inside);
    const far = others(packets, leg, inside);
    const table = tableOfSubnet(subnet, network);
    const ways = [
      ...(near.length > 0 ? this.#deliver({ ...here, packets: near }) : []),
      ...choicesOf(table, network).flatMap(({ route, takes }) => {
        const taken = matching(far, leg, { to: takes });
        return taken.length > 0 ? this.#follow(table, route, { ...here, packets: taken }) : [];
      }),
    ];
    if (ways.length > 0) return ways;
    return this.#noWay(position, 'NO_ROUTE_TO_DESTINATION', {
      RouteTable: this.#named(table.RouteTableId),
      Vpc: this.#named(position.vpc),
    });
  }

  #follow(table: RouteTable, route: Route, position: Position): Way[] {
    const { vpc, subnet = '', leg, met } = position;
    const { network, protocol } = this.#about;
    const { GatewayId, NatGatewayId, NetworkInterfaceId, VpcPeeringConnectionId } = route;
    const next = NatGatewayId
      ? natCards(network).find(({ nat }) => nat === NatGatewayId)?.card
      : cardsOf(NetworkInterfaceId ?? '', network)[0];
    const leaving = next?.subnet === subnet ? [] : [aclHop(subnet, true, leg, protocol, network)];
    const hops = [...position.hops, ...leaving, routeHop(table, route, this.#about)];
    const on = { ...position, hops };
    if (route.State === 'blackhole') {
      return this.#noWay(on, 'BAD_STATE_ROUTE', {
        RouteTable: this.#named(table.RouteTableId),
        RouteTableRoute: tableRoute(route),
        State: route.State,
      });
    }
    if (GatewayId === 'local') return this.#deliver(on);
    if (NatGatewayId && next) return this.#translate(NatGatewayId, next, on);
    if (next) return this.#passOn(next, on);
    if (VpcPeeringConnectionId) return this.#cross(VpcPeeringConnectionId, on);
    if (GatewayId !== undefined && GatewayId === gatewayOfVpc(vpc, network)) {
      const out = leg.reply ? returnToInternet : leaveToInternet;
      return out(GatewayId, on, this.#goal, this.#about);
    }
    if (GatewayId?.startsWith('vpce-') && this.#goal.gateway === 'any') {
      const hop = gatewayHop(GatewayId, vpc, { in: leg }, this.#about);
      const end = { leg, vpc, met, gateway: GatewayId };
      return [{ hops: [...hops, hop], packets: on.packets, end }];
    }
    const target = GatewayId ?? route.TransitGatewayId ?? route.EgressOnlyInternetGatewayId;
    return this.#noWay(on, 'UNSUPPORTED_COMPONENT', { Component: this.#named(target) });
  }

  /** Into the subnet where the address is, unless they are there already. */
  #deliver(position: Position): Way[] {
    const { vpc, leg, packets } = position;
    const behind = leg.reply ? restored(leg) : undefined;
    const nat = natCards(this.#about.network).find(
      ({ card }) => card.vpc === vpc && this.#reaches(card, leg, packets).length > 0,
    );
    if (nat && behind) return this.#send(nat.nat, nat.card, behind, position);
    const ways = this.#goal.cards
      .filter((card) => card.vpc === vpc)
      .flatMap((card) => {
        const theirs = this.#reaches(card, leg, packets);
        return theirs.length > 0 ? [this.#arrive(card, { ...position, packets: theirs })] : [];
      });
    if (ways.length > 0) return ways;
    return this.#noWay(position, 'NO_POSSIBLE_DESTINATION', { Vpc: this.#named(vpc) });
  }

  #reaches(card: Card, leg: Leg, packets: Packets): Packets {
    return matching(packets, leg, { to: addressesOf(card) });
  }

  #arrive(card: Card, position: Position): Way {
    const { leg, vpc, packets, met } = position;
    const hops = [
      ...this.#enter(card, position),
      this.#groups(card, false, leg),
      cardHop(card, leg, 'in', this.#about),
      ...(card.instance ? [instanceHop(card.instance, leg, 'in', this.#about)] : []),
    ];
    return { hops, packets, end: { leg, vpc, met: [...met, card.id], card } };
  }

  /** The hops so far, with the ACL of the card's subnet. */
  #enter(card: Card, { subnet, leg, hops }: Position): readonly Hop[] {
    if (card.subnet === subnet) return hops;
    const { network, protocol } = this.#about;
    return [...hops, aclHop(card.subnet, false, leg, protocol, network)];
  }

  /** A NAT gateway sends on what instances send to it, from its own address. */
  #translate(nat: string, card: Card, position: Position): Way[] {
    // Answers that go another way than they came belong to no connection that it knows.
    if (position.leg.reply) return [];
    const source = addressesOf(card);
    const behind = rewritten(position.leg, { source, sourcePort: [EPHEMERAL] });
    return this.#send(nat, card, behind, position);
  }

  #send(nat: string, card: Card, leg: Leg, position: Position): Way[] {
    const hop = gatewayHop(nat, card.vpc, { in: position.leg, out: leg }, this.#about);
    const hops = [...this.#enter(card, position), hop];
    return this.#route({ ...position, subnet: card.subnet, leg, hops });
  }

  /** A machine that a route leads to is taken to send on all that it gets. */
  #passOn(card: Card, position: Position): Way[] {
    const { leg } = position;
    const hops = [
      ...this.#enter(card, position),
      this.#groups(card, false, leg),
      cardHop(card, leg, 'in', this.#about),
      cardHop(card, leg, 'out', this.#about),
      this.#groups(card, true, leg),
    ];
    const met = [...position.met, card.id];
    return this.#route({ ...position, subnet: card.subnet, hops, met });
  }

  #cross(id: string, position: Position): Way[] {
    const { leg, packets, vpc, met } = position;
    const { network } = this.#about;
    const to = peerOf(id, vpc, network);
    const hops = [...position.hops, peeringHop(id, { from: vpc, to }, this.#about)];
    if (this.#goal.gateway === id) {
      return [{ hops, packets, end: { leg, vpc, met, gateway: id } }];
    }
    const theirs = matching(packets, leg, { to: ofBlocks(blocksOfVpc(to, network)) });
    if (theirs.length === 0) {
      return this.#noWay(position, 'PCX_REQUIRES_ADDRESS_IN_VPC_CIDR', {
        VpcPeeringConnection: this.#named(id),
        Cidrs: blocksOfVpc(to, network),
      });
    }
    return this.#deliver({ vpc: to, leg, packets: theirs, hops, asked: [], met });
  }

  #groups(card: Card, egress: boolean, leg: Leg): Hop {
    const { network, protocol } = this.#about;
    if (leg.reply && this.#met.includes(card.id)) return groupsOfAnswers(card, network);
    return groupsHop(card, egress, leg, protocol, network);
  }

  #noWay({ hops, packets }: Position, ExplanationCode: string, more: Explanation): Way[] {
    const { cards, gateway } = this.#goal;
    const Destination = this.#named(cards[0]?.id ?? gateway);
    const why = { ExplanationCode, ...(Destination && { Destination }), ...more };
    return [{ hops: [...hops, dead(why)], packets }];
  }

  #named(id: string | undefined) {
    return id === undefined || id === 'any' ? undefined : component(id, this.#about.network.place);
  }
}
