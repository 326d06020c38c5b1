import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isRefusal, unless } from './refusals.ts';
import { pairOf, pairs } from './transit-gateway-tables.ts';

export const transitGatewayRouteTableAssociation = resourceType(
  'AWS::EC2::TransitGatewayRouteTableAssociation',
  {
    properties: ['TransitGatewayAttachmentId', 'TransitGatewayRouteTableId'],

    async create({ TransitGatewayAttachmentId, TransitGatewayRouteTableId }, context) {
      const request = { TransitGatewayAttachmentId, TransitGatewayRouteTableId };
      try {
        await context.invoke(model.AssociateTransitGatewayRouteTable, request);
      } catch (error) {
        // An earlier attempt may have come as far as this.
        const isTaken = isRefusal(error, 'Resource.AlreadyAssociated');
        const attached = isTaken ? await attachmentsOf(TransitGatewayRouteTableId, context) : [];
        if (!attached.includes(TransitGatewayAttachmentId)) throw error;
      }
      return `${TransitGatewayRouteTableId}|${TransitGatewayAttachmentId}`;
    },

    async read(identifier, context) {
      const [TransitGatewayRouteTableId, TransitGatewayAttachmentId] = pairOf(identifier);
      const attached = await unless(
        'InvalidRouteTableID.NotFound',
        attachmentsOf(TransitGatewayRouteTableId, context),
      );
      if (!attached?.includes(TransitGatewayAttachmentId)) return undefined;
      return { TransitGatewayRouteTableId, TransitGatewayAttachmentId };
    },

    async delete(identifier, { invoke }) {
      const [TransitGatewayRouteTableId, TransitGatewayAttachmentId] = pairOf(identifier);
      const request = { TransitGatewayRouteTableId, TransitGatewayAttachmentId };
      const answer = invoke(model.DisassociateTransitGatewayRouteTable, request);
      const gone = unless('InvalidAssociation.NotFound', answer);
      const ofTable = unless('InvalidRouteTableID.NotFound', gone);
      await unless('InvalidTransitGatewayAttachmentID.NotFound', ofTable);
    },

    list: (context) => pairs(context, (table) => attachmentsOf(table, context)),
  },
);

async function attachmentsOf(
  TransitGatewayRouteTableId: string,
  { invoke }: ResourceContext,
): Promise<(string | undefined)[]> {
  const answer = await invoke(model.GetTransitGatewayRouteTableAssociations, {
    TransitGatewayRouteTableId,
  });
  const { Associations: found = [] } = answer;
  return found.map(({ TransitGatewayAttachmentId }) => TransitGatewayAttachmentId);
}
