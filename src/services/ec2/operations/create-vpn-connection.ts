import type { CreateVpnConnectionRequest } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import { networksOf } from '../domain/vpn/options.ts';
import { shownConnection } from '../domain/vpn/shown.ts';
import { newTunnels } from '../domain/vpn/tunnels.ts';
import { checkVpnType } from '../domain/vpn/vpn.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** A connection between a customer gateway and a VPN gateway. No tunnel is built. */
export const createVpnConnection = operation(model.CreateVpnConnection, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) => [
    onResource('CreateVpnConnection', kinds.vpnConnection, undefined, caller),
    onResource('CreateVpnConnection', kinds.customerGateway, input.CustomerGatewayId, caller),
    onResource('CreateVpnConnection', kinds.vpnGateway, input.VpnGatewayId, caller),
  ],
  async handle(input, scope) {
    refuseNotBuilt(input);
    const { caller, clock, ids, networks } = scope;
    const { CustomerGatewayId, VpnGatewayId, Options = {} } = input;
    if (!CustomerGatewayId) throw errors.missingParameter('customerGatewayId');
    if (!VpnGatewayId) throw errors.missingParameter('vpnGatewayId');
    const tags = tagsOfNew(caller, kinds.vpnConnection, input.TagSpecifications);
    const connection = {
      VpnConnectionId: ids.resource('vpn'),
      ...{ CustomerGatewayId, VpnGatewayId },
      Type: checkVpnType(input.Type),
      State: 'available' as const,
      Category: 'VPN',
      GatewayAssociationState: 'associated' as const,
      Options: {
        EnableAcceleration: false,
        StaticRoutesOnly: Options.StaticRoutesOnly ?? false,
        OutsideIpAddressType: 'PublicIpv4',
        TunnelInsideIpVersion: 'ipv4' as const,
        ...networksOf(Options),
        TunnelOptions: newTunnels(Options.TunnelOptions, ids),
      },
      Routes: [],
      createdAtMs: clock.now(),
    };
    await networks.change(caller, async (draft) => {
      await draft.find('customer-gateway', CustomerGatewayId);
      await draft.find('vpn-gateway', VpnGatewayId);
      draft.create('vpn-connection', connection, tags);
    });
    const shown = await shownConnection(connection, scope);
    const VpnConnection = { ...shown, State: 'pending' as const, Tags: wireTags(tags) };
    return { VpnConnection };
  },
});

function refuseNotBuilt(input: CreateVpnConnectionRequest): void {
  refuseMembers('CreateVpnConnection', input, [
    'TransitGatewayId',
    'VpnConcentratorId',
    'PreSharedKeyStorage',
  ]);
  const { EnableAcceleration, TunnelInsideIpVersion, OutsideIpAddressType } = input.Options ?? {};
  if (EnableAcceleration) {
    throw errors.combination('Acceleration needs a VPN connection on a transit gateway.');
  }
  if (TunnelInsideIpVersion === 'ipv6') {
    throw errors.combination('IPv6 needs a VPN connection on a transit gateway.');
  }
  if (OutsideIpAddressType && OutsideIpAddressType !== 'PublicIpv4') {
    throw errors.combination('Private addresses need a VPN connection on a transit gateway.');
  }
}
