import type { DhcpOptions, NetworkAclEntry, Route, RouteTable, Vpc } from '@aws-sdk/client-ec2';
import { arnOf } from '../../../../kernel/arn.ts';
import type { Ids } from '../../../../kernel/ids.ts';
import type { Place } from '../place.ts';
import { defaultEgress, everythingFrom, newRules } from '../security-groups/new-rules.ts';
import { canonicalCidr } from './cidr.ts';
import type { NetworkDraft } from './network-draft.ts';
import type { VpcRecord } from './recorded.ts';

/** Who draws, and with what. */
export interface Drafting {
  readonly draft: NetworkDraft;
  readonly place: Place;
  readonly ids: Ids;
}

export interface NewVpc {
  readonly cidr: string;
  readonly ipv6Cidr?: string;
  readonly isDefault?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * A VPC with what AWS makes along with it: its main route table, default ACL and default group.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html
 */
export async function drawVpc(drafting: Drafting, asked: NewVpc) {
  const { draft, place, ids } = drafting;
  const { cidr, ipv6Cidr, isDefault = false } = asked;
  const VpcId = ids.resource('vpc');
  const vpc: VpcRecord & { readonly VpcId: string } = {
    VpcId,
    OwnerId: place.account,
    CidrBlock: cidr,
    DhcpOptionsId: await usualDhcpOptions(drafting),
    State: 'available',
    InstanceTenancy: 'default',
    IsDefault: isDefault,
    CidrBlockAssociationSet: [newCidrBlock(ids, cidr)],
    Ipv6CidrBlockAssociationSet: ipv6Cidr ? [newIpv6Block(ids, place, ipv6Cidr)] : [],
    BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
    EnableDnsSupport: true,
    // On only where AWS makes the VPC itself.
    EnableDnsHostnames: isDefault,
    EnableNetworkAddressUsageMetrics: false,
  };
  draft.create('vpc', vpc, asked.tags);
  const routeTable = newRouteTable(drafting, vpc);
  draft.create('route-table', {
    ...routeTable,
    Associations: [
      {
        Main: true,
        RouteTableAssociationId: ids.resource('rtbassoc'),
        RouteTableId: routeTable.RouteTableId,
        AssociationState: { State: 'associated' },
      },
    ],
  });
  draft.create('network-acl', {
    NetworkAclId: ids.resource('acl'),
    VpcId,
    OwnerId: place.account,
    IsDefault: true,
    Associations: [],
    Entries: aclEntries(vpc, 'allow'),
  });
  drawDefaultGroup(drafting, vpc);
  return vpc;
}

export function newCidrBlock(ids: Ids, CidrBlock: string) {
  return {
    AssociationId: ids.resource('vpc-cidr-assoc'),
    CidrBlock,
    CidrBlockState: { State: 'associated' as const },
  };
}

export function newIpv6Block(ids: Ids, place: Place, Ipv6CidrBlock: string) {
  return {
    AssociationId: ids.resource('vpc-cidr-assoc'),
    Ipv6CidrBlock,
    Ipv6CidrBlockState: { State: 'associated' as const },
    NetworkBorderGroup: place.region,
    Ipv6Pool: 'Amazon',
    Ipv6AddressAttribute: 'public' as const,
    IpSource: 'amazon' as const,
  };
}

/** A block as Amazon hands them out. */
export function drawIpv6Cidr(ids: Ids): string {
  return canonicalCidr(`2600:1${ids.hex(3)}:${ids.hex(4)}:${ids.hex(2)}00::/56`, 6);
}

/** A table with nothing but the way to the VPC itself, and no associations. */
export function newRouteTable({ place, ids }: Drafting, vpc: Vpc) {
  return {
    RouteTableId: ids.resource('rtb'),
    VpcId: vpc.VpcId,
    OwnerId: place.account,
    PropagatingVgws: [],
    Associations: [],
    Routes: localRoutes(vpc),
  } satisfies RouteTable;
}

/** One for each of the VPC's blocks. */
export function localRoutes(vpc: Vpc): Route[] {
  const local = { GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' } as const;
  return [
    ...(vpc.CidrBlockAssociationSet ?? []).map(({ CidrBlock }) => ({
      DestinationCidrBlock: CidrBlock,
      ...local,
    })),
    ...(vpc.Ipv6CidrBlockAssociationSet ?? []).map(({ Ipv6CidrBlock }) => ({
      DestinationIpv6CidrBlock: Ipv6CidrBlock,
      ...local,
    })),
  ];
}

export const LAST_ACL_RULE = 32_767;
/** AWS numbers the last rule for IPv6 one further. */
export const LAST_IPV6_ACL_RULE = 32_768;

/** What an ACL starts with: in the VPC's default one everything may pass, in others nothing. */
export function aclEntries(vpc: Vpc, first: 'allow' | 'deny'): NetworkAclEntry[] {
  const own = [true, false].flatMap((Egress) =>
    familyEntries(Egress, first, { CidrBlock: '0.0.0.0/0' }, 100, LAST_ACL_RULE),
  );
  return hasIpv6(vpc) ? [...own, ...ipv6AclEntries(first)] : own;
}

export function ipv6AclEntries(first: 'allow' | 'deny'): NetworkAclEntry[] {
  return [true, false].flatMap((Egress) =>
    familyEntries(Egress, first, { Ipv6CidrBlock: '::/0' }, 101, LAST_IPV6_ACL_RULE),
  );
}

export function hasIpv6({ Ipv6CidrBlockAssociationSet }: Vpc): boolean {
  return (Ipv6CidrBlockAssociationSet?.length ?? 0) > 0;
}

function familyEntries(
  Egress: boolean,
  first: 'allow' | 'deny',
  everywhere: NetworkAclEntry,
  allowNumber: number,
  lastNumber: number,
): NetworkAclEntry[] {
  const entry = { ...everywhere, Egress, Protocol: '-1' };
  return [
    ...(first === 'allow'
      ? [{ ...entry, RuleNumber: allowNumber, RuleAction: 'allow' as const }]
      : []),
    { ...entry, RuleNumber: lastNumber, RuleAction: 'deny' as const },
  ];
}

/** The ID of the set that AWS gives to VPCs; made where there is none. */
async function usualDhcpOptions({ draft, place, ids }: Drafting): Promise<string> {
  const region = place.region;
  const domain = region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`;
  const DhcpConfigurations = [
    { Key: 'domain-name', Values: [{ Value: domain }] },
    { Key: 'domain-name-servers', Values: [{ Value: 'AmazonProvidedDNS' }] },
  ];
  const usual = JSON.stringify(DhcpConfigurations);
  const there = (await draft.list('dhcp-options')).find(
    (options) => JSON.stringify(options.DhcpConfigurations) === usual,
  );
  if (there?.DhcpOptionsId) return there.DhcpOptionsId;
  const DhcpOptionsId = ids.resource('dopt');
  const options: DhcpOptions = { DhcpOptionsId, OwnerId: place.account, DhcpConfigurations };
  draft.create('dhcp-options', options);
  return DhcpOptionsId;
}

/** Everything in from the group itself, everything out to anywhere. */
function drawDefaultGroup({ draft, place, ids }: Drafting, vpc: Vpc): void {
  const GroupId = ids.resource('sg');
  draft.create('security-group', {
    GroupId,
    GroupName: 'default',
    Description: 'default VPC security group',
    VpcId: vpc.VpcId,
    OwnerId: place.account,
    SecurityGroupArn: arnOf(place, 'ec2', `security-group/${GroupId}`),
  });
  const rules = [everythingFrom(GroupId, place), ...defaultEgress(vpc)];
  for (const rule of newRules(rules, GroupId, place, ids)) {
    draft.create('security-group-rule', rule);
  }
}
