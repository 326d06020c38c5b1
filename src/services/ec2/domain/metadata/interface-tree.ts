import type { Subnet } from '@aws-sdk/client-ec2';
import type { ElasticIpsByAddress, Instance } from '../instances/instance.ts';
import { privateDnsName } from '../instances/names.ts';
import { publicAddressOf } from '../instances/wire.ts';
import type { NetworkInterfaceRecord } from '../interfaces/network-interface.ts';
import { canonicalCidr } from '../network/cidr.ts';
import type { Tree } from './tree.ts';

/** An interface as its machine is told of it. */
export interface ToldInterface {
  readonly index: number;
  readonly id: string;
  readonly mac: string;
  /** The primary one first. */
  readonly addresses: readonly string[];
  readonly ipv6Addresses: readonly string[];
  /** Leads to the primary address. */
  readonly publicAddress: string | undefined;
  /** Of the further addresses, by these. */
  readonly furtherElasticIps: ElasticIpsByAddress;
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  readonly subnetId: string;
  readonly subnetCidr: string;
}

export function firstInterface(instance: Instance): ToldInterface {
  const { interfaceId: id, macAddress: mac, privateAddress, ...network } = instance.network;
  const { further = [], furtherElasticIps = {}, ipv6Addresses = [] } = network;
  const publicAddress = publicAddressOf(instance);
  const addresses = [privateAddress, ...further];
  return {
    ...network,
    ...{ index: 0, id, mac, addresses, ipv6Addresses, publicAddress, furtherElasticIps },
  };
}

export function furtherInterface(
  record: NetworkInterfaceRecord,
  subnets: readonly Subnet[],
): ToldInterface {
  const { NetworkInterfaceId: id, MacAddress: mac, SubnetId: subnetId, addresses } = record;
  return {
    ...{ id, mac, subnetId, addresses },
    index: record.attachment?.deviceIndex ?? 0,
    ipv6Addresses: record.ipv6Addresses ?? [],
    publicAddress: record.elasticIp?.address,
    furtherElasticIps: record.furtherElasticIps ?? {},
    groups: record.Groups.map(({ GroupId = '', GroupName = '' }) => ({
      id: GroupId,
      name: GroupName,
    })),
    subnetCidr: subnets.find((subnet) => subnet.SubnetId === subnetId)?.CidrBlock ?? '',
  };
}

/** The blocks of a VPC, the primary one first. */
export interface VpcBlocks {
  readonly ipv4: readonly string[];
  readonly ipv6: readonly string[];
}

/** What is below `network/interfaces/macs/`. */
export function interfaceTrees(
  interfaces: readonly ToldInterface[],
  instance: Instance,
  blocks: VpcBlocks,
): Tree {
  return Object.fromEntries(
    interfaces.map((one) => [one.mac, interfaceTree(one, instance, blocks)]),
  );
}

function interfaceTree(
  one: ToldInterface,
  { network, account, region }: Instance,
  { ipv4, ipv6 }: VpcBlocks,
): Tree {
  const { publicAddress, addresses, ipv6Addresses, groups } = one;
  const [primary = ''] = addresses;
  const associations = [
    ...(publicAddress ? [[publicAddress, primary]] : []),
    ...Object.entries(one.furtherElasticIps).map(([address, each]) => [each.address, address]),
  ];
  return {
    'device-number': String(one.index),
    'interface-id': one.id,
    ...(associations.length > 0 && {
      'ipv4-associations': Object.fromEntries(associations) as Record<string, string>,
    }),
    ...(ipv6Addresses.length > 0 && {
      ipv6s: ipv6Addresses.join('\n'),
      'subnet-ipv6-cidr-blocks': canonicalCidr(`${ipv6Addresses[0]}/64`, 6),
      'vpc-ipv6-cidr-blocks': ipv6.join('\n'),
    }),
    'local-hostname': privateDnsName(region, primary),
    'local-ipv4s': addresses.join('\n'),
    mac: one.mac,
    'owner-id': account,
    ...(publicAddress && { 'public-hostname': publicAddress }),
    ...(associations.length > 0 && {
      'public-ipv4s': associations.map(([address]) => address).join('\n'),
    }),
    'security-group-ids': groups.map(({ id }) => id).join('\n'),
    'security-groups': groups.map(({ name }) => name).join('\n'),
    'subnet-id': one.subnetId,
    'subnet-ipv4-cidr-block': one.subnetCidr,
    'vpc-id': network.vpcId,
    'vpc-ipv4-cidr-block': ipv4[0],
    'vpc-ipv4-cidr-blocks': ipv4.join('\n'),
  };
}
