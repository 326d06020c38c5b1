import {
  deviceOf,
  ENDPOINT_HOP,
  HOST_END,
  HOST_MAC,
  NAT_HOP,
  PEER_END,
  PEER_MAC,
} from './addresses.ts';
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
  const here = plan.interfaces.filter(({ id }) => plugged.has(deviceOf(id)));
  return [
    'rule flush',
    'rule add lookup main priority 32766',
    ...inTable(DOOR, [`route add default via ${HOST_END} dev outside onlink`]),
    ...here.flatMap(({ id, addresses, macAddress }) => [
      // It may have had others.
      `route flush dev ${deviceOf(id)}`,
      ...addresses.flatMap((address) => [
        `route replace ${address}/32 dev ${deviceOf(id)}`,
        `neigh replace ${address} lladdr ${macAddress} dev ${deviceOf(id)} nud permanent`,
      ]),
    ]),
    ...[NAT_HOP, ENDPOINT_HOP].map(
      (hop) => `neigh replace ${hop} lladdr ${HOST_MAC} dev outside nud permanent`,
    ),
    `route flush via ${ENDPOINT_HOP}`,
    ...plan.endpoints.map(
      ({ address }) => `route replace ${address}/32 via ${ENDPOINT_HOP} dev outside onlink`,
    ),
    ...plan.peerings
      .filter(({ id }) => plugged.has(deviceOf(id)))
      .map(
        ({ id }) =>
          `neigh replace ${PEER_END} lladdr ${PEER_MAC} dev ${deviceOf(id)} nud permanent`,
      ),
    ...plan.subnets.flatMap((subnet) =>
      inTable(
        tableOf(plan, subnet.id),
        subnet.routes.map((route) => line(route, plan, plugged)),
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
  { destination, target }: RoutePlan,
  plan: VpcPlan,
  plugged: ReadonlySet<string>,
): string {
  // Local is what has an interface: that is looked up next.
  if (target.kind === 'local') return `route replace throw ${destination}`;
  const hop = nextHop(target, plan, plugged);
  return hop
    ? `route replace ${destination} via ${hop.address} dev ${hop.device} onlink`
    : `route replace blackhole ${destination}`;
}

interface Hop {
  readonly address: string;
  readonly device: string;
}

function nextHop(
  target: RoutePlan['target'],
  plan: VpcPlan,
  plugged: ReadonlySet<string>,
): Hop | undefined {
  if (target.kind === 'internet') return { address: HOST_END, device: 'outside' };
  if (target.kind === 'endpoint') return { address: ENDPOINT_HOP, device: 'outside' };
  if (target.kind === 'nat') {
    const isThere = plan.natGateways.some(({ id }) => id === target.id);
    return isThere ? { address: NAT_HOP, device: 'outside' } : undefined;
  }
  if (target.kind !== 'peering' && target.kind !== 'interface') return undefined;
  const device = deviceOf(target.id);
  if (!plugged.has(device)) return undefined;
  if (target.kind === 'peering') return { address: PEER_END, device };
  const card = plan.interfaces.find(({ id }) => id === target.id);
  return card && { address: card.addresses[0] ?? '', device };
}
