import type { CustomerGateway } from '@aws-sdk/client-ec2';
import { resourceType } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import { taggedResource } from './tagged-resource.ts';

type Desired = ResourceModels['AWS::EC2::CustomerGateway'];

export const customerGateway = resourceType('AWS::EC2::CustomerGateway', {
  properties: ['BgpAsn', 'BgpAsnExtended', 'DeviceName', 'IpAddress', 'Tags', 'Type'],
  ...taggedResource<Desired, CustomerGateway>({
    kind: 'customer-gateway',
    notFound: 'InvalidCustomerGatewayID.NotFound',
    async make(desired, TagSpecifications, { invoke }) {
      const { BgpAsn, BgpAsnExtended, DeviceName, IpAddress, Type } = desired;
      const made = await invoke(model.CreateCustomerGateway, {
        ...{ BgpAsn, BgpAsnExtended, DeviceName, IpAddress, TagSpecifications },
        Type: Type as 'ipsec.1',
      });
      return made.CustomerGateway?.CustomerGatewayId;
    },
    describe: async (CustomerGatewayIds, { invoke }) =>
      (await invoke(model.DescribeCustomerGateways, { CustomerGatewayIds })).CustomerGateways,
    idOf: ({ CustomerGatewayId }) => CustomerGatewayId,
    show: (found) => ({
      CustomerGatewayId: found.CustomerGatewayId!,
      IpAddress: found.IpAddress!,
      Type: found.Type!,
      ...(found.BgpAsn && { BgpAsn: Number(found.BgpAsn) }),
      ...(found.BgpAsnExtended && { BgpAsnExtended: Number(found.BgpAsnExtended) }),
      ...(found.DeviceName && { DeviceName: found.DeviceName }),
    }),
    remove: (CustomerGatewayId, { invoke }) =>
      invoke(model.DeleteCustomerGateway, { CustomerGatewayId }),
  }),
});
