import type { RunInstancesRequest, SecurityGroup, Subnet } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import {
  askedAddresses,
  namedAddresses,
  type AskedAddresses,
} from '../interfaces/asked-addresses.ts';
import type { Networks } from '../network/networks.ts';
import { checkInSubnet } from '../network/private-address.ts';
import type { Place } from '../place.ts';
import { checkIds, kinds } from '../resource-kinds.ts';

/** Where a launch's instances will be. */
export interface NetworkPlan {
  readonly subnet: Subnet;
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  /** Those that are not named are chosen at the launch. */
  readonly addresses: AskedAddresses;
  readonly publicAddress: boolean;
  readonly description: string;
}

/** @throws InvalidSubnetID.NotFound, InvalidGroup.NotFound, InvalidParameterCombination, … */
export async function chooseNetwork(
  place: Place,
  networks: Networks,
  input: RunInstancesRequest,
): Promise<NetworkPlan> {
  const [card] = input.NetworkInterfaces ?? [];
  if (card && input.SubnetId) {
    throw errors.combination(
      'Network interfaces and an instance-level subnet ID may not be specified on the same request',
    );
  }
  if (card && (input.SecurityGroupIds?.length || input.SecurityGroups?.length)) {
    throw errors.combination(
      'Network interfaces and an instance-level security groups may not be specified on the same request',
    );
  }
  if (card?.DeviceIndex)
    throw errors.combination('The primary network interface must have the device index 0.');
  const zone = input.Placement?.AvailabilityZone;
  const subnet = await chooseSubnet(place, networks, card?.SubnetId ?? input.SubnetId, zone);
  if (subnet.AssignIpv6AddressOnCreation) {
    throw errors.unsupported('Alacarte does not give IPv6 addresses to instances yet.');
  }
  const PrivateIpAddress = input.PrivateIpAddress ?? card?.PrivateIpAddress;
  const addresses = askedAddresses({ ...card, PrivateIpAddress });
  for (const address of namedAddresses(addresses)) {
    checkPrivateAddress(address, subnet, input.MaxCount ?? 1);
  }
  return {
    subnet,
    groups: chooseGroups(
      await networks.list('security-group', place),
      subnet,
      card?.Groups ?? input.SecurityGroupIds ?? [],
      input.SecurityGroups ?? [],
    ),
    addresses,
    publicAddress: card?.AssociatePublicIpAddress ?? subnet.MapPublicIpOnLaunch ?? false,
    description: card?.Description ?? '',
  };
}

async function chooseSubnet(
  place: Place,
  networks: Networks,
  id: string | undefined,
  zone: string | undefined,
): Promise<Subnet> {
  if (id) {
    checkIds(kinds.subnet, [id]);
    const subnet = await networks.get('subnet', place, id);
    if (!subnet) throw kinds.subnet.notFound([id]);
    if (zone && subnet.AvailabilityZone !== zone) {
      throw errors.invalidParameter(
        `The availability zone '${zone}' does not match the zone '${subnet.AvailabilityZone}' of the subnet '${id}'`,
      );
    }
    return subnet;
  }
  const defaults = (await networks.list('subnet', place))
    .filter((subnet) => subnet.DefaultForAz)
    .toSorted((a, b) => ((a.AvailabilityZone ?? '') < (b.AvailabilityZone ?? '') ? -1 : 1));
  const chosen = defaults.find((subnet) => !zone || subnet.AvailabilityZone === zone);
  if (!chosen) throw errors.invalidParameter(`Invalid availability zone: [${zone}]`);
  return chosen;
}

function chooseGroups(
  all: readonly SecurityGroup[],
  subnet: Subnet,
  ids: readonly string[],
  names: readonly string[],
): { id: string; name: string }[] {
  checkIds(kinds.securityGroup, ids);
  const inVpc = all.filter((group) => group.VpcId === subnet.VpcId);
  const missing = ids.filter((id) => !inVpc.some((group) => group.GroupId === id));
  if (missing[0]) throw kinds.securityGroup.notFound([missing[0]]);
  for (const name of names) {
    if (!inVpc.some((group) => group.GroupName === name)) {
      throw errors.groupNameNotFound(name, subnet.VpcId ?? '');
    }
  }
  const wanted = ids.length + names.length > 0;
  return inVpc
    .filter((group) =>
      wanted
        ? ids.includes(group.GroupId ?? '') || names.includes(group.GroupName ?? '')
        : group.GroupName === 'default',
    )
    .map((group) => ({ id: group.GroupId ?? '', name: group.GroupName ?? '' }));
}

function checkPrivateAddress(address: string, subnet: Subnet, count: number): void {
  if (count > 1) {
    throw errors.combination(
      'A private IP address cannot be specified when launching multiple instances',
    );
  }
  checkInSubnet(address, subnet.CidrBlock ?? '');
}
