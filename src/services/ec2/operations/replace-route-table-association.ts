import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import {
  addAssociation,
  findAssociation,
  removeAssociation,
} from '../domain/routes/associations.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Gives a subnet another table, or a VPC another main table. The association is a new one. */
export const replaceRouteTableAssociation = operation(model.ReplaceRouteTableAssociation, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('ReplaceRouteTableAssociation', kinds.routeTable, input.RouteTableId, caller),
  async handle(input, { caller, ids, networks }) {
    if (!input.AssociationId) throw errors.missingParameter('associationId');
    if (!input.RouteTableId) throw errors.missingParameter('routeTableId');
    const { AssociationId, RouteTableId } = input;
    const NewAssociationId = ids.resource('rtbassoc');
    await networks.change(caller, async (draft) => {
      const found = await findAssociation(draft, AssociationId);
      const wanted = await draft.find('route-table', RouteTableId);
      if (wanted.VpcId !== found.table.VpcId) {
        throw networkErrors.belongApart(
          `Route table ${RouteTableId}`,
          `route table ${found.table.RouteTableId}`,
        );
      }
      removeAssociation(draft, found);
      // Read again: it may be the table that the association was just taken from.
      const table = await draft.find('route-table', RouteTableId);
      const { Main, SubnetId } = found.association;
      addAssociation(draft, table, {
        Main,
        RouteTableAssociationId: NewAssociationId,
        ...(SubnetId && { SubnetId }),
      });
    });
    return { NewAssociationId, AssociationState: { State: 'associated' as const } };
  },
});
