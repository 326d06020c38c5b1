import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import * as errors from '../errors.ts';
import { unless } from './refusals.ts';

export const subnetCidrBlock = resourceType('AWS::EC2::SubnetCidrBlock', {
  properties: ['Ipv6CidrBlock', 'SubnetId'],

  async create({ Ipv6CidrBlock, SubnetId }, context) {
    if (!Ipv6CidrBlock) throw errors.missingParameter('ipv6CidrBlock');
    const Filters = [{ Name: 'subnet-id', Values: [SubnetId] }];
    const standing = (await blocks(Filters, context)).find(
      (each) => each.Ipv6CidrBlock === Ipv6CidrBlock,
    );
    if (standing) return standing.Id;
    const made = await context.invoke(model.AssociateSubnetCidrBlock, { Ipv6CidrBlock, SubnetId });
    return made.Ipv6CidrBlockAssociation!.AssociationId!;
  },

  async read(id, context) {
    const Filters = [{ Name: 'ipv6-cidr-block-association.association-id', Values: [id] }];
    return (await blocks(Filters, context)).find((each) => each.Id === id);
  },

  async delete(id, { invoke }) {
    const answer = invoke(model.DisassociateSubnetCidrBlock, { AssociationId: id });
    await unless('InvalidSubnetCidrBlockAssociationID.NotFound', answer);
  },

  async list(context) {
    return (await blocks([], context)).map(({ Id }) => Id);
  },
});

async function blocks(Filters: { Name: string; Values: string[] }[], { invoke }: ResourceContext) {
  const { Subnets = [] } = await invoke(model.DescribeSubnets, { Filters });
  return Subnets.flatMap(({ SubnetId, Ipv6CidrBlockAssociationSet = [] }) =>
    Ipv6CidrBlockAssociationSet.map(({ AssociationId, Ipv6CidrBlock }) => ({
      ...{ Id: AssociationId!, SubnetId: SubnetId!, Ipv6CidrBlock: Ipv6CidrBlock! },
    })),
  );
}
