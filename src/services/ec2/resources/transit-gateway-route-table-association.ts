import * as model from '../../../models/generated/ec2.ts';
import { tableAndAttachment } from './transit-gateway-table-pair.ts';

export const transitGatewayRouteTableAssociation = tableAndAttachment(
  'AWS::EC2::TransitGatewayRouteTableAssociation',
  {
    tie: (pair, { invoke }) => invoke(model.AssociateTransitGatewayRouteTable, pair),
    tied: 'Resource.AlreadyAssociated',
    untie: (pair, { invoke }) => invoke(model.DisassociateTransitGatewayRouteTable, pair),
    untied: 'InvalidAssociation.NotFound',
    async attachmentsOf(TransitGatewayRouteTableId, { invoke }) {
      const request = { TransitGatewayRouteTableId };
      const answer = await invoke(model.GetTransitGatewayRouteTableAssociations, request);
      return (answer.Associations ?? []).map((each) => each.TransitGatewayAttachmentId);
    },
  },
);
