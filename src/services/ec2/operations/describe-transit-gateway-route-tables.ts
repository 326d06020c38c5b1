import type { TransitGatewayRouteTable } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import { wireTable } from '../domain/transit/table.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<TransitGatewayRouteTable> = {
  'default-association-route-table': (table) => table.DefaultAssociationRouteTable,
  'default-propagation-route-table': (table) => table.DefaultPropagationRouteTable,
  state: (table) => table.State,
  'transit-gateway-id': (table) => table.TransitGatewayId,
  'transit-gateway-route-table-id': (table) => table.TransitGatewayRouteTableId,
};

export const describeTransitGatewayRouteTables = operation(
  model.DescribeTransitGatewayRouteTables,
  {
    recorded: true,
    async handle(input, { caller, networks, tags }: Ec2Scope) {
      const gateways = await networks.list('transit-gateway', caller);
      const recorded = await networks.list('transit-gateway-route-table', caller);
      const shown = recorded.map((table) => wireTable(table, gateways));
      const all = await tags.join(caller, shown, (table) => table.TransitGatewayRouteTableId);
      const { found, NextToken } = select(all, input, {
        id: (table) => table.TransitGatewayRouteTableId,
        ids: { kind: kinds.transitGatewayRouteTable, given: input.TransitGatewayRouteTableIds },
        filters,
      });
      return { TransitGatewayRouteTables: found, NextToken };
    },
  },
);
