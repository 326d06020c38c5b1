import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { wireGateway } from '../domain/transit/gateway.ts';
import { tablesOf } from '../domain/transit/table.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';
import * as transitErrors from '../transit-errors.ts';

/** Takes its route tables with it. Refused while anything is attached. */
export const deleteTransitGateway = operation(model.DeleteTransitGateway, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('DeleteTransitGateway', kinds.transitGateway, input.TransitGatewayId, caller),
  async handle({ TransitGatewayId: id }, { caller, networks }) {
    if (!id) throw errors.missingParameter('TransitGatewayId');
    const gateway = await networks.change(caller, async (draft) => {
      const found = await draft.find('transit-gateway', id);
      const attached = (await draft.list('transit-gateway-attachment'))
        .filter(({ TransitGatewayId }) => TransitGatewayId === id)
        .map(({ TransitGatewayAttachmentId }) => TransitGatewayAttachmentId);
      if (attached.length > 0) throw transitErrors.stillHas(id, 'VPC Attachments', attached);
      for (const { TransitGatewayRouteTableId } of await tablesOf(draft, id)) {
        draft.remove('transit-gateway-route-table', TransitGatewayRouteTableId);
      }
      draft.remove('transit-gateway', id);
      return found;
    });
    return { TransitGateway: { ...wireGateway(gateway), State: 'deleting' as const } };
  },
});
