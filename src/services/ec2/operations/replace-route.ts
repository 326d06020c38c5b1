import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { checkDestination, destinationOf } from '../domain/routes/destination.ts';
import { checkTarget } from '../domain/routes/target.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Leads what goes to a destination elsewhere than before. */
export const replaceRoute = operation(model.ReplaceRoute, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('ReplaceRoute', kinds.routeTable, input.RouteTableId, caller),
  async handle(input, scope) {
    // A local route keeps its target: only gateway load balancers and interfaces take its place.
    refuseMembers('ReplaceRoute', input, ['LocalTarget']);
    if (!input.RouteTableId) throw errors.missingParameter('routeTableId');
    const { RouteTableId } = input;
    const destination = checkDestination(input);
    const to = destinationOf(destination);
    await scope.networks.change(scope.caller, async (draft) => {
      const table = await draft.find('route-table', RouteTableId);
      const target = await checkTarget('ReplaceRoute', input, table, draft, scope);
      const routes = table.Routes ?? [];
      const before = routes.find((each) => destinationOf(each) === to);
      if (!before) throw networkErrors.noRouteToReplace(to);
      if (before.GatewayId === 'local') {
        throw errors.unsupported('Alacarte does not replace the target of a local route yet.');
      }
      const route = { ...destination, ...target, Origin: before.Origin };
      const Routes = routes.map((each) => (each === before ? route : each));
      draft.put('route-table', { ...table, Routes });
    });
    return {};
  },
});
