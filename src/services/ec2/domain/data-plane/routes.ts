import type { Route, RouteTable, Subnet } from '@aws-sdk/client-ec2';
import type { RoutePlan, Target } from '../../../../compute/network/vpc-plan.ts';
import { isAttachedTo } from '../network/internet-gateways.ts';
import type { Snapshot } from './snapshot.ts';

/** The routes that packets out of a subnet take: of its own table, else of its VPC's main one. */
export function routesOf(subnet: Subnet, snapshot: Snapshot): RoutePlan[] {
  const table = tableOf(subnet, snapshot);
  const recorded = (table?.Routes ?? []).flatMap((route) => {
    const target = targetOf(route, subnet.VpcId ?? '', snapshot);
    return destinations(route, snapshot).map((destination) => ({ destination, target }));
  });
  return [...recorded, ...routesToGateways(table, snapshot)];
}

/** What gateway endpoints add to a table. */
function routesToGateways(
  table: RouteTable | undefined,
  { endpoints, prefixLists }: Snapshot,
): RoutePlan[] {
  return endpoints
    .filter(({ RouteTableIds }) => RouteTableIds.includes(table?.RouteTableId ?? ''))
    .flatMap(({ ServiceName }) => {
      const list = prefixLists.find(({ PrefixListName }) => PrefixListName === ServiceName);
      const blocks = list ? blocksOf(list.versions[list.Version] ?? []) : [];
      return blocks.map((destination) => ({ destination, target: { kind: 'endpoint' as const } }));
    });
}

export function leadsToInternet(subnet: Subnet, snapshot: Snapshot): boolean {
  return routesOf(subnet, snapshot).some(
    ({ destination, target }) => destination === '0.0.0.0/0' && target.kind === 'internet',
  );
}

function tableOf({ SubnetId, VpcId }: Subnet, { routeTables }: Snapshot): RouteTable | undefined {
  const own = routeTables.find(({ Associations }) =>
    Associations?.some((each) => each.SubnetId === SubnetId),
  );
  const isMain = (table: RouteTable) => table.Associations?.some(({ Main }) => Main);
  return own ?? routeTables.find((table) => table.VpcId === VpcId && isMain(table));
}

function destinations(route: Route, { prefixLists }: Snapshot): string[] {
  const block = route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock;
  if (block) return [block];
  const list = prefixLists.find((each) => each.PrefixListId === route.DestinationPrefixListId);
  return list ? blocksOf(list.versions[list.Version] ?? []) : [];
}

/** The blocks of the entries of a prefix list. */
export function blocksOf(entries: readonly { readonly Cidr?: string | undefined }[]): string[] {
  return entries.flatMap(({ Cidr }) => Cidr ?? []);
}

function targetOf(route: Route, vpcId: string, snapshot: Snapshot): Target {
  const { GatewayId, NatGatewayId, VpcPeeringConnectionId, NetworkInterfaceId } = route;
  if (GatewayId === 'local') return { kind: 'local' };
  if (NatGatewayId) return { kind: 'nat', id: NatGatewayId };
  if (VpcPeeringConnectionId) return { kind: 'peering', id: VpcPeeringConnectionId };
  if (NetworkInterfaceId) return { kind: 'interface', id: NetworkInterfaceId };
  const { EgressOnlyInternetGatewayId: egressOnly } = route;
  if (egressOnly) {
    const isThere = snapshot.egressOnlyGateways.some(
      (each) => each.EgressOnlyInternetGatewayId === egressOnly,
    );
    return { kind: isThere ? 'egress-only' : 'blackhole' };
  }
  const gateway = snapshot.internetGateways.find((each) => each.InternetGatewayId === GatewayId);
  return { kind: gateway && isAttachedTo(gateway, vpcId) ? 'internet' : 'blackhole' };
}
