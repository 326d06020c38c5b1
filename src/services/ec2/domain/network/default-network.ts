import { zonesOf } from '../regions.ts';
import { parseBlock, toAddress } from './addresses.ts';
import { drawSubnet } from './new-subnet.ts';
import { drawVpc, type Drafting } from './new-vpc.ts';
import type { VpcRecord } from './recorded.ts';

const VPC_CIDR = '172.31.0.0/16';
export const DEFAULT_SUBNET_BITS = 20;

/**
 * What an account finds in a region that it has never used: a VPC with a subnet in every zone, and
 * a way to the internet.
 * https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html
 */
export async function drawDefaultNetwork(drafting: Drafting): Promise<VpcRecord> {
  const { draft, place, ids } = drafting;
  const vpc = await drawVpc(drafting, { cidr: VPC_CIDR, isDefault: true });
  const { first } = parseBlock(VPC_CIDR);
  for (const [at, zone] of zonesOf(place.region).entries()) {
    const base = toAddress(first + at * 2 ** (32 - DEFAULT_SUBNET_BITS));
    const cidr = `${base}/${DEFAULT_SUBNET_BITS}`;
    await drawSubnet(drafting, { vpcId: vpc.VpcId, zone, cidr, isDefault: true });
  }
  const InternetGatewayId = ids.resource('igw');
  draft.create('internet-gateway', {
    InternetGatewayId,
    OwnerId: place.account,
    Attachments: [{ State: 'available' as 'attached', VpcId: vpc.VpcId }],
  });
  const [table] = await draft.inVpc('route-table', vpc.VpcId);
  const wayOut = {
    DestinationCidrBlock: '0.0.0.0/0',
    GatewayId: InternetGatewayId,
    Origin: 'CreateRoute',
    State: 'active',
  } as const;
  draft.put('route-table', { ...table!, Routes: [...(table?.Routes ?? []), wayOut] });
  return vpc;
}
