import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { liveConnections } from '../domain/vpn/vpn.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';
import * as vpnErrors from '../vpn-errors.ts';

/** Refused while a VPC has it or a VPN connection leads to it. */
export const deleteVpnGateway = operation(model.DeleteVpnGateway, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('DeleteVpnGateway', kinds.vpnGateway, input.VpnGatewayId, caller),
  async handle({ VpnGatewayId: id }, { caller, networks }) {
    if (!id) throw errors.missingParameter('vpnGatewayId');
    await networks.change(caller, async (draft) => {
      const gateway = await draft.find('vpn-gateway', id);
      if (gateway.VpcAttachments.length > 0) throw vpnErrors.vpnGatewayIsAttached(id);
      const connections = await liveConnections(draft);
      if (connections.some((each) => each.VpnGatewayId === id)) {
        throw vpnErrors.gatewayHasConnections('virtual private gateway', id);
      }
      draft.remove('vpn-gateway', id);
    });
    return {};
  },
});
