import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { checkFurtherCidr } from '../domain/network/cidr-rules.ts';
import type { NetworkDraft } from '../domain/network/network-draft.ts';
import {
  drawIpv6Cidr,
  hasIpv6,
  ipv6AclEntries,
  localRoutes,
  newCidrBlock,
  newIpv6Block,
} from '../domain/network/new-vpc.ts';
import type { VpcRecord } from '../domain/network/recorded.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Gives a VPC a further block. Every route table of it learns the way there. */
export const associateVpcCidrBlock = operation(model.AssociateVpcCidrBlock, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('AssociateVpcCidrBlock', kinds.vpc, input.VpcId, caller),
  async handle(input, { caller, ids, networks }) {
    refuseMembers('AssociateVpcCidrBlock', input, [
      'Ipv6Pool',
      'Ipv6CidrBlock',
      'Ipv4IpamPoolId',
      'Ipv4NetmaskLength',
      'Ipv6IpamPoolId',
      'Ipv6NetmaskLength',
    ]);
    if (!input.VpcId) throw errors.missingParameter('vpcId');
    const { VpcId, CidrBlock, AmazonProvidedIpv6CidrBlock: wantsIpv6 } = input;
    if (CidrBlock && wantsIpv6) {
      throw errors.combination('An IPv4 and an IPv6 CIDR block cannot be associated at once');
    }
    return networks.change(caller, async (draft) => {
      const vpc = await draft.find('vpc', VpcId);
      if (!wantsIpv6) {
        const block = newCidrBlock(ids, checkFurtherCidr(vpc, CidrBlock));
        const CidrBlockAssociationSet = [...(vpc.CidrBlockAssociationSet ?? []), block];
        await putWithRoutes(draft, { ...vpc, CidrBlockAssociationSet });
        const CidrBlockAssociation = {
          ...block,
          CidrBlockState: { State: 'associating' as const },
        };
        return { VpcId, CidrBlockAssociation };
      }
      const block = newIpv6Block(ids, caller, drawIpv6Cidr(ids));
      const before = vpc.Ipv6CidrBlockAssociationSet ?? [];
      if (!hasIpv6(vpc)) await openAclsToIpv6(draft, VpcId);
      await putWithRoutes(draft, { ...vpc, Ipv6CidrBlockAssociationSet: [...before, block] });
      const Ipv6CidrBlockState = { State: 'associating' as const };
      return { VpcId, Ipv6CidrBlockAssociation: { ...block, Ipv6CidrBlockState } };
    });
  },
});

/** The VPC with its new block, which no route table has a local route to yet. */
async function putWithRoutes(draft: NetworkDraft, vpc: VpcRecord): Promise<void> {
  draft.put('vpc', vpc);
  for (const table of await draft.inVpc('route-table', vpc.VpcId ?? '')) {
    const others = (table.Routes ?? []).filter((route) => route.Origin !== 'CreateRouteTable');
    draft.put('route-table', { ...table, Routes: [...localRoutes(vpc), ...others] });
  }
}

/** The default ACL lets the new family pass, others have its last rule only. */
async function openAclsToIpv6(draft: NetworkDraft, vpcId: string): Promise<void> {
  for (const acl of await draft.inVpc('network-acl', vpcId)) {
    const entries = ipv6AclEntries(acl.IsDefault ? 'allow' : 'deny');
    const before = acl.Entries ?? [];
    const isFree = (number: number | undefined, egress: boolean | undefined) =>
      !before.some((entry) => entry.RuleNumber === number && entry.Egress === egress);
    const added = entries.filter((entry) => isFree(entry.RuleNumber, entry.Egress));
    draft.put('network-acl', { ...acl, Entries: [...before, ...added] });
  }
}
