import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { checkTransitCidr, wireRoute } from '../domain/transit/routes.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';
import * as transitErrors from '../transit-errors.ts';

/** Static routes only: those that a table learns go with what it learns of. */
export const deleteTransitGatewayRoute = operation(model.DeleteTransitGatewayRoute, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource(
      'DeleteTransitGatewayRoute',
      kinds.transitGatewayRouteTable,
      input.TransitGatewayRouteTableId,
      caller,
    ),
  async handle(input, { caller, networks }) {
    const { TransitGatewayRouteTableId: id } = input;
    if (!id) throw errors.missingParameter('TransitGatewayRouteTableId');
    const wanted = checkTransitCidr(input.DestinationCidrBlock);
    const Route = await networks.change(caller, async (draft) => {
      const table = await draft.find('transit-gateway-route-table', id);
      const route = table.routes.find(({ cidr }) => cidr === wanted);
      if (!route) throw transitErrors.transitRouteNotFound(wanted, id);
      const routes = table.routes.filter((each) => each !== route);
      draft.put('transit-gateway-route-table', { ...table, routes });
      return wireRoute(route, await draft.list('transit-gateway-attachment'));
    });
    return { Route: { ...Route, State: 'deleted' as const } };
  },
});
