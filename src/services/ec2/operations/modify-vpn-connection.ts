import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { modifyConnection } from '../domain/vpn/modify.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Puts another gateway at one end of a connection. */
export const modifyVpnConnection = operation(model.ModifyVpnConnection, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('ModifyVpnConnection', kinds.vpnConnection, input.VpnConnectionId, caller),
  async handle(input, scope) {
    refuseMembers('ModifyVpnConnection', input, ['TransitGatewayId']);
    const { CustomerGatewayId, VpnGatewayId } = input;
    if (!CustomerGatewayId && !VpnGatewayId) {
      throw errors.missingParameter('customerGatewayId or vpnGatewayId');
    }
    const VpnConnection = await modifyConnection(
      input.VpnConnectionId,
      scope,
      async (connection, draft) => {
        if (CustomerGatewayId) await draft.find('customer-gateway', CustomerGatewayId);
        if (VpnGatewayId) await draft.find('vpn-gateway', VpnGatewayId);
        return {
          ...connection,
          ...(CustomerGatewayId && { CustomerGatewayId }),
          ...(VpnGatewayId && { VpnGatewayId }),
        };
      },
    );
    return { VpnConnection };
  },
});
