import type { Subnet } from '@aws-sdk/client-ec2';
import type { ElasticIpsByAddress, Instance } from '../instances/instance.ts';
import { privateDnsName } from '../instances/names.ts';
import { publicAddressOf } from '../instances/wire.ts';
import type { NetworkInterfaceRecord } from '../interfaces/network-interface.ts';
import type { Tree } from './tree.ts';

/** An interface as its machine is told of it. */
export interface ToldInterface {
  readonly index: number;
  readonly id: string;
  readonly mac: string;
  /** The primary one first. */
  readonly addresses: readonly string[];
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
  const { further = [], furtherElasticIps = {} } = network;
  const publicAddress = publicAddressOf(instance);
  const addresses = [privateAddress, ...further];
  return { ...network, index: 0, id, mac, addresses, publicAddress, furtherElasticIps };
}

export function furtherInterface(
  record: NetworkInterfaceRecord,
  subnets: readonly Subnet[],
): ToldInterface {
  const { NetworkInterfaceId: id, MacAddress: mac, SubnetId: subnetId, addresses } = record;
  return {
    ...{ id, mac, subnetId, addresses },
    index: record.attachment?.deviceIndex ?? 0,
    publicAddress: record.elasticIp?.address,
    furtherElasticIps: record.furtherElasticIps ?? {},
    groups: record.Groups.map(({ GroupId = '', GroupName = '' }) => ({
      id: GroupId,
      name: GroupName,
    })),
    subnetCidr: subnets.find((subnet) => subnet.SubnetId === subnetId)?.CidrBlock ?? '',
  };
}

/** What is below `network/interfaces/macs/`. */
export function interfaceTrees(
  interfaces: readonly ToldInterface[],
  instance: Instance,
  vpcCidrs: readonly string[],
): Tree {
  return Object.fromEntries(
    interfaces.map((one) => [one.mac, interfaceTree(one, instance, vpcCidrs)]),
  );
}

function interfaceTree(
  one: ToldInterface,
  { network, account, region }: Instance,
  vpcCidrs: readonly string[],
): Tree {
  const { publicAddress, addresses, groups } = one;
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
    'vpc-ipv4-cidr-block': vpcCidrs[0],
    'vpc-ipv4-cidr-blocks': vpcCidrs.join('\n'),
  };
}
