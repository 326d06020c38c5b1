import type {
  InternetGateway,
  NatGateway,
  NetworkAcl,
  NetworkInterface,
  RouteTable,
  SecurityGroupRule,
  Subnet,
  Vpc,
} from '@aws-sdk/client-ec2';
import type { Ec2Scope } from '../../scope.ts';
import { routesToEndpoints } from '../endpoints/routes.ts';
import type { StateName } from '../instances/states.ts';
import { allInterfaces } from '../interfaces/list.ts';
import { codeOf, type PeeringRecord } from '../peering/peering.ts';
import type { Place } from '../place.ts';
import { allPrefixLists } from '../prefix-lists/kept-by-aws.ts';
import type { PrefixListRecord } from '../prefix-lists/prefix-list.ts';
import { withRouteStates } from '../routes/states.ts';

/** What an analysis looks at: the networks of a place as they are described at one moment. */
export interface Network {
  readonly place: Place;
  readonly instances: readonly { readonly id: string; readonly state: StateName }[];
  /** All: also those of NAT gateways and VPC endpoints. */
  readonly interfaces: readonly NetworkInterface[];
  readonly vpcs: readonly Vpc[];
  readonly subnets: readonly Subnet[];
  /** With the states of their routes, and those that gateway endpoints add. */
  readonly routeTables: readonly RouteTable[];
  readonly internetGateways: readonly InternetGateway[];
  readonly natGateways: readonly NatGateway[];
  /** With what has become of them by now. */
  readonly peerings: readonly PeeringRecord[];
  readonly acls: readonly NetworkAcl[];
  readonly rules: readonly SecurityGroupRule[];
  readonly prefixLists: readonly PrefixListRecord[];
}

export async function readNetwork(scope: Ec2Scope): Promise<Network> {
  const { caller, clock, instances, networks } = scope;
  const endpoints = await networks.list('vpc-endpoint', caller);
  const tables = await withRouteStates(await networks.list('route-table', caller), scope);
  const peerings = await networks.list('vpc-peering-connection', caller);
  return {
    place: caller,
    instances: await instances.list(caller),
    interfaces: await allInterfaces(scope),
    vpcs: await networks.list('vpc', caller),
    subnets: await networks.list('subnet', caller),
    routeTables: tables.map((table) => ({
      ...table,
      Routes: [...table.Routes, ...routesToEndpoints(table, endpoints, caller)],
    })),
    internetGateways: await networks.list('internet-gateway', caller),
    natGateways: await networks.list('natgateway', caller),
    peerings: peerings.map((each) => ({ ...each, code: codeOf(each, clock.now()) })),
    acls: await networks.list('network-acl', caller),
    rules: await networks.list('security-group-rule', caller),
    prefixLists: await allPrefixLists(networks, caller),
  };
}

/** The blocks that a prefix list stands for; none where there is no such list. */
export function blocksOfList(id: string | undefined, { prefixLists }: Network): string[] {
  const list = prefixLists.find(({ PrefixListId }) => PrefixListId === id);
  const entries = list?.versions[list.Version] ?? [];
  return entries.flatMap(({ Cidr }) => (Cidr && !Cidr.includes(':') ? [Cidr] : []));
}

/** The IPv4 blocks of a VPC. */
export function blocksOfVpc(id: string | undefined, { vpcs }: Network): string[] {
  const vpc = vpcs.find(({ VpcId }) => VpcId === id);
  return (vpc?.CidrBlockAssociationSet ?? []).flatMap(({ CidrBlock }) => CidrBlock ?? []);
}

/** The table that a subnet uses: its own, else its VPC's main one. */
export function tableOfSubnet(id: string, { routeTables, subnets }: Network): RouteTable {
  const vpc = subnets.find(({ SubnetId }) => SubnetId === id)?.VpcId;
  const own = routeTables.find(({ Associations }) =>
    Associations?.some(({ SubnetId }) => SubnetId === id),
  );
  const main = routeTables.find(
    ({ VpcId, Associations }) => VpcId === vpc && Associations?.some(({ Main }) => Main),
  );
  return own ?? main ?? {};
}

export function aclOfSubnet(id: string, { acls }: Network): NetworkAcl {
  const isIts = ({ Associations }: NetworkAcl) =>
    Associations?.some(({ SubnetId }) => SubnetId === id);
  return acls.find(isIts) ?? {};
}

export function gatewayOfVpc(id: string, { internetGateways }: Network): string | undefined {
  const isIts = ({ Attachments }: InternetGateway) =>
    Attachments?.some(({ VpcId }) => VpcId === id);
  return internetGateways.find(isIts)?.InternetGatewayId;
}

/** The VPC at the other end of a peering connection. */
export function peerOf(id: string, vpc: string, { peerings }: Network): string {
  const peering = peerings.find((each) => each.VpcPeeringConnectionId === id);
  const sides = [peering?.RequesterVpcInfo?.VpcId, peering?.AccepterVpcInfo?.VpcId];
  return sides.find((side) => side !== vpc) ?? '';
}
