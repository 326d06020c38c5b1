import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { findAssociation, removeAssociation } from '../domain/routes/associations.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Has a subnet use its VPC's main table again. */
export const disassociateRouteTable = operation(model.DisassociateRouteTable, {
  recorded: isOnlyRecorded,
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('DisassociateRouteTable', kinds.routeTable, undefined, caller),
  async handle(input, { caller, networks }) {
    if (!input.AssociationId) throw errors.missingParameter('associationId');
    const { AssociationId } = input;
    await networks.change(caller, async (draft) => {
      const found = await findAssociation(draft, AssociationId);
      if (found.association.Main) throw networkErrors.mainAssociationStays(AssociationId);
      removeAssociation(draft, found);
    });
    return {};
  },
});
