import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { cidrText, parseCidr } from '../domain/network/cidr.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { liveConnection } from '../domain/vpn/vpn.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';
import * as vpnErrors from '../vpn-errors.ts';

/** A network behind the customer gateway of a connection with static routes. The same again is no error. */
export const createVpnConnectionRoute = operation(model.CreateVpnConnectionRoute, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('CreateVpnConnectionRoute', kinds.vpnConnection, input.VpnConnectionId, caller),
  async handle({ DestinationCidrBlock: given, VpnConnectionId }, { caller, networks }) {
    if (!given) throw errors.missingParameter('destinationCidrBlock');
    const parsed = parseCidr(given, 4);
    if (!parsed) throw networkErrors.invalidCidr(given, 'destinationCidrBlock');
    const DestinationCidrBlock = cidrText(parsed);
    await networks.change(caller, async (draft) => {
      const connection = await liveConnection(draft, VpnConnectionId);
      if (!connection.Options?.StaticRoutesOnly) {
        throw vpnErrors.notStatic(connection.VpnConnectionId);
      }
      const others = (connection.Routes ?? []).filter(
        (route) => route.DestinationCidrBlock !== DestinationCidrBlock,
      );
      const route = { DestinationCidrBlock, Source: 'Static', State: 'available' } as const;
      draft.put('vpn-connection', { ...connection, Routes: [...others, route] });
    });
    return {};
  },
});
