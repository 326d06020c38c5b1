import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { checkDestination, destinationOf } from '../domain/routes/destination.ts';
import { checkTarget } from '../domain/routes/target.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html */
export const createRoute = operation(model.CreateRoute, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('CreateRoute', kinds.routeTable, input.RouteTableId, caller),
  async handle(input, scope) {
    if (!input.RouteTableId) throw errors.missingParameter('routeTableId');
    const { RouteTableId } = input;
    const destination = checkDestination(input);
    await scope.networks.change(scope.caller, async (draft) => {
      const table = await draft.find('route-table', RouteTableId);
      if ('DestinationPrefixListId' in destination) {
        await draft.find('prefix-list', destination.DestinationPrefixListId);
      }
      const target = await checkTarget('CreateRoute', input, table, draft, scope);
      const routes = table.Routes ?? [];
      if (routes.some((each) => destinationOf(each) === destinationOf(destination))) {
        throw networkErrors.routeExists(destinationOf(destination));
      }
      const route = { ...destination, ...target, Origin: 'CreateRoute' as const };
      draft.put('route-table', { ...table, Routes: [...routes, route] });
    });
    return { Return: true };
  },
});
