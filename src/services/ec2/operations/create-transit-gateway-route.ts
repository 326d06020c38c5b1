import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { requestedRoute } from '../domain/transit/requested-route.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { wireRoute } from '../domain/transit/routes.ts';
import type { Ec2Scope } from '../scope.ts';
import * as transitErrors from '../transit-errors.ts';

/** A static route, which goes before one that the table learns. */
export const createTransitGatewayRoute = operation(model.CreateTransitGatewayRoute, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource(
      'CreateTransitGatewayRoute',
      kinds.transitGatewayRouteTable,
      input.TransitGatewayRouteTableId,
      caller,
    ),
  async handle(input, { caller, networks }) {
    const Route = await networks.change(caller, async (draft) => {
      const { table, route } = await requestedRoute(draft, input);
      const others = table.routes.filter(({ cidr }) => cidr !== route.cidr);
      if (others.length < table.routes.length) throw transitErrors.transitRouteExists(route.cidr);
      draft.put('transit-gateway-route-table', { ...table, routes: [...others, route] });
      return wireRoute(route, await draft.list('transit-gateway-attachment'));
    });
    return { Route };
  },
});
