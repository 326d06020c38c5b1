import type {
  Address,
  DhcpOptions,
  EgressOnlyInternetGateway,
  InternetGateway,
  NatGateway,
  NetworkAcl,
  RouteTable,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
  Vpc,
} from '@aws-sdk/client-ec2';
import type { ConnectEndpointRecord } from '../connect-endpoints/connect-endpoint.ts';
import type { VpcEndpointRecord } from '../endpoints/endpoint.ts';
import type { FlowLogRecord } from '../flow-logs/flow-log.ts';
import type { PeeringRecord } from '../peering/peering.ts';
import type { NetworkInterfaceRecord } from '../interfaces/network-interface.ts';
import type { PrefixListRecord } from '../prefix-lists/prefix-list.ts';
import type { CustomerGatewayRecord, VpnConnectionRecord, VpnGatewayRecord } from '../vpn/vpn.ts';
import type { DeletedAttachmentRecord, TransitAttachmentRecord } from '../transit/attachment.ts';
import type { TransitGatewayRecord } from '../transit/gateway.ts';
import type { TransitTableRecord } from '../transit/table.ts';
import type { InsightsAnalysisRecord } from '../reachability/insights-analysis.ts';
import type { InsightsPathRecord } from '../reachability/insights-path.ts';
import type { CidrReservationRecord } from './cidr-reservations.ts';
import { kinds, type ResourceKind } from '../resource-kinds.ts';

/** A VPC with the attributes that DescribeVpcAttribute reads. */
export interface VpcRecord extends Vpc {
  readonly EnableDnsSupport: boolean;
  readonly EnableDnsHostnames: boolean;
  readonly EnableNetworkAddressUsageMetrics: boolean;
}

/** A record that launches use: each use changes its revision, see `put-to-use.ts`. */
export interface Used {
  readonly revision?: number;
}

/** What is recorded of an account's networks, in the wire's shapes without tags. */
export interface Recorded {
  vpc: VpcRecord;
  subnet: Subnet & Used;
  'subnet-cidr-reservation': CidrReservationRecord;
  'security-group': SecurityGroup & Used;
  'security-group-rule': SecurityGroupRule;
  'internet-gateway': InternetGateway;
  'route-table': RouteTable;
  'network-acl': NetworkAcl;
  'dhcp-options': DhcpOptions;
  'egress-only-internet-gateway': EgressOnlyInternetGateway;
  /** Without its association, which whatever has the address records: see `elastic-ips/holders.ts`. */
  'elastic-ip': ElasticIp;
  natgateway: NatGatewayRecord;
  'network-interface': NetworkInterfaceRecord;
  'vpc-peering-connection': PeeringRecord;
  'prefix-list': PrefixListRecord;
  'vpc-endpoint': VpcEndpointRecord;
  'instance-connect-endpoint': ConnectEndpointRecord;
  'customer-gateway': CustomerGatewayRecord;
  'vpn-gateway': VpnGatewayRecord;
  'vpn-connection': VpnConnectionRecord;
  'transit-gateway': TransitGatewayRecord;
  'transit-gateway-attachment': TransitAttachmentRecord;
  /** Still shown for a while, and no part of anything. */
  'deleted-transit-gateway-attachment': DeletedAttachmentRecord;
  'transit-gateway-route-table': TransitTableRecord;
  'network-insights-path': InsightsPathRecord;
  'network-insights-analysis': InsightsAnalysisRecord;
  'vpc-flow-log': FlowLogRecord;
}

export type ElasticIp = Pick<Address, 'Domain' | 'PublicIpv4Pool' | 'NetworkBorderGroup'> & {
  readonly AllocationId: string;
  readonly PublicIp: string;
  /** The name that it resolves back to, where one was given; DescribeAddresses does not show it. */
  readonly ptrRecord?: string;
};

/** Times are milliseconds since the epoch. */
export interface NatGatewayRecord extends Omit<NatGateway, 'CreateTime' | 'DeleteTime'> {
  readonly ownerId: string;
  readonly createdAtMs: number;
  readonly deletedAtMs?: number;
}

export type NetworkType = keyof Recorded;

/** What AWS says of the IDs of each, and where a record has its own. */
export const networkTypes: {
  readonly [Type in NetworkType]: {
    readonly kind: ResourceKind;
    readonly id: (record: Recorded[Type]) => string | undefined;
  };
} = {
  vpc: { kind: kinds.vpc, id: (vpc) => vpc.VpcId },
  subnet: { kind: kinds.subnet, id: (subnet) => subnet.SubnetId },
  'subnet-cidr-reservation': {
    kind: kinds.subnetCidrReservation,
    id: (reservation) => reservation.SubnetCidrReservationId,
  },
  'security-group': { kind: kinds.securityGroup, id: (group) => group.GroupId },
  'security-group-rule': {
    kind: kinds.securityGroupRule,
    id: (rule) => rule.SecurityGroupRuleId,
  },
  'internet-gateway': {
    kind: kinds.internetGateway,
    id: (gateway) => gateway.InternetGatewayId,
  },
  'route-table': { kind: kinds.routeTable, id: (table) => table.RouteTableId },
  'network-acl': { kind: kinds.networkAcl, id: (acl) => acl.NetworkAclId },
  'dhcp-options': { kind: kinds.dhcpOptions, id: (options) => options.DhcpOptionsId },
  'egress-only-internet-gateway': {
    kind: kinds.egressOnlyInternetGateway,
    id: (gateway) => gateway.EgressOnlyInternetGatewayId,
  },
  'elastic-ip': { kind: kinds.elasticIp, id: (address) => address.AllocationId },
  'prefix-list': { kind: kinds.prefixList, id: (list) => list.PrefixListId },
  'vpc-peering-connection': {
    kind: kinds.vpcPeeringConnection,
    id: (connection) => connection.VpcPeeringConnectionId,
  },
  'network-interface': {
    kind: kinds.networkInterface,
    id: (card) => card.NetworkInterfaceId,
  },
  'vpc-endpoint': { kind: kinds.vpcEndpoint, id: (endpoint) => endpoint.VpcEndpointId },
  'instance-connect-endpoint': {
    kind: kinds.instanceConnectEndpoint,
    id: (endpoint) => endpoint.InstanceConnectEndpointId,
  },
  'customer-gateway': {
    kind: kinds.customerGateway,
    id: (gateway) => gateway.CustomerGatewayId,
  },
  'vpn-gateway': { kind: kinds.vpnGateway, id: (gateway) => gateway.VpnGatewayId },
  'vpn-connection': {
    kind: kinds.vpnConnection,
    id: (connection) => connection.VpnConnectionId,
  },
  'transit-gateway': {
    kind: kinds.transitGateway,
    id: (gateway) => gateway.TransitGatewayId,
  },
  'transit-gateway-attachment': {
    kind: kinds.transitGatewayAttachment,
    id: (attachment) => attachment.TransitGatewayAttachmentId,
  },
  'deleted-transit-gateway-attachment': {
    kind: kinds.transitGatewayAttachment,
    id: (attachment) => attachment.TransitGatewayAttachmentId,
  },
  'transit-gateway-route-table': {
    kind: kinds.transitGatewayRouteTable,
    id: (table) => table.TransitGatewayRouteTableId,
  },
  'network-insights-path': {
    kind: kinds.networkInsightsPath,
    id: (path) => path.NetworkInsightsPathId,
  },
  'network-insights-analysis': {
    kind: kinds.networkInsightsAnalysis,
    id: (analysis) => analysis.NetworkInsightsAnalysisId,
  },
  'vpc-flow-log': { kind: kinds.vpcFlowLog, id: (log) => log.FlowLogId },
  natgateway: { kind: kinds.natGateway, id: (gateway) => gateway.NatGatewayId },
};

export function isNetworkType(type: string): type is NetworkType {
  return Object.hasOwn(networkTypes, type);
}
