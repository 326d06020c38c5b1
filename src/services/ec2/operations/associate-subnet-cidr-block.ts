import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { checkSubnetIpv6 } from '../domain/network/cidr-rules.ts';
import { newSubnetIpv6Block } from '../domain/network/new-subnet.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Gives a subnet its IPv6 block, of which it has one at most. */
export const associateSubnetCidrBlock = operation(model.AssociateSubnetCidrBlock, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('AssociateSubnetCidrBlock', kinds.subnet, input.SubnetId, caller),
  async handle(input, { caller, ids, networks }) {
    refuseMembers('AssociateSubnetCidrBlock', input, ['Ipv6IpamPoolId', 'Ipv6NetmaskLength']);
    if (!input.SubnetId) throw errors.missingParameter('subnetId');
    if (!input.Ipv6CidrBlock) throw errors.missingParameter('ipv6CidrBlock');
    const { SubnetId, Ipv6CidrBlock } = input;
    return networks.change(caller, async (draft) => {
      const subnet = await draft.take('subnet', SubnetId);
      const { VpcId = '' } = subnet;
      const vpc = await draft.find('vpc', VpcId);
      const cidr = checkSubnetIpv6(vpc, await draft.inVpc('subnet', VpcId), Ipv6CidrBlock);
      if (subnet.Ipv6CidrBlockAssociationSet?.length) throw networkErrors.cidrLimit(SubnetId, 1);
      const block = newSubnetIpv6Block(ids, cidr);
      draft.put('subnet', { ...subnet, Ipv6CidrBlockAssociationSet: [block] });
      const Ipv6CidrBlockState = { State: 'associating' as const };
      return { SubnetId, Ipv6CidrBlockAssociation: { ...block, Ipv6CidrBlockState } };
    });
  },
});
