import type { PathComponent, Route, RouteTable } from '@aws-sdk/client-ec2';
import { addressesOf, type Card } from './card.ts';
import { component, header, tableRoute, type Protocol } from './component.ts';
import { open, type Hop } from './hop.ts';
import { matching, type Leg } from './leg.ts';
import type { Network } from './network.ts';

const FUNCTIONAL: ReadonlySet<string | undefined> = new Set(['pending', 'running']);

/** An instance at either end: packets leave it or come to it. */
export function instanceHop(id: string, leg: Leg, way: 'in' | 'out', about: About): Hop {
  const { network, protocol } = about;
  const Component = component(id, network.place);
  const State = network.instances.find((each) => each.id === id)?.state;
  return {
    pass: (packets) => (FUNCTIONAL.has(State) ? packets : []),
    refusal: () => [{ ExplanationCode: 'BAD_STATE', Component, State }],
    show: (packets) => ({
      Component,
      [way === 'in' ? 'InboundHeader' : 'OutboundHeader']: header(packets, leg, protocol),
    }),
  };
}

/** An interface, which sends from its own addresses and takes what is for them, unless told otherwise. */
export function cardHop(card: Card, leg: Leg, way: 'in' | 'out', { network }: About): Hop {
  const { place } = network;
  const own = addressesOf(card);
  return {
    pass: (packets) =>
      card.isChecked ? matching(packets, leg, way === 'in' ? { to: own } : { from: own }) : packets,
    refusal: () => [
      {
        ExplanationCode: 'ENI_SOURCE_DEST_CHECK_RESTRICTION',
        Direction: way === 'in' ? 'ingress' : 'egress',
        NetworkInterface: component(card.id, place),
        Addresses: card.addresses.map((each) => each.private),
        Vpc: component(card.vpc, place),
      },
    ],
    show: () => ({
      Component: component(card.id, place),
      ...(card.instance && { AttachedTo: component(card.instance, place) }),
      Subnet: component(card.subnet, place),
      Vpc: component(card.vpc, place),
    }),
  };
}

export function routeHop({ RouteTableId = '' }: RouteTable, route: Route, { network }: About): Hop {
  return open(() => ({
    Component: component(RouteTableId, network.place),
    RouteTableRoute: tableRoute(route),
  }));
}

/** A gateway of a VPC, with headers as they come to it and as they leave it. */
export function gatewayHop(
  id: string,
  vpc: string,
  legs: { readonly in?: Leg; readonly out?: Leg },
  { network, protocol }: About,
): Hop {
  return open((packets): PathComponent => ({
    Component: component(id, network.place),
    ...(legs.in && { InboundHeader: header(packets, legs.in, protocol) }),
    ...(legs.out && { OutboundHeader: header(packets, legs.out, protocol) }),
    Vpc: component(vpc, network.place),
  }));
}

export function peeringHop(
  id: string,
  vpcs: { readonly from: string; readonly to: string },
  { network }: About,
): Hop {
  return open(() => ({
    Component: component(id, network.place),
    SourceVpc: component(vpcs.from, network.place),
    DestinationVpc: component(vpcs.to, network.place),
  }));
}

/** What all of one question have in common. */
export interface About {
  readonly network: Network;
  readonly protocol: Protocol;
}
