import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { wireTable } from '../domain/transit/table.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';
import * as transitErrors from '../transit-errors.ts';

/** Refused while attachments are associated with it, and for the gateway's default one. */
export const deleteTransitGatewayRouteTable = operation(model.DeleteTransitGatewayRouteTable, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource(
      'DeleteTransitGatewayRouteTable',
      kinds.transitGatewayRouteTable,
      input.TransitGatewayRouteTableId,
      caller,
    ),
  async handle({ TransitGatewayRouteTableId: id }, { caller, networks }) {
    if (!id) throw errors.missingParameter('TransitGatewayRouteTableId');
    const shown = await networks.change(caller, async (draft) => {
      const table = await draft.find('transit-gateway-route-table', id);
      const gateway = await draft.find('transit-gateway', table.TransitGatewayId);
      const wire = wireTable(table, [gateway]);
      if (wire.DefaultAssociationRouteTable || wire.DefaultPropagationRouteTable) {
        throw transitErrors.defaultTableStays(id);
      }
      if (table.associations.length > 0) {
        throw transitErrors.stillHas(id, 'associations', table.associations);
      }
      draft.remove('transit-gateway-route-table', id);
      return wire;
    });
    return { TransitGatewayRouteTable: { ...shown, State: 'deleting' as const } };
  },
});
