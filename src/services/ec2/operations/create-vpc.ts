import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { checkVpcCidr } from '../domain/network/cidr-rules.ts';
import { drawIpv6Cidr, drawVpc } from '../domain/network/new-vpc.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** A VPC with its main route table, default ACL and default group. */
export const createVpc = operation(model.CreateVpc, {
  recorded: isOnlyRecorded,
  authorize: (_, { caller }: Ec2Scope) => onResource('CreateVpc', kinds.vpc, undefined, caller),
  async handle(input, { caller, ids, networks }) {
    refuseMembers('CreateVpc', input, [
      'Ipv6Pool',
      'Ipv6CidrBlock',
      'Ipv4IpamPoolId',
      'Ipv4NetmaskLength',
      'Ipv6IpamPoolId',
      'Ipv6NetmaskLength',
      'VpcEncryptionControl',
    ]);
    const cidr = checkVpcCidr(input.CidrBlock);
    if (input.InstanceTenancy && input.InstanceTenancy !== 'default') {
      throw errors.unsupported('Alacarte has no dedicated hosts: only default tenancy is offered.');
    }
    const tags = tagsOfNew(caller, kinds.vpc, input.TagSpecifications);
    const ipv6 = input.AmazonProvidedIpv6CidrBlock ? { ipv6Cidr: drawIpv6Cidr(ids) } : {};
    const vpc = await networks.change(caller, (draft) =>
      drawVpc({ draft, place: caller, ids }, { cidr, ...ipv6, tags }),
    );
    return { Vpc: { ...vpc, State: 'pending' as const, Tags: wireTags(tags) } };
  },
});
