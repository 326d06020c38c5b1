import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { resourceOf } from '../domain/transit/attachment.ts';
import { namedPair, tablesOf } from '../domain/transit/table.ts';
import type { Ec2Scope } from '../scope.ts';
import * as transitErrors from '../transit-errors.ts';

/** Has a table route what comes from an attachment, which one table at most does. */
export const associateTransitGatewayRouteTable = operation(
  model.AssociateTransitGatewayRouteTable,
  {
    recorded: true,
    authorize: (input, { caller }: Ec2Scope) =>
      onResource(
        'AssociateTransitGatewayRouteTable',
        kinds.transitGatewayRouteTable,
        input.TransitGatewayRouteTableId,
        caller,
      ),
    async handle(input, { caller, networks }) {
      const { TransitGatewayRouteTableId: tableId = '', TransitGatewayAttachmentId: id = '' } =
        input;
      const attached = await networks.change(caller, async (draft) => {
        const { table, attachment } = await namedPair(draft, input);
        for (const { associations } of await tablesOf(draft, table.TransitGatewayId)) {
          if (associations.includes(id)) throw transitErrors.alreadyAssociated(id);
        }
        const associations = [...table.associations, id];
        draft.put('transit-gateway-route-table', { ...table, associations });
        return attachment;
      });
      const Association = { TransitGatewayRouteTableId: tableId, ...resourceOf(attached) };
      return { Association: { ...Association, State: 'associating' as const } };
    },
  },
);
