import type { TransitGatewayRoute } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { onResource } from '../domain/permission.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import { routesOf, searched } from '../domain/transit/routes.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<TransitGatewayRoute> = {
  'attachment.resource-id': (route) =>
    route.TransitGatewayAttachments?.map((attachment) => attachment.ResourceId),
  'attachment.resource-type': (route) =>
    route.TransitGatewayAttachments?.map((attachment) => attachment.ResourceType),
  'attachment.transit-gateway-attachment-id': (route) =>
    route.TransitGatewayAttachments?.map((attachment) => attachment.TransitGatewayAttachmentId),
  'prefix-list-id': (route) => route.PrefixListId,
  'route-search.exact-match': (route) => route.DestinationCidrBlock,
  state: (route) => route.State,
  type: (route) => route.Type,
};

export const searchTransitGatewayRoutes = operation(model.SearchTransitGatewayRoutes, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource(
      'SearchTransitGatewayRoutes',
      kinds.transitGatewayRouteTable,
      input.TransitGatewayRouteTableId,
      caller,
    ),
  async handle(input, { caller, networks }) {
    const { TransitGatewayRouteTableId: id, MaxResults, NextToken: token } = input;
    if (!id) throw errors.missingParameter('TransitGatewayRouteTableId');
    if (!input.Filters?.length) throw errors.missingParameter('Filter');
    checkIds(kinds.transitGatewayRouteTable, [id]);
    const table = await networks.get('transit-gateway-route-table', caller, id);
    if (!table) throw kinds.transitGatewayRouteTable.notFound([id]);
    const attachments = await networks.list('transit-gateway-attachment', caller);
    const vpcs = await networks.list('vpc', caller);
    const near = searched(routesOf(table, attachments, vpcs), input.Filters);
    const request = { Filters: near.filters, MaxResults, NextToken: token };
    const { found, NextToken } = select(near.found, request, {
      id: (route) => route.DestinationCidrBlock,
      filters,
    });
    return { Routes: found, AdditionalRoutesAvailable: NextToken !== undefined, NextToken };
  },
});
