import {
  deviceOf,
  ENDPOINT_HOP,
  GATEWAY_IPV6,
  HOST_END,
  HOST_END_IPV6,
  HOST_MAC,
  ipv6Beside,
  NAT_HOP,
  PEER_MAC,
  PUBLIC_BLOCK,
} from './addresses.ts';
import { IPV4, IPV6, ofFamily, type Family } from './families.ts';
import type { RoutePlan, VpcPlan } from './vpc-plan.ts';

/** Marks the packets of connections through a door, and is their route table. */
export const DOOR = 1;
const FIRST_TABLE = 16;

/** The number of the route table that packets out of a subnet are routed by; also their mark. */
export function tableOf({ subnets }: VpcPlan, subnet: string): number {
  return FIRST_TABLE + subnets.findIndex(({ id }) => id === subnet);
}

/**
 * The routes of a VPC's router as `ip -batch` reads them. A subnet has a table of its own, in which
 * the longest prefix wins as on AWS; what is local in it is looked up among the interfaces.
 *
 * @param plugged the devices that are there
 */
export function routing(plan: VpcPlan, plugged: ReadonlySet<string>): string[] {
  return [
    ...familyRoutes(IPV4, plan, plugged),
    // Here nobody has a public address: they are found as routes say.
    `route replace throw ${PUBLIC_BLOCK} table local`,
    ...inTable(DOOR, [`route add default via ${HOST_END} dev outside onlink`]),
    ...[NAT_HOP, ENDPOINT_HOP].map(
      (hop) => `neigh replace ${hop} lladdr ${HOST_MAC} dev outside nud permanent`,
    ),
    `route flush via ${ENDPOINT_HOP}`,
    ...plan.endpoints.map(
      ({ address }) => `route replace ${address}/32 via ${ENDPOINT_HOP} dev outside onlink`,
    ),
  ];
}

/**
 * The same of IPv6, for `ip -6 -batch`.
 *
 * @param end the router's IPv4 address on the link to the host
 */
export function ipv6Routing(plan: VpcPlan, plugged: ReadonlySet<string>, end: string): string[] {
  const devices = plan.interfaces.map(({ id }) => deviceOf(id)).filter((each) => plugged.has(each));
  return [
    `address replace ${ipv6Beside(end)}/128 dev outside nodad`,
    `neigh replace ${HOST_END_IPV6} lladdr ${HOST_MAC} dev outside nud permanent`,
    `route replace ${HOST_END_IPV6}/128 dev outside`,
    ...devices.map((device) => `address replace ${GATEWAY_IPV6}/64 dev ${device} nodad`),
    ...familyRoutes(IPV6, plan, plugged),
    ...devices.map((device) => `route replace fe80::/64 dev ${device}`),
  ];
}

/** What both families have. */
function familyRoutes(family: Family, plan: VpcPlan, plugged: ReadonlySet<string>): string[] {
  const { width, peerEnd, addressesOf } = family;
  const here = plan.interfaces.filter(({ id }) => plugged.has(deviceOf(id)));
  return [
    'rule flush',
    'rule add lookup main priority 32766',
    ...here.flatMap((card) => [
      // It may have had others.
      `route flush dev ${deviceOf(card.id)}`,
      ...addressesOf(card).flatMap((address) => [
        `route replace ${address}/${width} dev ${deviceOf(card.id)}`,
        `neigh replace ${address} lladdr ${card.macAddress} dev ${deviceOf(card.id)} nud permanent`,
      ]),
    ]),
    ...plan.peerings
      .filter(({ id }) => plugged.has(deviceOf(id)))
      .map(
        ({ id }) => `neigh replace ${peerEnd} lladdr ${PEER_MAC} dev ${deviceOf(id)} nud permanent`,
      ),
    ...plan.subnets.flatMap((subnet) =>
      inTable(
        tableOf(plan, subnet.id),
        subnet.routes
          .filter(({ destination }) => ofFamily(family, [destination]).length > 0)
          .map((route) => line(family, route, plan, plugged)),
      ),
    ),
  ];
}

function inTable(table: number, routes: readonly string[]): string[] {
  // What no route takes goes nowhere, rather than on to the next table. It comes first, as a table
  // that is not there cannot be flushed.
  const last = `route replace unreachable default metric 4294967295 table ${table}`;
  return [
    last,
    `route flush table ${table}`,
    last,
    ...routes.map((route) => `${route} table ${table}`),
    `rule add fwmark ${table} lookup ${table} priority ${table}`,
  ];
}

/** A route to what is not there drops what it takes, as AWS's `blackhole` does. */
function line(
  family: Family,
  { destination, target }: RoutePlan,
  plan: VpcPlan,
  plugged: ReadonlySet<string>,
): string {
  // Local is what has an interface: that is looked up next.
  if (target.kind === 'local') return `route replace throw ${destination}`;
  const hop = nextHop(family, target, plan, plugged);
  return hop
    ? `route replace ${destination} via ${hop.address} dev ${hop.device} onlink`
    : `route replace blackhole ${destination}`;
}

interface Hop {
  readonly address: string;
  readonly device: string;
}

function nextHop(
  family: Family,
  target: RoutePlan['target'],
  plan: VpcPlan,
  plugged: ReadonlySet<string>,
): Hop | undefined {
  if (target.kind === 'internet' || target.kind === 'egress-only') {
    return { address: family.hostEnd, device: 'outside' };
  }
  if (family === IPV6 && target.kind !== 'peering' && target.kind !== 'interface') return undefined;
  if (target.kind === 'endpoint') return { address: ENDPOINT_HOP, device: 'outside' };
  if (target.kind === 'nat') {
    const isThere = plan.natGateways.some(({ id }) => id === target.id);
    return isThere ? { address: NAT_HOP, device: 'outside' } : undefined;
  }
  if (target.kind !== 'peering' && target.kind !== 'interface') return undefined;
  const device = deviceOf(target.id);
  if (!plugged.has(device)) return undefined;
  if (target.kind === 'peering') return { address: family.peerEnd, device };
  const card = plan.interfaces.find(({ id }) => id === target.id);
  const [address] = card ? family.addressesOf(card) : [];
  return address === undefined ? undefined : { address, device };
}
