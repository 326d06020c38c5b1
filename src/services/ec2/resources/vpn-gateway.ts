import type { VpnGateway } from '@aws-sdk/client-ec2';
import { resourceType } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import { taggedResource } from './tagged-resource.ts';

type Desired = ResourceModels['AWS::EC2::VPNGateway'];

export const vpnGateway = resourceType('AWS::EC2::VPNGateway', {
  properties: ['AmazonSideAsn', 'Tags', 'Type'],
  ...taggedResource<Desired, VpnGateway>({
    kind: 'vpn-gateway',
    notFound: 'InvalidVpnGatewayID.NotFound',
    async make({ AmazonSideAsn, Type }, TagSpecifications, { invoke }) {
      const made = await invoke(model.CreateVpnGateway, {
        ...{ AmazonSideAsn, Type: Type as 'ipsec.1', TagSpecifications },
      });
      return made.VpnGateway?.VpnGatewayId;
    },
    describe: async (VpnGatewayIds, { invoke }) =>
      (await invoke(model.DescribeVpnGateways, { VpnGatewayIds })).VpnGateways,
    idOf: ({ VpnGatewayId }) => VpnGatewayId,
    show: ({ VpnGatewayId, Type, AmazonSideAsn }) => ({
      ...{ VPNGatewayId: VpnGatewayId!, Type: Type!, AmazonSideAsn: AmazonSideAsn! },
    }),
    remove: (VpnGatewayId, { invoke }) => invoke(model.DeleteVpnGateway, { VpnGatewayId }),
  }),
});
