import type {
  AnalysisAclRule,
  AnalysisComponent,
  AnalysisPacketHeader,
  AnalysisRouteTableRoute,
  AnalysisSecurityGroupRule,
  NetworkAclEntry,
  Route,
  SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import { arnOf } from '../../../../kernel/arn.ts';
import type { Place } from '../place.ts';
import { kindOf } from '../resource-kinds.ts';
import { valuesOf, type Leg } from './leg.ts';
import type { Packets } from './packets.ts';
import { toBlocks, union, type Ranges } from './ranges.ts';

/** IP's numbers of the protocols that can be analyzed. */
export const PROTOCOLS = { tcp: '6', udp: '17' } as const;
export type Protocol = keyof typeof PROTOCOLS;

/** What answers name any resource by. */
export function component(id: string, place: Place): AnalysisComponent {
  return { Id: id, Arn: arnOf(place, 'ec2', `${kindOf(id)?.type ?? '*'}/${id}`) };
}

export function aclRule(entry: NetworkAclEntry): AnalysisAclRule {
  const { CidrBlock, Egress, PortRange, RuleAction, RuleNumber } = entry;
  const name = entry.Protocol === '-1' ? 'all' : nameOf(entry.Protocol);
  return {
    Cidr: CidrBlock,
    Egress,
    Protocol: name,
    RuleAction,
    RuleNumber,
    ...(PortRange && { PortRange }),
  };
}

export function groupRule(rule: SecurityGroupRule): AnalysisSecurityGroupRule {
  const { CidrIpv4, IpProtocol, FromPort: From = -1, ToPort: To = -1, PrefixListId } = rule;
  const SecurityGroupId = rule.ReferencedGroupInfo?.GroupId;
  return {
    Direction: rule.IsEgress ? 'egress' : 'ingress',
    Protocol: IpProtocol === '-1' ? 'all' : IpProtocol,
    ...(CidrIpv4 && { Cidr: CidrIpv4 }),
    ...(PrefixListId && { PrefixListId }),
    ...(SecurityGroupId && { SecurityGroupId }),
    ...(From >= 0 && { PortRange: { From, To } }),
  };
}

/** Origins are in small letters here, as AWS has them. */
export function tableRoute(route: Route): AnalysisRouteTableRoute {
  const { DestinationCidrBlock, DestinationPrefixListId, Origin, State } = route;
  const { EgressOnlyInternetGatewayId, GatewayId, NatGatewayId, NetworkInterfaceId } = route;
  const { TransitGatewayId, VpcPeeringConnectionId } = route;
  return {
    ...(DestinationCidrBlock && { DestinationCidr: DestinationCidrBlock }),
    ...(DestinationPrefixListId && { DestinationPrefixListId }),
    ...{ EgressOnlyInternetGatewayId, GatewayId, NatGatewayId, NetworkInterfaceId },
    ...{ TransitGatewayId, VpcPeeringConnectionId, State },
    Origin: Origin?.toLowerCase(),
  };
}

/** What the headers of these packets have in them on a leg. */
export function header(packets: Packets, leg: Leg, protocol: Protocol): AnalysisPacketHeader {
  const back = { ...leg, reply: !leg.reply };
  return {
    Protocol: PROTOCOLS[protocol],
    SourceAddresses: toBlocks(valuesOf(packets, leg, 'from')),
    SourcePortRanges: ports(valuesOf(packets, back, 'port')),
    DestinationAddresses: toBlocks(valuesOf(packets, leg, 'to')),
    DestinationPortRanges: ports(valuesOf(packets, leg, 'port')),
  };
}

function ports(all: Ranges) {
  return union([all]).map(([From, To]) => ({ From, To }));
}

function nameOf(number = ''): string {
  return Object.entries(PROTOCOLS).find(([, each]) => each === number)?.[0] ?? number;
}
