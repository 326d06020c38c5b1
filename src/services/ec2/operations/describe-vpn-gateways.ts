import type { VpnGateway } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<VpnGateway> = {
  'amazon-side-asn': (gateway) => gateway.AmazonSideAsn,
  'attachment.state': (gateway) => gateway.VpcAttachments?.map((attachment) => attachment.State),
  'attachment.vpc-id': (gateway) => gateway.VpcAttachments?.map((attachment) => attachment.VpcId),
  'availability-zone': (gateway) => gateway.AvailabilityZone,
  state: (gateway) => gateway.State,
  type: (gateway) => gateway.Type,
  'vpn-gateway-id': (gateway) => gateway.VpnGatewayId,
};

export const describeVpnGateways = operation(model.DescribeVpnGateways, {
  recorded: true,
  async handle(input, { caller, networks, tags }: Ec2Scope) {
    const recorded = (await networks.list('vpn-gateway', caller)).map((gateway) => ({
      ...gateway,
      VpcAttachments: [...gateway.VpcAttachments],
    }));
    const all = await tags.join(caller, recorded, (gateway) => gateway.VpnGatewayId);
    const { found } = select(all, input, {
      id: (gateway) => gateway.VpnGatewayId,
      ids: { kind: kinds.vpnGateway, given: input.VpnGatewayIds },
      filters,
    });
    return { VpnGateways: found };
  },
});
