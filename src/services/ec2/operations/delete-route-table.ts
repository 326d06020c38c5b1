import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Refused while a subnet uses it, and for a VPC's main table. */
export const deleteRouteTable = operation(model.DeleteRouteTable, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('DeleteRouteTable', kinds.routeTable, input.RouteTableId, caller),
  async handle(input, { caller, networks }) {
    if (!input.RouteTableId) throw errors.missingParameter('routeTableId');
    const { RouteTableId } = input;
    await networks.change(caller, async (draft) => {
      const { Associations } = await draft.find('route-table', RouteTableId);
      if (Associations?.length) throw networkErrors.hasDependencies('routeTable', RouteTableId);
      draft.remove('route-table', RouteTableId);
    });
    return {};
  },
});
