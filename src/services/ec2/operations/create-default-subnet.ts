import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { firstFreeBlock } from '../domain/network/cidr-rules.ts';
import { DEFAULT_SUBNET_BITS } from '../domain/network/default-network.ts';
import { drawSubnet } from '../domain/network/new-subnet.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { zonesOf } from '../domain/regions.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Makes a zone's default subnet again where it was deleted. */
export const createDefaultSubnet = operation(model.CreateDefaultSubnet, {
  recorded: isOnlyRecorded,
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('CreateDefaultSubnet', kinds.subnet, undefined, caller),
  async handle(input, { caller, ids, networks, instances }) {
    refuseMembers('CreateDefaultSubnet', input, ['Ipv6Native']);
    const { AvailabilityZone: name, AvailabilityZoneId: id } = input;
    if (!name && !id) throw errors.missingParameter('availabilityZone');
    const zone = zonesOf(caller.region).find((each) =>
      name ? each.name === name : each.id === id,
    );
    if (!zone) throw errors.invalidParameter(`Invalid availability zone: [${name ?? id}]`);
    const subnet = await networks.change(caller, async (draft) => {
      const vpc = (await draft.list('vpc')).find((each) => each.IsDefault);
      if (!vpc?.VpcId) throw networkErrors.noDefaultVpcForSubnet();
      const others = await draft.inVpc('subnet', vpc.VpcId);
      const isThere = others.some(
        (each) => each.DefaultForAz && each.AvailabilityZone === zone.name,
      );
      if (isThere) throw networkErrors.defaultSubnetExists(zone.name);
      const cidr = firstFreeBlock(vpc, others, DEFAULT_SUBNET_BITS);
      if (!cidr) throw networkErrors.noRoomForDefaultSubnet(vpc.VpcId);
      const drafting = { draft, place: caller, ids };
      return drawSubnet(drafting, { vpcId: vpc.VpcId, zone, cidr, isDefault: true });
    });
    const AvailableIpAddressCount = await instances.addresses.countFree(subnet);
    return { Subnet: { ...subnet, AvailableIpAddressCount, Tags: [] } };
  },
});
