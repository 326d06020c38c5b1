import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { isVpnAttachedTo } from '../domain/vpn/vpn.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';
import * as vpnErrors from '../vpn-errors.ts';

/** Routes to the gateway turn black, and no table learns routes of it any more. */
export const detachVpnGateway = operation(model.DetachVpnGateway, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) => [
    onResource('DetachVpnGateway', kinds.vpnGateway, input.VpnGatewayId, caller),
    onResource('DetachVpnGateway', kinds.vpc, input.VpcId, caller),
  ],
  async handle({ VpcId, VpnGatewayId }, { caller, networks }) {
    if (!VpcId) throw errors.missingParameter('vpcId');
    if (!VpnGatewayId) throw errors.missingParameter('vpnGatewayId');
    await networks.change(caller, async (draft) => {
      const gateway = await draft.find('vpn-gateway', VpnGatewayId);
      if (!isVpnAttachedTo(gateway, VpcId)) {
        throw vpnErrors.vpnAttachmentNotFound(VpnGatewayId, VpcId);
      }
      draft.put('vpn-gateway', { ...gateway, VpcAttachments: [] });
      for (const table of await draft.inVpc('route-table', VpcId)) {
        const PropagatingVgws = table.PropagatingVgws?.filter(
          ({ GatewayId }) => GatewayId !== VpnGatewayId,
        );
        if (PropagatingVgws?.length === table.PropagatingVgws?.length) continue;
        draft.put('route-table', { ...table, PropagatingVgws });
      }
    });
    return {};
  },
});
