import type {
  DnsEntry,
  DnsOptionsSpecification,
  GroupIdentifier,
  NetworkInterface,
  Subnet,
  VpcEndpoint,
} from '@aws-sdk/client-ec2';
import type { Place } from '../place.ts';
import type { EndpointType } from './services.ts';

/** A way from a VPC to a service: for its route tables, or by interfaces in its subnets. */
export interface VpcEndpointRecord {
  readonly VpcEndpointId: string;
  readonly VpcEndpointType: EndpointType;
  readonly VpcId: string;
  readonly ServiceName: string;
  readonly PolicyDocument: string;
  readonly RouteTableIds: readonly string[];
  readonly Groups: readonly GroupIdentifier[];
  readonly cards: readonly EndpointCard[];
  readonly PrivateDnsEnabled: boolean;
  readonly privateDnsName: string;
  readonly DnsOptions?: DnsOptionsSpecification;
  /** What its names begin with. */
  readonly label: string;
  readonly createdAtMs: number;
}

/** Its interface in one subnet. */
export interface EndpointCard {
  readonly NetworkInterfaceId: string;
  readonly SubnetId: string;
  readonly AvailabilityZone: string;
  readonly PrivateIpAddress: string;
  readonly MacAddress: string;
}

// Hosted zones of AWS that hold endpoints' names; their IDs differ from region to region.
const ENDPOINTS_ZONE = 'Z7HUB22UULQXV';
const SERVICE_ZONE = 'Z1YSA3EXCYUU9Z';

/** What lets everybody do everything, where a request says nothing else. */
export const FULL_ACCESS = JSON.stringify({
  Version: '2008-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
});

/** An endpoint as DescribeVpcEndpoints shows it, without tags. */
export function wireEndpoint(endpoint: VpcEndpointRecord, { account, region }: Place): VpcEndpoint {
  const isInterface = endpoint.VpcEndpointType === 'Interface';
  return {
    VpcEndpointId: endpoint.VpcEndpointId,
    VpcEndpointType: endpoint.VpcEndpointType,
    VpcId: endpoint.VpcId,
    ServiceName: endpoint.ServiceName,
    ServiceRegion: region,
    // What AWS says, whatever its model lists.
    State: 'available' as 'Available',
    PolicyDocument: endpoint.PolicyDocument,
    RouteTableIds: [...endpoint.RouteTableIds],
    SubnetIds: endpoint.cards.map((card) => card.SubnetId),
    NetworkInterfaceIds: endpoint.cards.map((card) => card.NetworkInterfaceId),
    Groups: [...endpoint.Groups],
    PrivateDnsEnabled: endpoint.PrivateDnsEnabled,
    RequesterManaged: false,
    DnsEntries: isInterface ? dnsEntries(endpoint, region) : [],
    ...(isInterface && {
      IpAddressType: 'ipv4' as const,
      DnsOptions: { DnsRecordIpType: 'ipv4' as const, ...endpoint.DnsOptions },
    }),
    CreationTimestamp: new Date(endpoint.createdAtMs),
    OwnerId: account,
  };
}

/** The names that lead to all interfaces of an endpoint, and to each one alone. */
export function zonalNames(
  { VpcEndpointId, label, ServiceName, cards }: VpcEndpointRecord,
  region: string,
): { readonly regional: string; readonly zonal: readonly string[] } {
  const short = ServiceName.slice(ServiceName.indexOf(region) + region.length + 1);
  const domain = `${short.split('.').toReversed().join('.')}.${region}.vpce.amazonaws.com`;
  const first = `${VpcEndpointId}-${label}`;
  return {
    regional: `${first}.${domain}`,
    zonal: cards.map((card) => `${first}-${card.AvailabilityZone}.${domain}`),
  };
}

/** The names of an interface endpoint: of its region, of each zone, and the service's own. */
function dnsEntries(endpoint: VpcEndpointRecord, region: string): DnsEntry[] {
  const { PrivateDnsEnabled, privateDnsName } = endpoint;
  const { regional, zonal } = zonalNames(endpoint, region);
  return [
    ...[regional, ...zonal].map((DnsName) => ({ DnsName, HostedZoneId: ENDPOINTS_ZONE })),
    ...(PrivateDnsEnabled ? [{ DnsName: privateDnsName, HostedZoneId: SERVICE_ZONE }] : []),
  ];
}

/** Its interfaces, which nobody changes but the endpoint. */
export function interfacesOfEndpoint(
  { VpcEndpointId, VpcId, Groups, cards }: VpcEndpointRecord,
  subnets: readonly Subnet[],
  { account }: Place,
): NetworkInterface[] {
  return cards.map(({ PrivateIpAddress, ...card }) => ({
    ...card,
    // What AWS says, whatever its model lists.
    InterfaceType: 'vpc_endpoint' as 'interface',
    Description: `VPC Endpoint Interface ${VpcEndpointId}`,
    OwnerId: account,
    RequesterManaged: true,
    Operator: { Managed: false },
    VpcId,
    AvailabilityZoneId: subnets.find(({ SubnetId }) => SubnetId === card.SubnetId)
      ?.AvailabilityZoneId,
    Status: 'in-use',
    SourceDestCheck: true,
    Groups: [...Groups],
    PrivateIpAddress,
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress }],
  }));
}
