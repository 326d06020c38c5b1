import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isRefusal, unless } from './refusals.ts';
import { pairOf, pairs } from './transit-gateway-tables.ts';

export const transitGatewayRoute = resourceType('AWS::EC2::TransitGatewayRoute', {
  properties: [
    ...(['Blackhole', 'DestinationCidrBlock', 'TransitGatewayAttachmentId'] as const),
    'TransitGatewayRouteTableId',
  ],

  async create(desired, context) {
    const { DestinationCidrBlock, TransitGatewayRouteTableId, TransitGatewayAttachmentId } =
      desired;
    const id = `${TransitGatewayRouteTableId}|${DestinationCidrBlock}`;
    try {
      await context.invoke(model.CreateTransitGatewayRoute, desired);
    } catch (error) {
      // An earlier attempt may have come as far as this: then the same route is there.
      const isTaken = isRefusal(error, 'RouteAlreadyExists');
      const standing = isTaken ? await find(id, context) : undefined;
      const isSame = standing?.TransitGatewayAttachmentId === TransitGatewayAttachmentId;
      if (!standing || !isSame) throw error;
    }
    return id;
  },

  read: (identifier, context) => find(identifier, context),

  async delete(identifier, { invoke }) {
    const [TransitGatewayRouteTableId, DestinationCidrBlock] = pairOf(identifier);
    const request = { TransitGatewayRouteTableId, DestinationCidrBlock };
    const gone = unless('InvalidRoute.NotFound', invoke(model.DeleteTransitGatewayRoute, request));
    await unless('InvalidRouteTableID.NotFound', gone);
  },

  list: (context) =>
    pairs(context, async (table) =>
      (await routesOf(table, context)).map(({ DestinationCidrBlock }) => DestinationCidrBlock),
    ),
});

async function find(identifier: string, context: ResourceContext) {
  const [TransitGatewayRouteTableId, DestinationCidrBlock] = pairOf(identifier);
  const routes = await unless(
    'InvalidRouteTableID.NotFound',
    routesOf(TransitGatewayRouteTableId, context),
  );
  const found = routes?.find((each) => each.DestinationCidrBlock === DestinationCidrBlock);
  if (!found) return undefined;
  const attachment = found.TransitGatewayAttachments?.[0]?.TransitGatewayAttachmentId;
  return {
    ...{ TransitGatewayRouteTableId, DestinationCidrBlock },
    Blackhole: found.State === 'blackhole',
    ...(attachment && { TransitGatewayAttachmentId: attachment }),
  };
}

/** The static ones: those that a table learns are nobody's resources. */
async function routesOf(TransitGatewayRouteTableId: string, { invoke }: ResourceContext) {
  const Filters = [{ Name: 'type', Values: ['static'] }];
  const request = { TransitGatewayRouteTableId, Filters };
  return (await invoke(model.SearchTransitGatewayRoutes, request)).Routes ?? [];
}
