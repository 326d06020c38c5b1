import * as endpointErrors from '../../endpoint-errors.ts';
import * as networkErrors from '../../network-errors.ts';
import { groupsIn } from '../interfaces/groups.ts';
import type { NetworkDraft } from '../network/network-draft.ts';
import type { Place } from '../place.ts';
import { prefixListOfService } from '../prefix-lists/kept-by-aws.ts';
import type { VpcEndpointRecord } from './endpoint.ts';

/** Has these tables lead to a gateway endpoint as well; each table has one for a service. */
export async function withTables(
  draft: NetworkDraft,
  endpoint: VpcEndpointRecord,
  tableIds: readonly string[],
  { region }: Place,
): Promise<VpcEndpointRecord> {
  const { VpcEndpointId, VpcId, ServiceName } = endpoint;
  const others = (await draft.inVpc('vpc-endpoint', VpcId)).filter(
    (each) => each.ServiceName === ServiceName && each.VpcEndpointId !== VpcEndpointId,
  );
  for (const id of tableIds) {
    const table = await draft.find('route-table', id);
    if (table.VpcId !== VpcId) throw networkErrors.belongApart(`route table ${id}`, VpcId);
    if (others.some(({ RouteTableIds }) => RouteTableIds.includes(id))) {
      const list = prefixListOfService(region, ServiceName);
      throw endpointErrors.routeToServiceExists(id, list?.PrefixListId ?? ServiceName);
    }
  }
  return { ...endpoint, RouteTableIds: [...new Set([...endpoint.RouteTableIds, ...tableIds])] };
}

/** Puts an endpoint's interfaces into these groups; into the VPC's default one for none. */
export async function withGroups(
  draft: NetworkDraft,
  endpoint: VpcEndpointRecord,
  groupIds: readonly string[],
): Promise<VpcEndpointRecord> {
  // No launch or deletion of a group comes between this look and the commit.
  for (const id of groupIds) await draft.take('security-group', id);
  return { ...endpoint, Groups: await groupsIn(draft, endpoint.VpcId, groupIds) };
}

/**
 * Whether an endpoint may take the name that clients call without it.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html#private-dns
 *
 * @throws InvalidParameter
 */
export async function checkPrivateDns(
  draft: NetworkDraft,
  endpoint: VpcEndpointRecord,
): Promise<void> {
  const { VpcEndpointId, VpcId, ServiceName, privateDnsName } = endpoint;
  if (!endpoint.PrivateDnsEnabled) return;
  const { EnableDnsSupport, EnableDnsHostnames } = await draft.find('vpc', VpcId);
  if (!EnableDnsSupport || !EnableDnsHostnames) throw endpointErrors.privateDnsNeedsVpcDns(VpcId);
  const others = (await draft.inVpc('vpc-endpoint', VpcId)).filter(
    (each) => each.ServiceName === ServiceName && each.VpcEndpointId !== VpcEndpointId,
  );
  if (others.some((each) => each.PrivateDnsEnabled)) {
    throw endpointErrors.privateDnsConflict(privateDnsName, VpcId);
  }
  const isInboundOnly = endpoint.DnsOptions?.PrivateDnsOnlyForInboundResolverEndpoint ?? false;
  if (isInboundOnly && !others.some((each) => each.VpcEndpointType === 'Gateway')) {
    throw endpointErrors.inboundDnsNeedsGateway(VpcId);
  }
}
