import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import { checkAmazonAsn, checkVpnType } from '../domain/vpn/vpn.ts';
import type { Ec2Scope } from '../scope.ts';

/** Amazon's end of VPNs, which no VPC has yet. */
export const createVpnGateway = operation(model.CreateVpnGateway, {
  recorded: true,
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('CreateVpnGateway', kinds.vpnGateway, undefined, caller),
  async handle(input, { caller, ids, networks }) {
    const tags = tagsOfNew(caller, kinds.vpnGateway, input.TagSpecifications);
    const { AvailabilityZone } = input;
    const gateway = {
      VpnGatewayId: ids.resource('vgw'),
      State: 'available' as const,
      Type: checkVpnType(input.Type),
      AmazonSideAsn: checkAmazonAsn(input.AmazonSideAsn),
      ...(AvailabilityZone && { AvailabilityZone }),
      VpcAttachments: [],
    };
    await networks.change(caller, async (draft) => draft.create('vpn-gateway', gateway, tags));
    return { VpnGateway: { ...gateway, Tags: wireTags(tags) } };
  },
});
