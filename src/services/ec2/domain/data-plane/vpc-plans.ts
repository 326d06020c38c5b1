import type { Subnet } from '@aws-sdk/client-ec2';
import type {
  EndpointPlan,
  GroupPlan,
  InterfacePlan,
  PeeringPlan,
  SubnetPlan,
  VpcPlan,
} from '../../../../compute/network/vpc-plan.ts';
import type { Instance } from '../instances/instance.ts';
import { privateDnsName } from '../instances/names.ts';
import { endpointNames, endpointPlans } from './endpoint-plans.ts';
import { parseBlock, toAddress } from '../network/addresses.ts';
import type { VpcRecord } from '../network/recorded.ts';
import { codeOf } from '../peering/peering.ts';
import { groupPlans } from './group-plans.ts';
import { aclEntries } from './acl-entries.ts';
import { publicServices } from './public-services.ts';
import { leadsToInternet, routesOf } from './routes.ts';
import type { Snapshot } from './snapshot.ts';

/** The resolver of a VPC: the second address behind its own. */
const RESOLVER_OFFSET = 2;

/**
 * What packets are to meet: a plan of each VPC that has machines on. Of what is recorded it leaves out
 * what is not carried: IPv6, interfaces beside an instance's first, and private NAT gateways.
 */
export function plansOf(snapshot: Snapshot, now: number): VpcPlan[] {
  const instances = snapshot.instances.filter(isCarried);
  const occupied = new Set(instances.map(({ network }) => network.vpcId));
  const peerings = snapshot.peerings.filter((each) => codeOf(each, now) === 'active');
  const current = { ...snapshot, instances, peerings };
  return snapshot.vpcs
    .filter(({ VpcId }) => occupied.has(VpcId ?? ''))
    .map((vpc) => planOf(vpc, current, occupied));
}

/** Other drivers bring a network of their own, which a route to the VPC would cut off from the host. */
function isCarried({ driver = 'namespaces' }: Instance): boolean {
  return driver === 'namespaces';
}

function planOf(vpc: VpcRecord, snapshot: Snapshot, occupied: ReadonlySet<string>): VpcPlan {
  const id = vpc.VpcId ?? '';
  const machines = snapshot.instances.filter(({ network }) => network.vpcId === id);
  const endpoints = snapshot.endpoints.filter(({ VpcId }) => VpcId === id);
  const cards = endpoints.flatMap(endpointPlans);
  const inUse = new Set([
    ...machines.map(({ network }) => network.subnetId),
    ...cards.map(({ subnet }) => subnet),
  ]);
  const first = parseBlock(vpc.CidrBlock ?? '').first;
  const cidrs = (vpc.CidrBlockAssociationSet ?? []).flatMap(({ CidrBlock }) => CidrBlock ?? []);
  return {
    id,
    cidrs,
    ...(vpc.EnableDnsSupport && { resolver: toAddress(first + RESOLVER_OFFSET) }),
    subnets: snapshot.subnets
      .filter(({ SubnetId }) => inUse.has(SubnetId ?? ''))
      .map((subnet) => subnetPlan(subnet, snapshot)),
    interfaces: machines.map(interfacePlan),
    groups: groupsOf(machines, cards, snapshot),
    natGateways: natGateways(id, snapshot),
    peerings: peeringsOf(id, snapshot, occupied),
    endpoints: cards,
    // What is named after its address comes first: that name is the address's own.
    names: Object.fromEntries([...machines.flatMap(namesOf), ...endpoints.flatMap(endpointNames)]),
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

function interfacePlan({ id, network, settings }: Instance): InterfacePlan {
  const publicAddress = network.elasticIp?.address ?? network.publicAddress;
  const { tokens, hopLimit } = settings.metadata;
  return {
    id: network.interfaceId,
    machine: id,
    subnet: network.subnetId,
    macAddress: network.macAddress,
    addresses: [network.privateAddress],
    ...(publicAddress !== undefined && { publicAddress }),
    groups: network.groups.map((group) => group.id),
    sourceDestCheck: network.sourceDestCheck,
    // AWS limits the answer that holds a token, without which nothing is read where it is required.
    ...(tokens === 'required' && { metadataHops: hopLimit }),
  };
}

function groupsOf(
  machines: readonly Instance[],
  cards: readonly EndpointPlan[],
  snapshot: Snapshot,
): GroupPlan[] {
  const ids = new Set([
    ...machines.flatMap(({ network }) => network.groups.map(({ id }) => id)),
    ...cards.flatMap(({ groups }) => groups),
  ]);
  return groupPlans([...ids].toSorted(), snapshot);
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
function namesOf({ id, region, network, settings }: Instance): [string, string[]][] {
  const { privateAddress } = network;
  const byAddress = privateDnsName(region, privateAddress);
  const domain = byAddress.slice(byAddress.indexOf('.'));
  const { hostnameType, aRecord } = settings.dnsNameOptions;
  const hasIdName = aRecord || hostnameType === 'resource-name';
  return [
    [byAddress, [privateAddress]],
    ...(hasIdName ? [[`${id}${domain}`, [privateAddress]] as [string, string[]]] : []),
  ];
}
