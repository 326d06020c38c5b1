import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { modifyConnection } from '../domain/vpn/modify.ts';
import { networksOf } from '../domain/vpn/options.ts';
import type { Ec2Scope } from '../scope.ts';

/** Changes which networks a connection is between. */
export const modifyVpnConnectionOptions = operation(model.ModifyVpnConnectionOptions, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('ModifyVpnConnectionOptions', kinds.vpnConnection, input.VpnConnectionId, caller),
  async handle(input, scope) {
    refuseMembers('ModifyVpnConnectionOptions', input, [
      'LocalIpv6NetworkCidr',
      'RemoteIpv6NetworkCidr',
    ]);
    const VpnConnection = await modifyConnection(input.VpnConnectionId, scope, (connection) => ({
      ...connection,
      Options: { ...connection.Options, ...networksOf(input, connection.Options) },
    }));
    return { VpnConnection };
  },
});
