import type { EndpointPlan } from '../../../../compute/network/vpc-plan.ts';
import { zonalNames, type VpcEndpointRecord } from '../endpoints/endpoint.ts';
import { regionOfService } from '../endpoints/services.ts';

/** The interfaces of an endpoint; one that route tables lead to has none. */
export function endpointPlans({ cards, Groups }: VpcEndpointRecord): EndpointPlan[] {
  const groups = Groups.map(({ GroupId = '' }) => GroupId);
  return cards.map(({ NetworkInterfaceId, SubnetId, PrivateIpAddress }) => ({
    ...{ id: NetworkInterfaceId, subnet: SubnetId, address: PrivateIpAddress, groups },
  }));
}

/**
 * What the VPC's resolver says of an endpoint: all its interfaces, those of a zone, and in place of
 * the service's public address where it takes that name.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html#private-dns
 */
export function endpointNames(endpoint: VpcEndpointRecord): [string, string[]][] {
  const { cards, PrivateDnsEnabled, privateDnsName, DnsOptions } = endpoint;
  if (cards.length === 0) return [];
  const { regional, zonal } = zonalNames(endpoint, regionOfService(endpoint.ServiceName));
  const all = cards.map(({ PrivateIpAddress }) => PrivateIpAddress);
  const takesName = PrivateDnsEnabled && !DnsOptions?.PrivateDnsOnlyForInboundResolverEndpoint;
  return [
    [regional, all],
    ...cards.map((card, at): [string, string[]] => [zonal[at] ?? '', [card.PrivateIpAddress]]),
    ...(takesName ? [[privateDnsName, all] as [string, string[]]] : []),
  ];
}
