import type { InternetGateway } from '@aws-sdk/client-ec2';
import { resourceType } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import { taggedResource } from './tagged-resource.ts';

type Desired = ResourceModels['AWS::EC2::InternetGateway'];

export const internetGateway = resourceType('AWS::EC2::InternetGateway', {
  properties: ['Tags'],
  ...taggedResource<Desired, InternetGateway>({
    kind: 'internet-gateway',
    notFound: 'InvalidInternetGatewayID.NotFound',
    async make(_, TagSpecifications, { invoke }) {
      const made = await invoke(model.CreateInternetGateway, { TagSpecifications });
      return made.InternetGateway?.InternetGatewayId;
    },
    describe: async (InternetGatewayIds, { invoke }) =>
      (await invoke(model.DescribeInternetGateways, { InternetGatewayIds })).InternetGateways,
    idOf: ({ InternetGatewayId }) => InternetGatewayId,
    show: ({ InternetGatewayId }) => ({ InternetGatewayId: InternetGatewayId! }),
    remove: (InternetGatewayId, { invoke }) =>
      invoke(model.DeleteInternetGateway, { InternetGatewayId }),
  }),
});
