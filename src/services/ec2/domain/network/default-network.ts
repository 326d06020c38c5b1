import type {
  DhcpOptions,
  InternetGateway,
  NetworkAcl,
  NetworkAclEntry,
  RouteTable,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
  Vpc,
} from '@aws-sdk/client-ec2';
import { arnOf } from '../../../../kernel/arn.ts';
import type { Ids } from '../../../../kernel/ids.ts';
import type { Place } from '../place.ts';
import { zonesOf } from '../regions.ts';
import { parseBlock, toAddress } from './addresses.ts';

/** A VPC with the attributes that DescribeVpcAttribute reads. */
export interface VpcRecord extends Vpc {
  readonly EnableDnsSupport: boolean;
  readonly EnableDnsHostnames: boolean;
  readonly EnableNetworkAddressUsageMetrics: boolean;
}

/** What an account finds in a region it has never used. All in the wire's shapes, without tags. */
export interface DefaultNetwork {
  readonly vpc: VpcRecord;
  readonly subnets: Subnet[];
  readonly securityGroup: SecurityGroup;
  readonly securityGroupRules: SecurityGroupRule[];
  readonly internetGateway: InternetGateway;
  readonly routeTable: RouteTable;
  readonly networkAcl: NetworkAcl;
  readonly dhcpOptions: DhcpOptions;
}

const VPC_CIDR = '172.31.0.0/16';
const SUBNET_BITS = 20;

/** https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html */
export function defaultNetwork(place: Place, ids: Ids): DefaultNetwork {
  const dhcpOptions = defaultDhcpOptions(place, ids);
  const vpc = defaultVpc(place, ids, dhcpOptions.DhcpOptionsId);
  const VpcId = vpc.VpcId;
  const OwnerId = place.account;
  const subnets = defaultSubnets(place, ids, VpcId);
  const GroupId = ids.resource('sg');
  const internetGateway = {
    InternetGatewayId: ids.resource('igw'),
    OwnerId,
    Attachments: [{ State: 'available' as 'attached', VpcId }],
  };
  return {
    vpc,
    subnets,
    securityGroup: {
      GroupId,
      GroupName: 'default',
      Description: 'default VPC security group',
      VpcId,
      OwnerId,
      SecurityGroupArn: arnOf(place, 'ec2', `security-group/${GroupId}`),
    },
    securityGroupRules: defaultRules(place, ids, GroupId),
    internetGateway,
    routeTable: mainRouteTable(place, ids, VpcId, internetGateway.InternetGatewayId),
    networkAcl: defaultAcl(place, ids, VpcId, subnets),
    dhcpOptions,
  };
}

function defaultDhcpOptions(place: Place, ids: Ids): DhcpOptions {
  const domain = place.region === 'us-east-1' ? 'ec2.internal' : `${place.region}.compute.internal`;
  return {
    DhcpOptionsId: ids.resource('dopt'),
    OwnerId: place.account,
    DhcpConfigurations: [
      { Key: 'domain-name', Values: [{ Value: domain }] },
      { Key: 'domain-name-servers', Values: [{ Value: 'AmazonProvidedDNS' }] },
    ],
  };
}

function defaultVpc(
  place: Place,
  ids: Ids,
  DhcpOptionsId: string | undefined,
): VpcRecord & { VpcId: string } {
  return {
    VpcId: ids.resource('vpc'),
    OwnerId: place.account,
    CidrBlock: VPC_CIDR,
    DhcpOptionsId,
    State: 'available',
    InstanceTenancy: 'default',
    IsDefault: true,
    CidrBlockAssociationSet: [
      {
        AssociationId: ids.resource('vpc-cidr-assoc'),
        CidrBlock: VPC_CIDR,
        CidrBlockState: { State: 'associated' },
      },
    ],
    BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
    EnableDnsSupport: true,
    EnableDnsHostnames: true,
    EnableNetworkAddressUsageMetrics: false,
  };
}

function defaultSubnets(place: Place, ids: Ids, VpcId: string): Subnet[] {
  const { first } = parseBlock(VPC_CIDR);
  return zonesOf(place.region).map((zone, at) => {
    const SubnetId = ids.resource('subnet');
    return {
      SubnetId,
      SubnetArn: arnOf(place, 'ec2', `subnet/${SubnetId}`),
      OwnerId: place.account,
      VpcId,
      AvailabilityZone: zone.name,
      AvailabilityZoneId: zone.id,
      CidrBlock: `${toAddress(first + at * 2 ** (32 - SUBNET_BITS))}/${SUBNET_BITS}`,
      State: 'available',
      DefaultForAz: true,
      MapPublicIpOnLaunch: true,
      MapCustomerOwnedIpOnLaunch: false,
      AssignIpv6AddressOnCreation: false,
      Ipv6CidrBlockAssociationSet: [],
      EnableDns64: false,
      Ipv6Native: false,
      PrivateDnsNameOptionsOnLaunch: {
        HostnameType: 'ip-name',
        EnableResourceNameDnsARecord: false,
        EnableResourceNameDnsAAAARecord: false,
      },
      BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
    };
  });
}

/** Everything in from the group itself, everything out to anywhere. */
function defaultRules(place: Place, ids: Ids, GroupId: string): SecurityGroupRule[] {
  const rule = (extra: SecurityGroupRule): SecurityGroupRule => {
    const SecurityGroupRuleId = ids.resource('sgr');
    return {
      SecurityGroupRuleId,
      SecurityGroupRuleArn: arnOf(place, 'ec2', `security-group-rule/${SecurityGroupRuleId}`),
      GroupId,
      GroupOwnerId: place.account,
      IpProtocol: '-1',
      FromPort: -1,
      ToPort: -1,
      ...extra,
    };
  };
  return [
    rule({ IsEgress: false, ReferencedGroupInfo: { GroupId, UserId: place.account } }),
    rule({ IsEgress: true, CidrIpv4: '0.0.0.0/0' }),
  ];
}

function mainRouteTable(place: Place, ids: Ids, VpcId: string, GatewayId: string): RouteTable {
  const RouteTableId = ids.resource('rtb');
  return {
    RouteTableId,
    VpcId,
    OwnerId: place.account,
    PropagatingVgws: [],
    Associations: [
      {
        Main: true,
        RouteTableAssociationId: ids.resource('rtbassoc'),
        RouteTableId,
        AssociationState: { State: 'associated' },
      },
    ],
    Routes: [
      {
        DestinationCidrBlock: VPC_CIDR,
        GatewayId: 'local',
        Origin: 'CreateRouteTable',
        State: 'active',
      },
      {
        DestinationCidrBlock: '0.0.0.0/0',
        GatewayId,
        Origin: 'CreateRoute',
        State: 'active',
      },
    ],
  };
}

function defaultAcl(place: Place, ids: Ids, VpcId: string, subnets: readonly Subnet[]): NetworkAcl {
  const NetworkAclId = ids.resource('acl');
  return {
    NetworkAclId,
    VpcId,
    OwnerId: place.account,
    IsDefault: true,
    Associations: subnets.map(({ SubnetId }) => ({
      NetworkAclAssociationId: ids.resource('aclassoc'),
      NetworkAclId,
      SubnetId,
    })),
    Entries: [true, false].flatMap((Egress) => [
      aclEntry(Egress, 100, 'allow'),
      aclEntry(Egress, 32767, 'deny'),
    ]),
  };
}

function aclEntry(
  Egress: boolean,
  RuleNumber: number,
  RuleAction: 'allow' | 'deny',
): NetworkAclEntry {
  return { CidrBlock: '0.0.0.0/0', Egress, Protocol: '-1', RuleAction, RuleNumber };
}
