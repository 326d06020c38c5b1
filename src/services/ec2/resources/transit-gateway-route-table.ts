import type { TransitGatewayRouteTable } from '@aws-sdk/client-ec2';
import { resourceType } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import { taggedResource } from './tagged-resource.ts';

type Desired = ResourceModels['AWS::EC2::TransitGatewayRouteTable'];

export const transitGatewayRouteTable = resourceType('AWS::EC2::TransitGatewayRouteTable', {
  properties: ['Tags', 'TransitGatewayId'],
  ...taggedResource<Desired, TransitGatewayRouteTable>({
    kind: 'transit-gateway-route-table',
    notFound: 'InvalidRouteTableID.NotFound',
    async make({ TransitGatewayId }, TagSpecifications, { invoke }) {
      const request = { TransitGatewayId, TagSpecifications };
      const made = await invoke(model.CreateTransitGatewayRouteTable, request);
      return made.TransitGatewayRouteTable?.TransitGatewayRouteTableId;
    },
    async describe(TransitGatewayRouteTableIds, { invoke }) {
      const request = { TransitGatewayRouteTableIds };
      const answer = await invoke(model.DescribeTransitGatewayRouteTables, request);
      return answer.TransitGatewayRouteTables?.filter(({ State }) => State !== 'deleted');
    },
    idOf: ({ TransitGatewayRouteTableId }) => TransitGatewayRouteTableId,
    show: ({ TransitGatewayRouteTableId: id, TransitGatewayId }) => ({
      ...{ TransitGatewayRouteTableId: id!, TransitGatewayId: TransitGatewayId! },
    }),
    remove: (TransitGatewayRouteTableId, { invoke }) =>
      invoke(model.DeleteTransitGatewayRouteTable, { TransitGatewayRouteTableId }),
  }),
});
