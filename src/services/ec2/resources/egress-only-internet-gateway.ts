import type { EgressOnlyInternetGateway } from '@aws-sdk/client-ec2';
import { resourceType } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import { taggedResource } from './tagged-resource.ts';

type Desired = ResourceModels['AWS::EC2::EgressOnlyInternetGateway'];

export const egressOnlyInternetGateway = resourceType('AWS::EC2::EgressOnlyInternetGateway', {
  properties: ['Tags', 'VpcId'],
  ...taggedResource<Desired, EgressOnlyInternetGateway>({
    kind: 'egress-only-internet-gateway',
    notFound: 'InvalidEgressOnlyInternetGatewayId.NotFound',
    async make({ VpcId }, TagSpecifications, { invoke }) {
      const request = { VpcId, TagSpecifications };
      const made = await invoke(model.CreateEgressOnlyInternetGateway, request);
      return made.EgressOnlyInternetGateway?.EgressOnlyInternetGatewayId;
    },
    async describe(EgressOnlyInternetGatewayIds, { invoke }) {
      const request = { EgressOnlyInternetGatewayIds };
      const answer = await invoke(model.DescribeEgressOnlyInternetGateways, request);
      return answer.EgressOnlyInternetGateways;
    },
    idOf: ({ EgressOnlyInternetGatewayId }) => EgressOnlyInternetGatewayId,
    show: ({ EgressOnlyInternetGatewayId, Attachments }) => ({
      ...{ Id: EgressOnlyInternetGatewayId!, VpcId: Attachments![0]!.VpcId! },
    }),
    remove: (EgressOnlyInternetGatewayId, { invoke }) =>
      invoke(model.DeleteEgressOnlyInternetGateway, { EgressOnlyInternetGatewayId }),
  }),
});
