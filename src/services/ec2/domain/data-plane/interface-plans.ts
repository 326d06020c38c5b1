import type { InterfacePlan, PublicAddressPlan } from '../../../../compute/network/vpc-plan.ts';
import type { ElasticIpsByAddress, Instance } from '../instances/instance.ts';
import type { NetworkInterfaceRecord } from '../interfaces/network-interface.ts';
import { isCarried } from './carried.ts';

/** An interface of a machine, with the VPC that it is in. */
export interface Carried {
  readonly vpc: string;
  readonly region: string;
  readonly plan: InterfacePlan;
}

/** The interfaces of these instances: of each its first, and those that are attached to it. */
export function interfacesOf(
  instances: readonly Instance[],
  records: readonly NetworkInterfaceRecord[],
): Carried[] {
  return instances.flatMap((instance) => [
    firstOf(instance),
    ...records
      .filter(({ attachment }) => attachment?.instanceId === instance.id)
      .filter(() => isCarried(instance))
      .map((record) => furtherOf(instance, record)),
  ]);
}

function firstOf(instance: Instance): Carried {
  const { network, region } = instance;
  const publicAddress = network.elasticIp?.address ?? network.publicAddress;
  const plan = {
    id: network.interfaceId,
    machine: instance.id,
    index: 0,
    subnet: network.subnetId,
    macAddress: network.macAddress,
    addresses: [network.privateAddress, ...(network.further ?? [])],
    ipv6Addresses: network.ipv6Addresses ?? [],
    publicAddresses: published(publicAddress, network.privateAddress, network.furtherElasticIps),
    groups: network.groups.map((group) => group.id),
    sourceDestCheck: network.sourceDestCheck,
    ...hopsOf(instance),
  };
  return { vpc: network.vpcId, region, plan };
}

function furtherOf(instance: Instance, record: NetworkInterfaceRecord): Carried {
  const { addresses, attachment, elasticIp, furtherElasticIps } = record;
  const plan = {
    id: record.NetworkInterfaceId,
    machine: instance.id,
    index: attachment?.deviceIndex ?? 0,
    subnet: record.SubnetId,
    macAddress: record.MacAddress,
    addresses,
    ipv6Addresses: record.ipv6Addresses ?? [],
    publicAddresses: published(elasticIp?.address, addresses[0] ?? '', furtherElasticIps),
    groups: record.Groups.flatMap(({ GroupId }) => GroupId ?? []),
    sourceDestCheck: record.SourceDestCheck,
    ...hopsOf(instance),
  };
  return { vpc: record.VpcId, region: instance.region, plan };
}

function published(
  address: string | undefined,
  primary: string,
  further: ElasticIpsByAddress = {},
): PublicAddressPlan[] {
  const ofPrimary = address === undefined ? [] : [{ address, leadsTo: primary }];
  const others = Object.entries(further).map(([leadsTo, each]) => ({
    address: each.address,
    leadsTo,
  }));
  return [...ofPrimary, ...others];
}

/** AWS limits the answer that holds a token, without which nothing is read where it is required. */
function hopsOf({ settings }: Instance): { metadataHops?: number } {
  const { tokens, hopLimit } = settings.metadata;
  return tokens === 'required' ? { metadataHops: hopLimit } : {};
}
