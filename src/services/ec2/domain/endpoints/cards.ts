import { clear, set } from '../../../../storage/records.ts';
import * as endpointErrors from '../../endpoint-errors.ts';
import * as networkErrors from '../../network-errors.ts';
import type { Ec2Scope } from '../../scope.ts';
import { newMacAddress } from '../interfaces/mac-address.ts';
import type { NetworkDraft } from '../network/network-draft.ts';
import { privateAddressIn } from '../network/private-address.ts';
import type { EndpointCard, VpcEndpointRecord } from './endpoint.ts';

/** Gives an endpoint an interface in each of these subnets, at most one a zone. */
export async function withCards(
  draft: NetworkDraft,
  endpoint: VpcEndpointRecord,
  subnetIds: readonly string[],
  { ids, instances: { addresses } }: Pick<Ec2Scope, 'ids' | 'instances'>,
): Promise<VpcEndpointRecord> {
  const cards: EndpointCard[] = [...endpoint.cards];
  for (const SubnetId of new Set(subnetIds)) {
    if (cards.some((card) => card.SubnetId === SubnetId)) continue;
    const subnet = await draft.find('subnet', SubnetId);
    const { VpcId, AvailabilityZone = '' } = subnet;
    if (VpcId !== endpoint.VpcId) throw networkErrors.belongApart(SubnetId, endpoint.VpcId);
    if (cards.some((card) => card.AvailabilityZone === AvailabilityZone)) {
      throw endpointErrors.zoneTaken(SubnetId);
    }
    const PrivateIpAddress = await privateAddressIn(draft, addresses, subnet, undefined);
    const NetworkInterfaceId = ids.resource('eni');
    const claim = { address: PrivateIpAddress, holder: NetworkInterfaceId };
    draft.write(set(addresses.privateAt(SubnetId, PrivateIpAddress), claim));
    const MacAddress = newMacAddress(ids);
    cards.push({ NetworkInterfaceId, SubnetId, AvailabilityZone, PrivateIpAddress, MacAddress });
  }
  return { ...endpoint, cards };
}

/** Takes an endpoint's interfaces out of these subnets. */
export function withoutCards(
  draft: NetworkDraft,
  endpoint: VpcEndpointRecord,
  subnetIds: readonly string[],
  { instances: { addresses } }: Pick<Ec2Scope, 'instances'>,
): VpcEndpointRecord {
  const leaving = endpoint.cards.filter((card) => subnetIds.includes(card.SubnetId));
  for (const { SubnetId, PrivateIpAddress } of leaving) {
    draft.write(clear(addresses.privateAt(SubnetId, PrivateIpAddress)));
  }
  return { ...endpoint, cards: endpoint.cards.filter((card) => !leaving.includes(card)) };
}
