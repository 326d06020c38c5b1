import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { checkDestination, destinationOf } from '../domain/routes/destination.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Every route but the local ones may go. */
export const deleteRoute = operation(model.DeleteRoute, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('DeleteRoute', kinds.routeTable, input.RouteTableId, caller),
  async handle(input, { caller, networks }) {
    if (!input.RouteTableId) throw errors.missingParameter('routeTableId');
    const { RouteTableId } = input;
    const to = destinationOf(checkDestination(input));
    await networks.change(caller, async (draft) => {
      const table = await draft.find('route-table', RouteTableId);
      const routes = table.Routes ?? [];
      const route = routes.find((each) => destinationOf(each) === to);
      if (!route) throw networkErrors.routeNotFound(to, RouteTableId);
      if (route.GatewayId === 'local') throw networkErrors.localRouteStays(to, RouteTableId);
      draft.put('route-table', { ...table, Routes: routes.filter((each) => each !== route) });
    });
    return {};
  },
});
