import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { resourceOf } from '../domain/transit/attachment.ts';
import { namedPair } from '../domain/transit/table.ts';
import type { Ec2Scope } from '../scope.ts';
import * as transitErrors from '../transit-errors.ts';

/** Has a table route no more of what comes from an attachment. */
export const disassociateTransitGatewayRouteTable = operation(
  model.DisassociateTransitGatewayRouteTable,
  {
    recorded: true,
    authorize: (input, { caller }: Ec2Scope) =>
      onResource(
        'DisassociateTransitGatewayRouteTable',
        kinds.transitGatewayRouteTable,
        input.TransitGatewayRouteTableId,
        caller,
      ),
    async handle(input, { caller, networks }) {
      const { TransitGatewayRouteTableId: tableId = '', TransitGatewayAttachmentId: id = '' } =
        input;
      const attached = await networks.change(caller, async (draft) => {
        const { table, attachment } = await namedPair(draft, input);
        const associations = table.associations.filter((each) => each !== id);
        if (associations.length === table.associations.length) {
          throw transitErrors.notAssociated(id, tableId);
        }
        draft.put('transit-gateway-route-table', { ...table, associations });
        return attachment;
      });
      const Association = { TransitGatewayRouteTableId: tableId, ...resourceOf(attached) };
      return { Association: { ...Association, State: 'disassociating' as const } };
    },
  },
);
