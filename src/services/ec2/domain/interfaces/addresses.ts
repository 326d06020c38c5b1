import { set } from '../../../../storage/records.ts';
import type { Ec2Scope } from '../../scope.ts';
import type { ElasticIpsByAddress } from '../instances/instance.ts';
import type { NetworkDraft } from '../network/network-draft.ts';
import type { NamedInterface } from './named.ts';

/** Where an interface is, wherever it is recorded. */
export interface InterfacePlace {
  readonly id: string;
  readonly vpcId: string;
  readonly subnetId: string;
  /** The primary one first. */
  readonly addresses: readonly string[];
  readonly ipv6Addresses: readonly string[];
  /** Who its addresses are taken for. */
  readonly holder: string;
}

export function placeOf({ record, instance }: NamedInterface): InterfacePlace {
  if (record) {
    const { NetworkInterfaceId: id, VpcId: vpcId, SubnetId: subnetId, addresses } = record;
    return {
      id,
      vpcId,
      subnetId,
      addresses,
      ipv6Addresses: record.ipv6Addresses ?? [],
      holder: id,
    };
  }
  const { interfaceId: id, vpcId, subnetId, ...network } = instance.network;
  const { privateAddress, further = [], ipv6Addresses = [] } = network;
  const addresses = [privateAddress, ...further];
  return { id, vpcId, subnetId, addresses, ipv6Addresses, holder: instance.id };
}

/** Records which further addresses an interface has. The elastic IPs of those that go are free again. */
export function recordFurther(
  draft: NetworkDraft,
  { record, instance }: NamedInterface,
  further: readonly string[],
  { instances }: Pick<Ec2Scope, 'instances'>,
): void {
  if (record) {
    const addresses = [...record.addresses.slice(0, 1), ...further];
    return draft.put('network-interface', { ...only(record, further), addresses });
  }
  const network = { ...only(instance.network, further), further };
  draft.write(set(instances.at(instance), { ...instance, network }));
}

/** Records which IPv6 addresses an interface has. */
export function recordIpv6(
  draft: NetworkDraft,
  { record, instance }: NamedInterface,
  ipv6Addresses: readonly string[],
  { instances }: Pick<Ec2Scope, 'instances'>,
): void {
  if (record) return draft.put('network-interface', { ...record, ipv6Addresses });
  const network = { ...instance.network, ipv6Addresses };
  draft.write(set(instances.at(instance), { ...instance, network }));
}

function only<T extends { readonly furtherElasticIps?: ElasticIpsByAddress }>(
  holder: T,
  addresses: readonly string[],
): T {
  const { furtherElasticIps } = holder;
  if (!furtherElasticIps) return holder;
  const kept = Object.entries(furtherElasticIps).filter(([address]) => addresses.includes(address));
  return { ...holder, furtherElasticIps: Object.fromEntries(kept) };
}
