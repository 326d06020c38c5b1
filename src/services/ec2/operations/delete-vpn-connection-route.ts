import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { liveConnection } from '../domain/vpn/vpn.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';
import * as vpnErrors from '../vpn-errors.ts';

export const deleteVpnConnectionRoute = operation(model.DeleteVpnConnectionRoute, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('DeleteVpnConnectionRoute', kinds.vpnConnection, input.VpnConnectionId, caller),
  async handle({ DestinationCidrBlock, VpnConnectionId }, { caller, networks }) {
    if (!DestinationCidrBlock) throw errors.missingParameter('destinationCidrBlock');
    await networks.change(caller, async (draft) => {
      const connection = await liveConnection(draft, VpnConnectionId);
      const before = connection.Routes ?? [];
      const Routes = before.filter((route) => route.DestinationCidrBlock !== DestinationCidrBlock);
      if (Routes.length === before.length) throw vpnErrors.vpnRouteNotFound(DestinationCidrBlock);
      draft.put('vpn-connection', { ...connection, Routes });
    });
    return {};
  },
});
