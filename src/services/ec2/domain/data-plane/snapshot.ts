import type {
  EgressOnlyInternetGateway,
  InternetGateway,
  NetworkAcl,
  RouteTable,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
} from '@aws-sdk/client-ec2';
import type { VpcEndpointRecord } from '../endpoints/endpoint.ts';
import type { Instance } from '../instances/instance.ts';
import type { NetworkInterfaceRecord } from '../interfaces/network-interface.ts';
import type { Instances } from '../instances/instances.ts';
import type { Networks } from '../network/networks.ts';
import type { NatGatewayRecord, VpcRecord } from '../network/recorded.ts';
import type { PeeringRecord } from '../peering/peering.ts';
import type { Place } from '../place.ts';
import { prefixListsOfAws } from '../prefix-lists/kept-by-aws.ts';
import type { PrefixListRecord } from '../prefix-lists/prefix-list.ts';

/** All records that say where packets go and whether they may, of the places that have machines. */
export interface Snapshot {
  /** Those whose machines are on, or about to be. */
  readonly instances: readonly Instance[];
  /** Those that were made by themselves. */
  readonly interfaces: readonly NetworkInterfaceRecord[];
  readonly vpcs: readonly VpcRecord[];
  readonly subnets: readonly Subnet[];
  readonly routeTables: readonly RouteTable[];
  readonly internetGateways: readonly InternetGateway[];
  readonly egressOnlyGateways: readonly EgressOnlyInternetGateway[];
  readonly natGateways: readonly NatGatewayRecord[];
  readonly peerings: readonly PeeringRecord[];
  readonly acls: readonly NetworkAcl[];
  readonly groups: readonly SecurityGroup[];
  readonly rules: readonly SecurityGroupRule[];
  /** AWS's too. */
  readonly prefixLists: readonly PrefixListRecord[];
  readonly endpoints: readonly VpcEndpointRecord[];
}

export async function takeSnapshot(instances: Instances, networks: Networks): Promise<Snapshot> {
  const machines: Instance[] = [];
  const places = new Map<string, Place>();
  for await (const instance of instances.everywhere()) {
    if (!ON.has(instance.state)) continue;
    machines.push(instance);
    places.set(`${instance.account}/${instance.region}`, instance);
  }
  const everywhere = async <Type extends Parameters<Networks['list']>[0]>(type: Type) =>
    (await Promise.all([...places.values()].map((place) => networks.list(type, place)))).flat();
  return {
    instances: machines,
    interfaces: await everywhere('network-interface'),
    vpcs: await everywhere('vpc'),
    subnets: await everywhere('subnet'),
    routeTables: await everywhere('route-table'),
    internetGateways: await everywhere('internet-gateway'),
    egressOnlyGateways: await everywhere('egress-only-internet-gateway'),
    natGateways: await everywhere('natgateway'),
    peerings: await everywhere('vpc-peering-connection'),
    acls: await everywhere('network-acl'),
    groups: await everywhere('security-group'),
    rules: await everywhere('security-group-rule'),
    prefixLists: [
      ...(await everywhere('prefix-list')),
      ...[...places.values()].flatMap(({ region }) => prefixListsOfAws(region)),
    ],
    endpoints: await everywhere('vpc-endpoint'),
  };
}

/** While a machine goes it is there: its router must not be taken for needless before. */
const ON: ReadonlySet<string> = new Set(['pending', 'running', 'stopping', 'shutting-down']);
