import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { unless } from './refusals.ts';

/** What EC2 takes for Amazon's own options. */
const AMAZONS = 'default';

export const vpcDhcpOptionsAssociation = resourceType('AWS::EC2::VPCDHCPOptionsAssociation', {
  properties: ['DhcpOptionsId', 'VpcId'],

  async create({ DhcpOptionsId, VpcId }, { invoke }) {
    await invoke(model.AssociateDhcpOptions, { DhcpOptionsId, VpcId });
    return `${DhcpOptionsId}|${VpcId}`;
  },

  async read(identifier, context) {
    const { DhcpOptionsId, VpcId } = partsOf(identifier);
    const standing = await optionsOf(VpcId, context);
    return standing === DhcpOptionsId ? { DhcpOptionsId, VpcId } : undefined;
  },

  async delete(identifier, context) {
    const { DhcpOptionsId, VpcId } = partsOf(identifier);
    if ((await optionsOf(VpcId, context)) !== DhcpOptionsId) return;
    await context.invoke(model.AssociateDhcpOptions, { DhcpOptionsId: AMAZONS, VpcId });
  },

  async list({ invoke }) {
    const { Vpcs = [] } = await invoke(model.DescribeVpcs, {});
    return Vpcs.map(({ DhcpOptionsId, VpcId }) => `${DhcpOptionsId}|${VpcId}`);
  },
});

function partsOf(identifier: string) {
  const [DhcpOptionsId = '', VpcId = ''] = identifier.split('|');
  return { DhcpOptionsId, VpcId };
}

async function optionsOf(vpcId: string, { invoke }: ResourceContext): Promise<string | undefined> {
  const answer = invoke(model.DescribeVpcs, { VpcIds: [vpcId] });
  return (await unless('InvalidVpcID.NotFound', answer))?.Vpcs?.[0]?.DhcpOptionsId;
}
