import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { isVpnAttachedTo } from '../domain/vpn/vpn.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';
import * as vpnErrors from '../vpn-errors.ts';

/** Gives a VPC its end of VPNs, of which it has one at most. */
export const attachVpnGateway = operation(model.AttachVpnGateway, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) => [
    onResource('AttachVpnGateway', kinds.vpnGateway, input.VpnGatewayId, caller),
    onResource('AttachVpnGateway', kinds.vpc, input.VpcId, caller),
  ],
  async handle({ VpcId, VpnGatewayId }, { caller, networks }) {
    if (!VpcId) throw errors.missingParameter('vpcId');
    if (!VpnGatewayId) throw errors.missingParameter('vpnGatewayId');
    await networks.change(caller, async (draft) => {
      const gateway = await draft.find('vpn-gateway', VpnGatewayId);
      await draft.find('vpc', VpcId);
      if (isVpnAttachedTo(gateway, VpcId)) return;
      if (gateway.VpcAttachments.length > 0) throw vpnErrors.attachedElsewhere(VpnGatewayId);
      const others = await draft.list('vpn-gateway');
      if (others.some((other) => isVpnAttachedTo(other, VpcId))) {
        throw vpnErrors.vpcHasVpnGateway(VpcId);
      }
      const VpcAttachments = [{ State: 'attached' as const, VpcId }];
      draft.put('vpn-gateway', { ...gateway, VpcAttachments });
    });
    return { VpcAttachment: { State: 'attaching' as const, VpcId } };
  },
});
