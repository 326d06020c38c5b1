import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Takes a subnet's IPv6 block from it, of which nothing may have an address. */
export const disassociateSubnetCidrBlock = operation(model.DisassociateSubnetCidrBlock, {
  recorded: isOnlyRecorded,
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('DisassociateSubnetCidrBlock', kinds.subnet, undefined, caller),
  async handle(input, { caller, networks, instances }) {
    if (!input.AssociationId) throw errors.missingParameter('associationId');
    const { AssociationId } = input;
    return networks.change(caller, async (draft) => {
      const isIt = (block: { readonly AssociationId?: string | undefined }) =>
        block.AssociationId === AssociationId;
      const found = (await draft.list('subnet')).find((each) =>
        each.Ipv6CidrBlockAssociationSet?.some(isIt),
      );
      if (!found?.SubnetId) throw networkErrors.subnetCidrNotFound(AssociationId);
      const { SubnetId } = found;
      const subnet = await draft.take('subnet', SubnetId);
      if (await instances.addresses.anyIpv6Claimed(SubnetId)) {
        throw networkErrors.subnetCidrInUse(AssociationId);
      }
      const block = subnet.Ipv6CidrBlockAssociationSet?.find(isIt);
      draft.put('subnet', {
        ...subnet,
        Ipv6CidrBlockAssociationSet: [],
        AssignIpv6AddressOnCreation: false,
      });
      const Ipv6CidrBlockState = { State: 'disassociating' as const };
      return { SubnetId, Ipv6CidrBlockAssociation: { ...block, Ipv6CidrBlockState } };
    });
  },
});
