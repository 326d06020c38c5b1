import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { resourceOf } from '../domain/transit/attachment.ts';
import { namedPair } from '../domain/transit/table.ts';
import type { Ec2Scope } from '../scope.ts';
import * as transitErrors from '../transit-errors.ts';

/** Has a table forget the networks behind an attachment. */
export const disableTransitGatewayRouteTablePropagation = operation(
  model.DisableTransitGatewayRouteTablePropagation,
  {
    recorded: true,
    authorize: (input, { caller }: Ec2Scope) =>
      onResource(
        'DisableTransitGatewayRouteTablePropagation',
        kinds.transitGatewayRouteTable,
        input.TransitGatewayRouteTableId,
        caller,
      ),
    async handle(input, { caller, networks }) {
      const { TransitGatewayRouteTableId: tableId = '', TransitGatewayAttachmentId: id = '' } =
        input;
      const attached = await networks.change(caller, async (draft) => {
        const { table, attachment } = await namedPair(draft, input);
        const propagations = table.propagations.filter((each) => each !== id);
        if (propagations.length === table.propagations.length) {
          throw transitErrors.notPropagating(id, tableId);
        }
        draft.put('transit-gateway-route-table', { ...table, propagations });
        return attachment;
      });
      const Propagation = { TransitGatewayRouteTableId: tableId, ...resourceOf(attached) };
      return { Propagation: { ...Propagation, State: 'disabled' as const } };
    },
  },
);
