import type { AnyOperation } from '../../kernel/operation.ts';
import { attachVpnGateway } from './operations/attach-vpn-gateway.ts';
import { createCustomerGateway } from './operations/create-customer-gateway.ts';
import { createVpnConnection } from './operations/create-vpn-connection.ts';
import { createVpnConnectionRoute } from './operations/create-vpn-connection-route.ts';
import { createVpnGateway } from './operations/create-vpn-gateway.ts';
import { deleteCustomerGateway } from './operations/delete-customer-gateway.ts';
import { deleteVpnConnection } from './operations/delete-vpn-connection.ts';
import { deleteVpnConnectionRoute } from './operations/delete-vpn-connection-route.ts';
import { deleteVpnGateway } from './operations/delete-vpn-gateway.ts';
import { describeCustomerGateways } from './operations/describe-customer-gateways.ts';
import { describeVpnConnections } from './operations/describe-vpn-connections.ts';
import { describeVpnGateways } from './operations/describe-vpn-gateways.ts';
import { detachVpnGateway } from './operations/detach-vpn-gateway.ts';
import { disableVgwRoutePropagation } from './operations/disable-vgw-route-propagation.ts';
import { enableVgwRoutePropagation } from './operations/enable-vgw-route-propagation.ts';
import { modifyVpnConnection } from './operations/modify-vpn-connection.ts';
import { modifyVpnConnectionOptions } from './operations/modify-vpn-connection-options.ts';
import { modifyVpnTunnelOptions } from './operations/modify-vpn-tunnel-options.ts';
import type { Ec2Scope } from './scope.ts';

/** The operations of VPNs between VPCs and networks elsewhere. */
export const vpnOperations: readonly AnyOperation<Ec2Scope>[] = [
  attachVpnGateway,
  createCustomerGateway,
  createVpnConnection,
  createVpnConnectionRoute,
  createVpnGateway,
  deleteCustomerGateway,
  deleteVpnConnection,
  deleteVpnConnectionRoute,
  deleteVpnGateway,
  describeCustomerGateways,
  describeVpnConnections,
  describeVpnGateways,
  detachVpnGateway,
  disableVgwRoutePropagation,
  enableVgwRoutePropagation,
  modifyVpnConnection,
  modifyVpnConnectionOptions,
  modifyVpnTunnelOptions,
];
