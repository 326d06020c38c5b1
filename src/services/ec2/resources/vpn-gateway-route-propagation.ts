import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { unless } from './refusals.ts';

/** Which tables learn routes of a gateway: one resource tells it of a gateway, by whose ID it is known. */
export const vpnGatewayRoutePropagation = resourceType('AWS::EC2::VPNGatewayRoutePropagation', {
  properties: ['RouteTableIds', 'VpnGatewayId'],

  async create({ RouteTableIds, VpnGatewayId }, { invoke }) {
    for (const RouteTableId of RouteTableIds) {
      await invoke(model.EnableVgwRoutePropagation, { RouteTableId, GatewayId: VpnGatewayId });
    }
    return VpnGatewayId;
  },

  async read(id, context) {
    const RouteTableIds = await tablesOf(id, context);
    if (RouteTableIds.length === 0) return undefined;
    return { Id: id, VpnGatewayId: id, RouteTableIds };
  },

  async update(id, { RouteTableIds }, previous, { invoke }) {
    for (const RouteTableId of RouteTableIds) {
      await invoke(model.EnableVgwRoutePropagation, { RouteTableId, GatewayId: id });
    }
    for (const RouteTableId of previous.RouteTableIds) {
      if (RouteTableIds.includes(RouteTableId)) continue;
      await invoke(model.DisableVgwRoutePropagation, { RouteTableId, GatewayId: id });
    }
  },

  async delete(id, context) {
    for (const RouteTableId of await tablesOf(id, context)) {
      const request = { RouteTableId, GatewayId: id };
      const answer = context.invoke(model.DisableVgwRoutePropagation, request);
      await unless('InvalidRouteTableID.NotFound', answer);
    }
  },

  async list({ invoke }) {
    const { RouteTables = [] } = await invoke(model.DescribeRouteTables, {});
    const gateways = RouteTables.flatMap(({ PropagatingVgws = [] }) =>
      PropagatingVgws.map(({ GatewayId }) => GatewayId!),
    );
    return [...new Set(gateways)];
  },
});

async function tablesOf(id: string, { invoke }: ResourceContext): Promise<string[]> {
  const { RouteTables = [] } = await invoke(model.DescribeRouteTables, {});
  return RouteTables.filter(({ PropagatingVgws = [] }) =>
    PropagatingVgws.some(({ GatewayId }) => GatewayId === id),
  ).map(({ RouteTableId }) => RouteTableId!);
}
