import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { unless } from './refusals.ts';

export const subnetRouteTableAssociation = resourceType('AWS::EC2::SubnetRouteTableAssociation', {
  properties: ['RouteTableId', 'SubnetId'],

  /** A subnet has one table: where it has another one by now, that is replaced. */
  async create({ RouteTableId, SubnetId }, context) {
    const standing = await find({ Name: 'association.subnet-id', Values: [SubnetId] }, context);
    const own = standing.find((each) => each.SubnetId === SubnetId);
    if (own?.RouteTableId === RouteTableId) return own.RouteTableAssociationId!;
    if (!own) {
      const made = await context.invoke(model.AssociateRouteTable, { RouteTableId, SubnetId });
      return made.AssociationId!;
    }
    const replaced = await context.invoke(model.ReplaceRouteTableAssociation, {
      AssociationId: own.RouteTableAssociationId!,
      RouteTableId,
    });
    return replaced.NewAssociationId!;
  },

  async read(id, context) {
    const found = await describe(id, context);
    if (!found?.SubnetId) return undefined;
    return { Id: id, RouteTableId: found.RouteTableId!, SubnetId: found.SubnetId };
  },

  async delete(id, { invoke }) {
    const answer = invoke(model.DisassociateRouteTable, { AssociationId: id });
    await unless('InvalidAssociationID.NotFound', answer);
  },

  async list({ invoke }) {
    const { RouteTables = [] } = await invoke(model.DescribeRouteTables, {});
    return RouteTables.flatMap(({ Associations = [] }) =>
      Associations.flatMap(({ SubnetId, RouteTableAssociationId }) =>
        SubnetId ? [RouteTableAssociationId!] : [],
      ),
    );
  },
});

async function describe(id: string, context: ResourceContext) {
  const filter = { Name: 'association.route-table-association-id', Values: [id] };
  return (await find(filter, context)).find((each) => each.RouteTableAssociationId === id);
}

async function find(filter: { Name: string; Values: string[] }, { invoke }: ResourceContext) {
  const { RouteTables } = await invoke(model.DescribeRouteTables, { Filters: [filter] });
  return RouteTables?.[0]?.Associations ?? [];
}
