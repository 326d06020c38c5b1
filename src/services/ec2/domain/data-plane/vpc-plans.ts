import type { Subnet } from '@aws-sdk/client-ec2';
import type { PeeringPlan, SubnetPlan, VpcPlan } from '../../../../compute/network/vpc-plan.ts';
import type { Instance } from '../instances/instance.ts';
import { privateDnsName } from '../instances/names.ts';
import { endpointNames, endpointPlans } from './endpoint-plans.ts';
import { parseBlock, toAddress } from '../network/addresses.ts';
import type { VpcRecord } from '../network/recorded.ts';
import { codeOf } from '../peering/peering.ts';
import { isCarried } from './carried.ts';
import { groupPlans } from './group-plans.ts';
import { aclEntries } from './acl-entries.ts';
import { interfacesOf, type Carried } from './interface-plans.ts';
import { publicServices } from './public-services.ts';
import { leadsToInternet, routesOf } from './routes.ts';
import type { Snapshot } from './snapshot.ts';

/** The resolver of a VPC: the second address behind its own. */
const RESOLVER_OFFSET = 2;

/**
 * What packets are to meet: a plan of each VPC that has machines on. Of what is recorded it leaves out
 * what is not carried: private NAT gateways.
 */
export function plansOf(snapshot: Snapshot, now: number): VpcPlan[] {
  const instances = snapshot.instances.filter(isCarried);
  const interfaces = interfacesOf(instances, snapshot.interfaces);
  const occupied = new Set(interfaces.map(({ vpc }) => vpc));
  const peerings = snapshot.peerings.filter((each) => codeOf(each, now) === 'active');
  const current = { ...snapshot, instances, peerings };
  return snapshot.vpcs
    .filter(({ VpcId }) => occupied.has(VpcId ?? ''))
    .map((vpc) => planOf(vpc, current, interfaces));
}

function planOf(vpc: VpcRecord, snapshot: Snapshot, all: readonly Carried[]): VpcPlan {
  const id = vpc.VpcId ?? '';
  const theirs = all.filter((each) => each.vpc === id);
  const here = theirs.map(({ plan }) => plan);
  const endpoints = snapshot.endpoints.filter(({ VpcId }) => VpcId === id);
  const cards = endpoints.flatMap(endpointPlans);
  const inUse = new Set([...here, ...cards].map(({ subnet }) => subnet));
  const groups = new Set([...here, ...cards].flatMap((each) => each.groups));
  const occupied = new Set(all.map((each) => each.vpc));
  const first = parseBlock(vpc.CidrBlock ?? '').first;
  const cidrs = (vpc.CidrBlockAssociationSet ?? []).flatMap(({ CidrBlock }) => CidrBlock ?? []);
  return {
    id,
    cidrs,
    ...(vpc.EnableDnsSupport && { resolver: toAddress(first + RESOLVER_OFFSET) }),
    subnets: snapshot.subnets
      .filter(({ SubnetId }) => inUse.has(SubnetId ?? ''))
      .map((subnet) => subnetPlan(subnet, snapshot)),
    interfaces: here,
    groups: groupPlans([...groups].toSorted(), snapshot, membersOf(all, snapshot)),
    natGateways: natGateways(id, snapshot),
    peerings: peeringsOf(id, snapshot, occupied),
    endpoints: cards,
    // What is named after its address comes first: that name is the address's own.
    names: Object.fromEntries([
      ...theirs.flatMap(namesByAddress),
      ...snapshot.instances.filter(({ network }) => network.vpcId === id).flatMap(nameById),
      ...endpoints.flatMap(endpointNames),
    ]),
    services: publicServices(),
  };
}

function subnetPlan(subnet: Subnet, snapshot: Snapshot): SubnetPlan {
  return {
    id: subnet.SubnetId ?? '',
    cidr: subnet.CidrBlock ?? '',
    routes: routesOf(subnet, snapshot),
    acl: aclEntries(subnet, snapshot),
  };
}

/** What rules mean by a security group. */
function membersOf(interfaces: readonly Carried[], { endpoints }: Snapshot) {
  const cards = endpoints
    .flatMap(endpointPlans)
    .map(({ groups, address }) => ({ groups, addresses: [address], ipv6Addresses: [] }));
  return [...interfaces.map(({ plan }) => plan), ...cards];
}

/** Those that have a way to the internet themselves, so that packets get out. */
function natGateways(vpcId: string, snapshot: Snapshot) {
  return snapshot.natGateways.flatMap((gateway) => {
    if (gateway.VpcId !== vpcId || gateway.State !== 'available') return [];
    const publicAddress = gateway.NatGatewayAddresses?.[0]?.PublicIp;
    const subnet = snapshot.subnets.find(({ SubnetId }) => SubnetId === gateway.SubnetId);
    if (publicAddress === undefined || !subnet || !leadsToInternet(subnet, snapshot)) return [];
    return [{ id: gateway.NatGatewayId ?? '', publicAddress }];
  });
}

function peeringsOf(
  vpcId: string,
  { peerings }: Snapshot,
  occupied: ReadonlySet<string>,
): PeeringPlan[] {
  return peerings.flatMap(({ VpcPeeringConnectionId: id, RequesterVpcInfo, AccepterVpcInfo }) => {
    const sides = [RequesterVpcInfo?.VpcId ?? '', AccepterVpcInfo?.VpcId ?? ''];
    const vpc = sides.find((side) => side !== vpcId);
    return sides.includes(vpcId) && vpc && occupied.has(vpc) ? [{ id, vpc }] : [];
  });
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-naming.html */
function namesByAddress({ region, plan }: Carried): [string, string[]][] {
  return plan.addresses.map((address) => [privateDnsName(region, address), [address]]);
}

function nameById({ id, region, network, settings }: Instance): [string, string[]][] {
  const { privateAddress } = network;
  const byAddress = privateDnsName(region, privateAddress);
  const { hostnameType, aRecord } = settings.dnsNameOptions;
  if (!aRecord && hostnameType !== 'resource-name') return [];
  return [[`${id}${byAddress.slice(byAddress.indexOf('.'))}`, [privateAddress]]];
}
