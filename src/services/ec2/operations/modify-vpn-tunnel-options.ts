import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { modifyConnection } from '../domain/vpn/modify.ts';
import { changedTunnel } from '../domain/vpn/tunnels.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';
import * as vpnErrors from '../vpn-errors.ts';

/** Changes one tunnel of a connection, told by its outside address. */
export const modifyVpnTunnelOptions = operation(model.ModifyVpnTunnelOptions, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('ModifyVpnTunnelOptions', kinds.vpnConnection, input.VpnConnectionId, caller),
  async handle(input, scope) {
    refuseMembers('ModifyVpnTunnelOptions', input, ['PreSharedKeyStorage']);
    const { TunnelOptions: asked, VpnTunnelOutsideIpAddress: outside } = input;
    if (!outside) throw errors.missingParameter('vpnTunnelOutsideIpAddress');
    if (!asked) throw errors.missingParameter('tunnelOptions');
    const VpnConnection = await modifyConnection(input.VpnConnectionId, scope, (connection) => {
      const tunnels = connection.Options?.TunnelOptions ?? [];
      const tunnel = tunnels.find((each) => each.OutsideIpAddress === outside);
      if (!tunnel) throw vpnErrors.tunnelNotFound(outside);
      const TunnelOptions = tunnels.map((each) =>
        each === tunnel ? changedTunnel(tunnel, asked) : each,
      );
      return { ...connection, Options: { ...connection.Options, TunnelOptions } };
    });
    return { VpnConnection };
  },
});
