import type { VpnConnection } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { isVisible } from '../domain/nat-gateways/nat-gateways.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import { shownConnection } from '../domain/vpn/shown.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<VpnConnection> = {
  'customer-gateway-configuration': (connection) => connection.CustomerGatewayConfiguration,
  'customer-gateway-id': (connection) => connection.CustomerGatewayId,
  'option.static-routes-only': (connection) => connection.Options?.StaticRoutesOnly,
  'route.destination-cidr-block': (connection) =>
    connection.Routes?.map((route) => route.DestinationCidrBlock),
  state: (connection) => connection.State,
  'transit-gateway-id': (connection) => connection.TransitGatewayId,
  type: (connection) => connection.Type,
  'vpn-connection-id': (connection) => connection.VpnConnectionId,
  'vpn-gateway-id': (connection) => connection.VpnGatewayId,
};

export const describeVpnConnections = operation(model.DescribeVpnConnections, {
  recorded: true,
  async handle(input, scope: Ec2Scope) {
    const { caller, clock, networks, tags } = scope;
    const recorded = await networks.list('vpn-connection', caller);
    const visible = recorded.filter((connection) => isVisible(connection, clock.now()));
    const shown = await Promise.all(visible.map((each) => shownConnection(each, scope)));
    const all = await tags.join(caller, shown, (connection) => connection.VpnConnectionId);
    const { found } = select(all, input, {
      id: (connection) => connection.VpnConnectionId,
      ids: { kind: kinds.vpnConnection, given: input.VpnConnectionIds },
      filters,
    });
    return { VpnConnections: found };
  },
});
