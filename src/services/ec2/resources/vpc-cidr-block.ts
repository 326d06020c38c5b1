import type { Vpc } from '@aws-sdk/client-ec2';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { unless } from './refusals.ts';

export const vpcCidrBlock = resourceType('AWS::EC2::VPCCidrBlock', {
  properties: ['AmazonProvidedIpv6CidrBlock', 'CidrBlock', 'VpcId'],

  /** A block that stands is what an earlier attempt has made: no VPC has the same one twice. */
  async create({ AmazonProvidedIpv6CidrBlock, CidrBlock, VpcId }, context) {
    const vpc = await describe(VpcId, context);
    const standing = AmazonProvidedIpv6CidrBlock
      ? vpc?.Ipv6CidrBlockAssociationSet?.[0]
      : vpc?.CidrBlockAssociationSet?.find((each) => each.CidrBlock === CidrBlock);
    if (standing) return `${standing.AssociationId}|${VpcId}`;
    const made = await context.invoke(model.AssociateVpcCidrBlock, {
      ...{ AmazonProvidedIpv6CidrBlock, CidrBlock, VpcId },
    });
    const { AssociationId } = (made.Ipv6CidrBlockAssociation ?? made.CidrBlockAssociation)!;
    return `${AssociationId}|${VpcId}`;
  },

  async read(identifier, context) {
    const { Id, VpcId } = partsOf(identifier);
    const vpc = await describe(VpcId, context);
    const ipv4 = vpc?.CidrBlockAssociationSet?.find(({ AssociationId }) => AssociationId === Id);
    if (ipv4) return { Id, VpcId, CidrBlock: ipv4.CidrBlock! };
    const ipv6 = vpc?.Ipv6CidrBlockAssociationSet?.find((each) => each.AssociationId === Id);
    if (!ipv6) return undefined;
    const { Ipv6CidrBlock, NetworkBorderGroup } = ipv6;
    return {
      ...{ Id, VpcId, AmazonProvidedIpv6CidrBlock: true, Ipv6CidrBlock: Ipv6CidrBlock! },
      Ipv6CidrBlockNetworkBorderGroup: NetworkBorderGroup!,
    };
  },

  async delete(identifier, { invoke }) {
    const { Id: AssociationId } = partsOf(identifier);
    const answer = invoke(model.DisassociateVpcCidrBlock, { AssociationId });
    await unless('InvalidVpcCidrBlockAssociationID.NotFound', answer);
  },

  async list({ invoke }) {
    const { Vpcs = [] } = await invoke(model.DescribeVpcs, {});
    return Vpcs.flatMap((vpc) =>
      [...further(vpc), ...(vpc.Ipv6CidrBlockAssociationSet ?? [])].map(
        ({ AssociationId }) => `${AssociationId}|${vpc.VpcId}`,
      ),
    );
  },
});

/** The block that a VPC was made with is the VPC's own. */
function further({ CidrBlock, CidrBlockAssociationSet = [] }: Vpc) {
  return CidrBlockAssociationSet.filter((each) => each.CidrBlock !== CidrBlock);
}

function partsOf(identifier: string) {
  const [Id = '', VpcId = ''] = identifier.split('|');
  return { Id, VpcId };
}

async function describe(id: string, { invoke }: ResourceContext) {
  const answer = invoke(model.DescribeVpcs, { VpcIds: [id] });
  return (await unless('InvalidVpcID.NotFound', answer))?.Vpcs?.[0];
}
