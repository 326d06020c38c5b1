import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { isBlockInUse } from '../domain/network/cidr-rules.ts';
import type { NetworkDraft } from '../domain/network/network-draft.ts';
import type { VpcRecord } from '../domain/network/recorded.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Takes a block from a VPC: any but its first IPv4 block, and while no subnet is in it. */
export const disassociateVpcCidrBlock = operation(model.DisassociateVpcCidrBlock, {
  recorded: isOnlyRecorded,
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('DisassociateVpcCidrBlock', kinds.vpc, undefined, caller),
  async handle(input, { caller, networks }) {
    if (!input.AssociationId) throw errors.missingParameter('associationId');
    const { AssociationId } = input;
    return networks.change(caller, async (draft) => {
      const vpcs = await draft.list('vpc');
      for (const vpc of vpcs) {
        const ipv4 = vpc.CidrBlockAssociationSet?.find(
          (each) => each.AssociationId === AssociationId,
        );
        const ipv6 = vpc.Ipv6CidrBlockAssociationSet?.find(
          (each) => each.AssociationId === AssociationId,
        );
        const cidr = ipv4?.CidrBlock ?? ipv6?.Ipv6CidrBlock;
        if (!cidr) continue;
        if (cidr === vpc.CidrBlock) throw networkErrors.primaryCidrStays(AssociationId);
        const { VpcId = '' } = vpc;
        if (isBlockInUse(cidr, ipv4 ? 4 : 6, await draft.inVpc('subnet', VpcId))) {
          throw networkErrors.cidrInUse(VpcId, cidr);
        }
        draft.put('vpc', without(vpc, AssociationId));
        await forgetRoutes(draft, VpcId, cidr);
        const state = { State: 'disassociating' as const };
        return {
          VpcId,
          ...(ipv4 && { CidrBlockAssociation: { ...ipv4, CidrBlockState: state } }),
          ...(ipv6 && { Ipv6CidrBlockAssociation: { ...ipv6, Ipv6CidrBlockState: state } }),
        };
      }
      throw networkErrors.vpcCidrNotFound(AssociationId);
    });
  },
});

function without(vpc: VpcRecord, id: string): VpcRecord {
  const others = <T extends { readonly AssociationId?: string | undefined }>(all: T[] = []) =>
    all.filter((each) => each.AssociationId !== id);
  return {
    ...vpc,
    CidrBlockAssociationSet: others(vpc.CidrBlockAssociationSet),
    Ipv6CidrBlockAssociationSet: others(vpc.Ipv6CidrBlockAssociationSet),
  };
}

async function forgetRoutes(draft: NetworkDraft, vpcId: string, cidr: string): Promise<void> {
  for (const table of await draft.inVpc('route-table', vpcId)) {
    const Routes = (table.Routes ?? []).filter(
      (route) =>
        route.Origin !== 'CreateRouteTable' ||
        (route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock) !== cidr,
    );
    draft.put('route-table', { ...table, Routes });
  }
}
