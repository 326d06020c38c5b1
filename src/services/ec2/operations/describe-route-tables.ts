import type { RouteTable } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { withRouteStates } from '../domain/routes/states.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';
import { realizeNetwork } from '../domain/data-plane/carried.ts';

const filters: Filters<RouteTable> = {
  'association.gateway-id': (table) =>
    table.Associations?.map((association) => association.GatewayId),
  'association.main': (table) => table.Associations?.map((association) => association.Main),
  'association.route-table-association-id': (table) =>
    table.Associations?.map((association) => association.RouteTableAssociationId),
  'association.route-table-id': (table) =>
    table.Associations?.map((association) => association.RouteTableId),
  'association.subnet-id': (table) =>
    table.Associations?.map((association) => association.SubnetId),
  'owner-id': (table) => table.OwnerId,
  'route.destination-cidr-block': (table) =>
    table.Routes?.map((route) => route.DestinationCidrBlock),
  'route.destination-ipv6-cidr-block': (table) =>
    table.Routes?.map((route) => route.DestinationIpv6CidrBlock),
  'route.destination-prefix-list-id': (table) =>
    table.Routes?.map((route) => route.DestinationPrefixListId),
  'route.egress-only-internet-gateway-id': (table) =>
    table.Routes?.map((route) => route.EgressOnlyInternetGatewayId),
  'route.gateway-id': (table) => table.Routes?.map((route) => route.GatewayId),
  'route.instance-id': (table) => table.Routes?.map((route) => route.InstanceId),
  'route.nat-gateway-id': (table) => table.Routes?.map((route) => route.NatGatewayId),
  'route.origin': (table) => table.Routes?.map((route) => route.Origin),
  'route.state': (table) => table.Routes?.map((route) => route.State),
  'route.transit-gateway-id': (table) => table.Routes?.map((route) => route.TransitGatewayId),
  'route.vpc-peering-connection-id': (table) =>
    table.Routes?.map((route) => route.VpcPeeringConnectionId),
  'route-table-id': (table) => table.RouteTableId,
  'vpc-id': (table) => table.VpcId,
};

export const describeRouteTables = operation(model.DescribeRouteTables, {
  async handle(input, scope: Ec2Scope) {
    realizeNetwork(scope);
    const recorded = await scope.networks.list('route-table', scope.caller);
    const shown = await withRouteStates(recorded, scope);
    const all = await scope.tags.join(scope.caller, shown, (table) => table.RouteTableId);
    const { found, NextToken } = select(all, input, {
      id: (table) => table.RouteTableId,
      ids: { kind: kinds.routeTable, given: input.RouteTableIds },
      filters,
    });
    return { RouteTables: found, NextToken };
  },
});
