import type { TransitGatewayAttachmentPropagation } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { onResource } from '../domain/permission.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<TransitGatewayAttachmentPropagation> = {
  'transit-gateway-route-table-id': (table) => table.TransitGatewayRouteTableId,
};

/** The tables that learn the networks behind an attachment. */
export const getTransitGatewayAttachmentPropagations = operation(
  model.GetTransitGatewayAttachmentPropagations,
  {
    recorded: true,
    authorize: (input, { caller }: Ec2Scope) =>
      onResource(
        'GetTransitGatewayAttachmentPropagations',
        kinds.transitGatewayAttachment,
        input.TransitGatewayAttachmentId,
        caller,
      ),
    async handle(input, { caller, networks }) {
      const { TransitGatewayAttachmentId: id } = input;
      if (!id) throw errors.missingParameter('TransitGatewayAttachmentId');
      checkIds(kinds.transitGatewayAttachment, [id]);
      const attachment = await networks.get('transit-gateway-attachment', caller, id);
      if (!attachment) throw kinds.transitGatewayAttachment.notFound([id]);
      const all = (await networks.list('transit-gateway-route-table', caller))
        .filter(({ propagations }) => propagations.includes(id))
        .map(({ TransitGatewayRouteTableId }) => ({
          TransitGatewayRouteTableId,
          State: 'enabled' as const,
        }));
      const { found, NextToken } = select(all, input, {
        id: (table) => table.TransitGatewayRouteTableId,
        filters,
      });
      return { TransitGatewayAttachmentPropagations: found, NextToken };
    },
  },
);
