import type { VpnConnection } from '@aws-sdk/client-ec2';
import type { Ec2Scope } from '../../scope.ts';
import { customerGatewayConfiguration } from './configuration.ts';
import type { VpnConnectionRecord } from './vpn.ts';

/** A connection as DescribeVpnConnections shows it, without tags. Its tunnels are never up. */
export async function shownConnection(
  record: VpnConnectionRecord,
  { caller, networks }: Pick<Ec2Scope, 'caller' | 'networks'>,
): Promise<VpnConnection> {
  const { createdAtMs, deletedAtMs, ...shown } = record;
  if (deletedAtMs !== undefined) return shown;
  const customer = await networks.get('customer-gateway', caller, record.CustomerGatewayId);
  const gateway = await networks.get('vpn-gateway', caller, record.VpnGatewayId);
  return {
    ...shown,
    ...(customer &&
      gateway && {
        CustomerGatewayConfiguration: customerGatewayConfiguration(record, customer, gateway),
      }),
    VgwTelemetry: record.Options?.TunnelOptions?.map(({ OutsideIpAddress }) => ({
      ...{ OutsideIpAddress, AcceptedRouteCount: 0, Status: 'DOWN' as const },
      LastStatusChange: new Date(createdAtMs),
      StatusMessage: '',
    })),
  };
}
