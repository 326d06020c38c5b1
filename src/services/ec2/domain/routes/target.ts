import type { CreateRouteRequest, Route, RouteTable } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import * as networkErrors from '../../network-errors.ts';
import type { Ec2Scope } from '../../scope.ts';
import { namedInterface } from '../interfaces/named.ts';
import { liveAttachment } from '../interfaces/network-interface.ts';
import { isAttachedTo } from '../network/internet-gateways.ts';
import type { NetworkDraft } from '../network/network-draft.ts';
import { isVpnAttachedTo } from '../vpn/vpn.ts';
import { codeOf, isPeerOf } from '../peering/peering.ts';
import { refuseMembers } from '../not-built.ts';
import { checkIds, kinds } from '../resource-kinds.ts';

type Request = Pick<CreateRouteRequest, (typeof TARGETS)[number] | (typeof NOT_BUILT)[number]>;

const TARGETS = [
  'GatewayId',
  'EgressOnlyInternetGatewayId',
  'NatGatewayId',
  'TransitGatewayId',
  'VpcPeeringConnectionId',
  'InstanceId',
  'NetworkInterfaceId',
] as const;

const NOT_BUILT = [
  'VpcEndpointId',
  'LocalGatewayId',
  'CarrierGatewayId',
  'CoreNetworkArn',
  'OdbNetworkArn',
] as const;

/**
 * The one target that a request names, as the members of its route.
 *
 * @throws MissingParameter, InvalidParameterCombination, InvalidParameterValue, the target's
 * `.NotFound`, UnsupportedOperation
 */
export async function checkTarget(
  operation: string,
  input: Request,
  table: RouteTable,
  draft: NetworkDraft,
  scope: Pick<Ec2Scope, 'caller' | 'clock' | 'instances'>,
): Promise<Route> {
  refuseMembers(operation, input, NOT_BUILT);
  const given = TARGETS.filter((name) => input[name]);
  const [name] = given;
  const id = name && input[name];
  if (!id) throw errors.missingParameter(TARGETS.map(lowerFirst).join(' or '));
  if (given.length > 1) {
    throw errors.combination(
      `The request must contain exactly one of ${given.map(lowerFirst).join(', ')}`,
    );
  }
  switch (name) {
    case 'GatewayId':
      return id.startsWith('vgw-')
        ? vpnGateway(id, table, draft)
        : internetGateway(id, table, draft);
    case 'EgressOnlyInternetGatewayId':
      return egressOnlyGateway(id, table, draft);
    case 'NatGatewayId':
      return natGateway(id, table, draft);
    case 'TransitGatewayId':
      return transitGateway(id, table, draft);
    case 'VpcPeeringConnectionId':
      return peering(id, table, draft, scope);
    case 'InstanceId':
      return interfaceTarget(await firstInterface(id, scope), table, draft, scope);
    case 'NetworkInterfaceId':
      return interfaceTarget(id, table, draft, scope);
  }
}

async function internetGateway(id: string, table: RouteTable, draft: NetworkDraft): Promise<Route> {
  const gateways = await draft.list('internet-gateway');
  const gateway = gateways.find((each) => each.InternetGatewayId === id);
  if (!gateway) throw networkErrors.gatewayNotFound(id);
  if (!isAttachedTo(gateway, table.VpcId ?? '')) {
    throw networkErrors.belongApart(`route table ${table.RouteTableId}`, `network gateway ${id}`);
  }
  return { GatewayId: id };
}

async function vpnGateway(id: string, table: RouteTable, draft: NetworkDraft): Promise<Route> {
  const gateways = await draft.list('vpn-gateway');
  const gateway = gateways.find((each) => each.VpnGatewayId === id);
  if (!gateway) throw networkErrors.gatewayNotFound(id);
  if (!isVpnAttachedTo(gateway, table.VpcId ?? '')) {
    throw networkErrors.belongApart(`route table ${table.RouteTableId}`, `network gateway ${id}`);
  }
  return { GatewayId: id };
}

async function egressOnlyGateway(
  id: string,
  table: RouteTable,
  draft: NetworkDraft,
): Promise<Route> {
  const gateway = await draft.find('egress-only-internet-gateway', id);
  if (!isAttachedTo(gateway, table.VpcId ?? '')) {
    throw networkErrors.belongApart(`route table ${table.RouteTableId}`, `network gateway ${id}`);
  }
  return { EgressOnlyInternetGatewayId: id };
}

async function natGateway(id: string, table: RouteTable, draft: NetworkDraft): Promise<Route> {
  const gateway = await draft.find('natgateway', id);
  if (gateway.State !== 'available') throw kinds.natGateway.notFound([id]);
  if (gateway.VpcId !== table.VpcId) {
    throw networkErrors.belongApart(`route table ${table.RouteTableId}`, `NAT gateway ${id}`);
  }
  return { NatGatewayId: id };
}

/** AWS does not know gateways that the VPC is not attached to. */
async function transitGateway(id: string, table: RouteTable, draft: NetworkDraft): Promise<Route> {
  const attachments = await draft.inVpc('transit-gateway-attachment', table.VpcId ?? '');
  if (!attachments.some(({ TransitGatewayId }) => TransitGatewayId === id)) {
    throw kinds.transitGateway.notFound([id]);
  }
  return { TransitGatewayId: id };
}

async function peering(
  id: string,
  table: RouteTable,
  draft: NetworkDraft,
  { clock }: Pick<Ec2Scope, 'clock'>,
): Promise<Route> {
  const connection = await draft.find('vpc-peering-connection', id);
  if (!isPeerOf(connection, table.VpcId ?? '')) {
    throw networkErrors.belongApart(
      `route table ${table.RouteTableId}`,
      `vpc peering connection ${id}`,
    );
  }
  if (codeOf(connection, clock.now()) !== 'active') {
    throw errors.invalidValue(id, 'vpcPeeringConnectionId', 'The connection is not active.');
  }
  return { VpcPeeringConnectionId: id };
}

/** An interface, or the first one of an instance. */
async function interfaceTarget(
  id: string,
  table: RouteTable,
  draft: NetworkDraft,
  scope: Pick<Ec2Scope, 'caller' | 'instances'>,
): Promise<Route> {
  const { record, instance } = await namedInterface(draft, id, scope);
  const vpcId = record ? record.VpcId : instance.network.vpcId;
  if (vpcId !== table.VpcId) {
    throw networkErrors.belongApart(`route table ${table.RouteTableId}`, `interface ${id}`);
  }
  const all = await scope.instances.list(scope.caller);
  const InstanceId = record ? liveAttachment(record, all)?.instanceId : instance.id;
  const owner = InstanceId && { InstanceId, InstanceOwnerId: scope.caller.account };
  return { ...owner, NetworkInterfaceId: id };
}

async function firstInterface(
  id: string,
  { caller, instances }: Pick<Ec2Scope, 'caller' | 'instances'>,
): Promise<string> {
  checkIds(kinds.instance, [id]);
  const instance = await instances.get({ ...caller, id });
  if (!instance || instance.state === 'terminated') throw kinds.instance.notFound([id]);
  return instance.network.interfaceId;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
