import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { createOnce } from './creation.ts';
import { unless } from './refusals.ts';
import { shownTags } from './tags.ts';

const NOT_FOUND = 'InvalidRouteTableID.NotFound';

export const transitGatewayRouteTable = resourceType('AWS::EC2::TransitGatewayRouteTable', {
  properties: ['Tags', 'TransitGatewayId'],

  create: ({ Tags, TransitGatewayId }, context) =>
    createOnce('transit-gateway-route-table', Tags, context, async (TagSpecifications) => {
      const made = await context.invoke(model.CreateTransitGatewayRouteTable, {
        ...{ TransitGatewayId, TagSpecifications },
      });
      return made.TransitGatewayRouteTable!.TransitGatewayRouteTableId!;
    }),

  async read(id, context) {
    const found = await describe(id, context);
    if (!found) return undefined;
    const Tags = shownTags(found.Tags);
    return {
      ...{ TransitGatewayRouteTableId: id, TransitGatewayId: found.TransitGatewayId! },
      ...(Tags && { Tags }),
    };
  },

  async delete(id, { invoke }) {
    const request = { TransitGatewayRouteTableId: id };
    await unless(NOT_FOUND, invoke(model.DeleteTransitGatewayRouteTable, request));
  },

  async list(context) {
    return (await tables([], context)).map((each) => each.TransitGatewayRouteTableId!);
  },
});

async function describe(id: string, context: ResourceContext) {
  const found = await unless(NOT_FOUND, tables([id], context));
  return found?.[0];
}

async function tables(TransitGatewayRouteTableIds: string[], { invoke }: ResourceContext) {
  const answer = await invoke(model.DescribeTransitGatewayRouteTables, {
    ...(TransitGatewayRouteTableIds.length > 0 && { TransitGatewayRouteTableIds }),
  });
  const { TransitGatewayRouteTables = [] } = answer;
  return TransitGatewayRouteTables.filter(({ State }) => State !== 'deleted');
}
