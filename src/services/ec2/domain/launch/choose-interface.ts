import type {
  InstanceNetworkInterfaceSpecification,
  SecurityGroup,
  Subnet,
} from '@aws-sdk/client-ec2';
import type { Ec2Scope } from '../../scope.ts';
import * as errors from '../../errors.ts';
import {
  askedAddresses,
  namedAddresses,
  type AskedAddresses,
} from '../interfaces/asked-addresses.ts';
import { asFirst } from '../interfaces/first-interface.ts';
import { askedIpv6, type AskedIpv6 } from '../network/ipv6-addresses.ts';
import { checkInSubnet } from '../network/private-address.ts';
import { checkIds, kinds } from '../resource-kinds.ts';
import { chooseSubnet } from './choose-subnet.ts';

/** An interface that each instance of a launch gets. */
export interface PlannedInterface {
  /** Its place at the instance; the first one has 0. */
  readonly index: number;
  readonly subnet: Subnet;
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  /** Those that are not named are chosen at the launch. */
  readonly addresses: AskedAddresses;
  readonly ipv6: AskedIpv6;
  readonly description: string;
  readonly deleteOnTermination: boolean;
  /** The ID of one that is there already, whose record has addresses and the rest. */
  readonly existing?: string;
}

type Asked = InstanceNetworkInterfaceSpecification;

/** What the record of an existing interface says and a launch therefore does not. */
const SAID_BY_RECORD = [
  ...(['SubnetId', 'Groups', 'Description', 'PrivateIpAddress', 'PrivateIpAddresses'] as const),
  ...(['SecondaryPrivateIpAddressCount', 'AssociatePublicIpAddress'] as const),
  ...(['Ipv6AddressCount', 'Ipv6Addresses'] as const),
];

/**
 * @param zone which a subnet that is not named is the default one of; any where undefined
 * @param count how many instances there may be
 */
export async function chooseInterface(
  asked: Asked,
  names: readonly string[],
  zone: string | undefined,
  count: number,
  scope: Ec2Scope,
): Promise<PlannedInterface> {
  const { DeviceIndex: index = 0, NetworkInterfaceId } = asked;
  if (NetworkInterfaceId) return existingInterface(asked, NetworkInterfaceId, count, scope);
  const { caller, networks } = scope;
  const subnet = await chooseSubnet(caller, networks, asked.SubnetId, zone);
  const addresses = askedAddresses(asked);
  const ipv6 = askedIpv6(subnet, asked);
  const named = namedAddresses(addresses);
  if (count > 1 && named.length + ipv6.named.length > 0) {
    throw errors.combination(
      'A private IP address cannot be specified when launching multiple instances',
    );
  }
  for (const address of named) checkInSubnet(address, subnet.CidrBlock ?? '');
  const all = await networks.list('security-group', caller);
  return {
    ...{ index, subnet, addresses, ipv6 },
    groups: chooseGroups(all, subnet, asked.Groups ?? [], names),
    description: asked.Description ?? '',
    deleteOnTermination: asked.DeleteOnTermination ?? true,
  };
}

/** Whether it is free is seen when the order is placed: a repeated request finds it in use, by itself. */
async function existingInterface(
  asked: Asked,
  id: string,
  count: number,
  { caller, networks, instances }: Ec2Scope,
): Promise<PlannedInterface> {
  const said = SAID_BY_RECORD.find((name) => {
    const value = asked[name];
    return Array.isArray(value) ? value.length > 0 : value !== undefined;
  });
  if (said !== undefined) {
    const parameter = `${said.charAt(0).toLowerCase()}${said.slice(1)}`.replace(
      'PublicIp',
      'PublicIP',
    );
    throw errors.combination(
      `The ${parameter} parameter cannot be specified for a network interface with an ID`,
    );
  }
  if (asked.DeleteOnTermination) {
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceNetworkInterfaceSpecification.html
    throw errors.combination(
      'The deleteOnTermination parameter can be true for a new network interface only',
    );
  }
  if (count > 1) {
    throw errors.combination(
      'A network interface ID cannot be specified when launching multiple instances',
    );
  }
  checkIds(kinds.networkInterface, [id]);
  const record = await networks.get('network-interface', caller, id);
  const owner = (await instances.list(caller)).find(
    ({ state, network }) => state !== 'terminated' && network.interfaceId === id,
  );
  const place = record ? { ...asFirst(record), subnetId: record.SubnetId } : owner?.network;
  const subnet = place && (await networks.get('subnet', caller, place.subnetId));
  if (!subnet) throw kinds.networkInterface.notFound([id]);
  return {
    ...{ index: asked.DeviceIndex ?? 0, subnet, existing: id },
    groups: place.groups,
    addresses: { primary: undefined, further: [], count: 0 },
    ipv6: { named: [], count: 0 },
    description: place.description,
    deleteOnTermination: false,
  };
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
