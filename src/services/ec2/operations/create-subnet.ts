import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { checkSubnetCidr, checkSubnetIpv6 } from '../domain/network/cidr-rules.ts';
import { drawSubnet } from '../domain/network/new-subnet.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { zonesOf, type Zone } from '../domain/regions.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** A subnet under its VPC's main route table and default ACL. */
export const createSubnet = operation(model.CreateSubnet, {
  recorded: isOnlyRecorded,
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('CreateSubnet', kinds.subnet, undefined, caller),
  async handle(input, { caller, ids, networks, instances }) {
    refuseMembers('CreateSubnet', input, [
      'OutpostArn',
      'Ipv6Native',
      'Ipv4IpamPoolId',
      'Ipv4NetmaskLength',
      'Ipv6IpamPoolId',
      'Ipv6NetmaskLength',
    ]);
    if (!input.VpcId) throw errors.missingParameter('vpcId');
    const { VpcId: vpcId, CidrBlock, Ipv6CidrBlock } = input;
    const zone = chooseZone(caller.region, input.AvailabilityZone, input.AvailabilityZoneId);
    const tags = tagsOfNew(caller, kinds.subnet, input.TagSpecifications);
    const subnet = await networks.change(caller, async (draft) => {
      const vpc = await draft.find('vpc', vpcId);
      const others = await draft.inVpc('subnet', vpcId);
      const cidr = checkSubnetCidr(vpc, others, CidrBlock);
      const ipv6 = Ipv6CidrBlock && { ipv6Cidr: checkSubnetIpv6(vpc, others, Ipv6CidrBlock) };
      const drafting = { draft, place: caller, ids };
      return drawSubnet(drafting, { vpcId, zone, cidr, ...ipv6, tags });
    });
    const AvailableIpAddressCount = await instances.addresses.countFree(subnet);
    return { Subnet: { ...subnet, AvailableIpAddressCount, Tags: wireTags(tags) } };
  },
});

/** The zone by its name or ID; the region's first where neither is given. */
function chooseZone(region: string, name: string | undefined, id: string | undefined): Zone {
  if (name && id) {
    throw errors.combination(
      "Only one of 'availabilityZone' and 'availabilityZoneId' may be given",
    );
  }
  const zones = zonesOf(region);
  const zone = zones.find((each) => (id ? each.id === id : name ? each.name === name : true));
  if (zone) return zone;
  const names = zones.map((each) => (id ? each.id : each.name)).join(', ');
  throw errors.invalidValue(
    id ?? name ?? '',
    id ? 'availabilityZoneId' : 'availabilityZone',
    `Subnets can currently only be created in the following availability zones: ${names}.`,
  );
}
