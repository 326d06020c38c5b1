import type { Route, RouteTable } from '@aws-sdk/client-ec2';
import type { Ec2Scope } from '../../scope.ts';
import { codeOf } from '../peering/peering.ts';
import { allInterfaces } from '../interfaces/list.ts';
import { isVpnAttachedTo } from '../vpn/vpn.ts';
import { isAttachedTo } from '../network/internet-gateways.ts';

/**
 * Route tables with what is true of their routes now: `blackhole` where the target is gone or was
 * detached, `active` elsewhere.
 */
export async function withRouteStates(
  tables: readonly RouteTable[],
  scope: Ec2Scope,
): Promise<(RouteTable & { readonly Routes: Route[] })[]> {
  const { caller, clock, networks, instances } = scope;
  const gateways = await networks.list('internet-gateway', caller);
  const vpnGateways = await networks.list('vpn-gateway', caller);
  const attachments = await networks.list('transit-gateway-attachment', caller);
  const egressOnly = new Set(
    (await networks.list('egress-only-internet-gateway', caller)).map(
      (gateway) => gateway.EgressOnlyInternetGatewayId,
    ),
  );
  const natGateways = await networks.list('natgateway', caller);
  const liveNat = new Set(
    natGateways
      .filter((gateway) => gateway.State === 'available')
      .map((gateway) => gateway.NatGatewayId),
  );
  const now = clock.now();
  const peerings = new Set(
    (await networks.list('vpc-peering-connection', caller))
      .filter((connection) => codeOf(connection, now) === 'active')
      .map((connection) => connection.VpcPeeringConnectionId),
  );
  const running = new Set(
    (await instances.list(caller)).filter(({ state }) => state === 'running').map(({ id }) => id),
  );
  const live = new Set(
    (await allInterfaces(scope))
      .filter(({ Attachment }) => running.has(Attachment?.InstanceId ?? ''))
      .map((card) => card.NetworkInterfaceId),
  );
  const isActive = (route: Route, vpcId: string): boolean => {
    if (route.NetworkInterfaceId) return live.has(route.NetworkInterfaceId);
    if (route.EgressOnlyInternetGatewayId) return egressOnly.has(route.EgressOnlyInternetGatewayId);
    if (route.VpcPeeringConnectionId) return peerings.has(route.VpcPeeringConnectionId);
    if (route.TransitGatewayId) {
      return attachments.some(
        (each) => each.VpcId === vpcId && each.TransitGatewayId === route.TransitGatewayId,
      );
    }
    if (route.NatGatewayId) return liveNat.has(route.NatGatewayId);
    if (!route.GatewayId || route.GatewayId === 'local') return true;
    const vpnGateway = vpnGateways.find((each) => each.VpnGatewayId === route.GatewayId);
    if (vpnGateway) return isVpnAttachedTo(vpnGateway, vpcId);
    const gateway = gateways.find((each) => each.InternetGatewayId === route.GatewayId);
    return gateway !== undefined && isAttachedTo(gateway, vpcId);
  };
  return tables.map((table) => ({
    ...table,
    Routes: (table.Routes ?? []).map((route) => ({
      ...route,
      State: isActive(route, table.VpcId ?? '') ? 'active' : 'blackhole',
    })),
  }));
}
