import { resourceType } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { unless } from './refusals.ts';
import { shownTags, specification, updateTags } from './tags.ts';

const NOT_FOUND = 'InvalidRouteTableID.NotFound';

export const routeTable = resourceType('AWS::EC2::RouteTable', {
  properties: ['Tags', 'VpcId'],

  async create({ VpcId, Tags }, context) {
    const { RouteTable } = await context.invoke(model.CreateRouteTable, {
      VpcId,
      ClientToken: context.token,
      TagSpecifications: [specification('route-table', Tags, context)],
    });
    return RouteTable!.RouteTableId!;
  },

  async read(id, { invoke }) {
    const answer = invoke(model.DescribeRouteTables, { RouteTableIds: [id] });
    const found = (await unless(NOT_FOUND, answer))?.RouteTables?.[0];
    if (!found) return undefined;
    const Tags = shownTags(found.Tags);
    return { RouteTableId: id, VpcId: found.VpcId!, ...(Tags && { Tags }) };
  },

  update: (id, desired, _, context) => updateTags(id, desired.Tags, context),

  async delete(id, { invoke }) {
    await unless(NOT_FOUND, invoke(model.DeleteRouteTable, { RouteTableId: id }));
  },

  async list({ invoke }) {
    const { RouteTables = [] } = await invoke(model.DescribeRouteTables, {});
    return RouteTables.map(({ RouteTableId }) => RouteTableId!);
  },
});
