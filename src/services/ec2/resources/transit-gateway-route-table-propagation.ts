import * as model from '../../../models/generated/ec2.ts';
import { tableAndAttachment } from './transit-gateway-table-pair.ts';

export const transitGatewayRouteTablePropagation = tableAndAttachment(
  'AWS::EC2::TransitGatewayRouteTablePropagation',
  {
    tie: (pair, { invoke }) => invoke(model.EnableTransitGatewayRouteTablePropagation, pair),
    tied: 'TransitGatewayRouteTablePropagation.Duplicate',
    untie: (pair, { invoke }) => invoke(model.DisableTransitGatewayRouteTablePropagation, pair),
    untied: 'TransitGatewayRouteTablePropagation.NotFound',
    async attachmentsOf(TransitGatewayRouteTableId, { invoke }) {
      const request = { TransitGatewayRouteTableId };
      const answer = await invoke(model.GetTransitGatewayRouteTablePropagations, request);
      const { TransitGatewayRouteTablePropagations = [] } = answer;
      return TransitGatewayRouteTablePropagations.map((each) => each.TransitGatewayAttachmentId);
    },
  },
);
