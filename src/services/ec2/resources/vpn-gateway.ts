import { resourceType } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { createOnce } from './creation.ts';
import { unless } from './refusals.ts';
import { shownTags, updateTags } from './tags.ts';

const NOT_FOUND = 'InvalidVpnGatewayID.NotFound';

export const vpnGateway = resourceType('AWS::EC2::VPNGateway', {
  properties: ['AmazonSideAsn', 'Tags', 'Type'],

  create: (desired, context) =>
    createOnce('vpn-gateway', desired.Tags, context, async (TagSpecifications) => {
      const { VpnGateway } = await context.invoke(model.CreateVpnGateway, {
        ...{ AmazonSideAsn: desired.AmazonSideAsn, TagSpecifications },
        Type: desired.Type as 'ipsec.1',
      });
      return VpnGateway!.VpnGatewayId!;
    }),

  async read(id, { invoke }) {
    const answer = invoke(model.DescribeVpnGateways, { VpnGatewayIds: [id] });
    const found = (await unless(NOT_FOUND, answer))?.VpnGateways?.[0];
    if (!found) return undefined;
    const Tags = shownTags(found.Tags);
    const { AmazonSideAsn, Type } = found;
    return {
      VPNGatewayId: id,
      Type: Type!,
      AmazonSideAsn: AmazonSideAsn!,
      ...(Tags && { Tags }),
    };
  },

  update: (id, desired, _, context) => updateTags(id, desired.Tags, context),

  async delete(id, { invoke }) {
    await unless(NOT_FOUND, invoke(model.DeleteVpnGateway, { VpnGatewayId: id }));
  },

  async list({ invoke }) {
    const { VpnGateways = [] } = await invoke(model.DescribeVpnGateways, {});
    return VpnGateways.map(({ VpnGatewayId }) => VpnGatewayId!);
  },
});
