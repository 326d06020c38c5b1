import { AwsError } from '../../../kernel/aws-error.ts';

/** One kind of resource that has an ID: how the ID looks, and what AWS says of a wrong one. */
export interface ResourceKind {
  /** As in `TagSpecifications` and DescribeTags, e.g. `security-group`. */
  readonly type: string;
  /** What stands before the ID's last hyphen. */
  readonly prefix: string;
  /** What stands behind it, where that is not the usual digits. */
  readonly form?: RegExp;
  malformed(id: string): AwsError;
  notFound(ids: readonly string[]): AwsError;
}

// Codes and texts differ by kind without a rule; these are AWS's own.
export const kinds = {
  instance: define('instance', 'i', 'InvalidInstanceID', (id, many) =>
    many ? `The instance IDs '${id}' do not exist` : `The instance ID '${id}' does not exist`,
  ),
  image: define('image', 'ami', 'InvalidAMIID', (id, many) =>
    many ? `The image ids '[${id}]' do not exist` : `The image id '[${id}]' does not exist`,
  ),
  snapshot: define(
    'snapshot',
    'snap',
    'InvalidSnapshot',
    (id) => `The snapshot '${id}' does not exist.`,
    'InvalidSnapshotID',
  ),
  vpc: define('vpc', 'vpc', 'InvalidVpcID', say('vpc ID')),
  subnet: define('subnet', 'subnet', 'InvalidSubnetID', say('subnet ID')),
  subnetCidrReservation: define(
    'subnet-cidr-reservation',
    'scr',
    'InvalidSubnetCidrReservationID',
    say('subnet CIDR reservation ID'),
  ),
  securityGroup: define(
    'security-group',
    'sg',
    'InvalidGroup',
    say('security group'),
    'InvalidGroupId',
  ),
  securityGroupRule: define(
    'security-group-rule',
    'sgr',
    'InvalidSecurityGroupRuleId',
    say('security group rule ID'),
  ),
  internetGateway: define(
    'internet-gateway',
    'igw',
    'InvalidInternetGatewayID',
    say('internetGateway ID'),
  ),
  routeTable: define('route-table', 'rtb', 'InvalidRouteTableID', say('routeTable ID')),
  networkAcl: define('network-acl', 'acl', 'InvalidNetworkAclID', say('networkAcl ID')),
  dhcpOptions: define('dhcp-options', 'dopt', 'InvalidDhcpOptionID', say('dhcpOption ID')),
  networkInterface: define(
    'network-interface',
    'eni',
    'InvalidNetworkInterfaceID',
    say('networkInterface ID'),
  ),
  volume: define(
    'volume',
    'vol',
    'InvalidVolume',
    (id) => `The volume '${id}' does not exist.`,
    'InvalidVolumeID',
  ),
  elasticIp: define('elastic-ip', 'eipalloc', 'InvalidAllocationID', say('allocation ID')),
  egressOnlyInternetGateway: define(
    'egress-only-internet-gateway',
    'eigw',
    'InvalidEgressOnlyInternetGatewayId',
    say('egressOnlyInternetGateway ID'),
  ),
  prefixList: define(
    'prefix-list',
    'pl',
    'InvalidPrefixListID',
    say('prefix list ID'),
    'InvalidPrefixListId',
  ),
  vpcPeeringConnection: define(
    'vpc-peering-connection',
    'pcx',
    'InvalidVpcPeeringConnectionID',
    say('vpcPeeringConnection ID'),
  ),
  customerGateway: define(
    'customer-gateway',
    'cgw',
    'InvalidCustomerGatewayID',
    say('customerGateway ID'),
  ),
  vpnGateway: define('vpn-gateway', 'vgw', 'InvalidVpnGatewayID', say('vpnGateway ID')),
  vpnConnection: define('vpn-connection', 'vpn', 'InvalidVpnConnectionID', say('vpnConnection ID')),
  transitGateway: define(
    'transit-gateway',
    'tgw',
    'InvalidTransitGatewayID',
    (id) => `Transit Gateway ${id} was deleted or does not exist.`,
  ),
  transitGatewayAttachment: define(
    'transit-gateway-attachment',
    'tgw-attach',
    'InvalidTransitGatewayAttachmentID',
    (id) => `Transit Gateway Attachment ${id} was deleted or does not exist.`,
  ),
  transitGatewayRouteTable: define(
    'transit-gateway-route-table',
    'tgw-rtb',
    'InvalidRouteTableID',
    (id) => `Transit Gateway Route Table ${id} was deleted or does not exist.`,
  ),
  vpcEndpoint: define(
    'vpc-endpoint',
    'vpce',
    'InvalidVpcEndpointId',
    (id, many) =>
      `The Vpc Endpoint ${many ? 'Ids' : 'Id'} '${id}' ${many ? 'do' : 'does'} not exist`,
  ),
  instanceConnectEndpoint: define(
    'instance-connect-endpoint',
    'eice',
    'InvalidInstanceConnectEndpointId',
    say('instance connect endpoint ID'),
  ),
  natGateway: {
    type: 'natgateway',
    prefix: 'nat',
    malformed: (id) => new AwsError('NatGatewayMalformed', `Invalid id: "${id}"`),
    notFound: (ids) =>
      new AwsError('NatGatewayNotFound', `NAT gateway ${ids.join(', ')} was not found`),
  },
  networkInsightsPath: define(
    'network-insights-path',
    'nip',
    'InvalidNetworkInsightsPathId',
    say('network insights path ID'),
  ),
  networkInsightsAnalysis: define(
    'network-insights-analysis',
    'nia',
    'InvalidNetworkInsightsAnalysisId',
    say('network insights analysis ID'),
  ),
  vpcFlowLog: define(
    'vpc-flow-log',
    'fl',
    'InvalidFlowLogId',
    (id) => `These flow log ids in the input list are not found: ${id}`,
  ),
  launchTemplate: define(
    'launch-template',
    'lt',
    'InvalidLaunchTemplateId',
    (id) => `The specified launch template, with template ID ${id}, does not exist.`,
  ),
  placementGroup: define(
    'placement-group',
    'pg',
    'InvalidPlacementGroupId',
    say('placement group ID'),
  ),
  fleet: {
    ...define('fleet', 'fleet', 'InvalidFleetId', say('fleet ID')),
    form: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  },
  capacityReservation: define(
    'capacity-reservation',
    'cr',
    'InvalidCapacityReservationId',
    (id) => `The capacity reservation ID '${id}' was not found`,
  ),
  dedicatedHost: define('dedicated-host', 'h', 'InvalidHostID', say('dedicated host ID')),
  spotInstancesRequest: define(
    'spot-instances-request',
    'sir',
    'InvalidSpotInstanceRequestID',
    (id) => `The spot instance request ID '${id}' does not exist`,
  ),
  instanceEventWindow: define(
    'instance-event-window',
    'iew',
    'InvalidInstanceEventWindowID',
    say('instance event window ID'),
  ),
  importImageTask: importTask('import-image-task', 'import-ami'),
  importSnapshotTask: importTask('import-snapshot-task', 'import-snap'),
  replaceRootVolumeTask: define(
    'replace-root-volume-task',
    'replacevol',
    'InvalidReplaceRootVolumeTaskId',
    say('replace root volume task ID'),
  ),
  keyPair: define('key-pair', 'key', 'InvalidKeyPair', say('key pair ID'), 'InvalidKeyPairId'),
} as const satisfies Record<string, ResourceKind>;

const byPrefix = new Map<string, ResourceKind>(
  Object.values(kinds).map((each) => [each.prefix, each]),
);

/** Refuses IDs that no resource of this kind can have. */
export function checkIds(kind: ResourceKind, ids: readonly string[]): void {
  for (const id of ids) if (!isIdOf(kind, id)) throw kind.malformed(id);
}

/** The kind that an ID's prefix tells, for calls that take any resource. */
export function kindOf(id: string): ResourceKind | undefined {
  const kind = byPrefix.get(partsOf(id).prefix);
  return kind && isIdOf(kind, id) ? kind : undefined;
}

function isIdOf(kind: ResourceKind, id: string): boolean {
  if (kind.form) {
    return id.startsWith(`${kind.prefix}-`) && kind.form.test(id.slice(kind.prefix.length + 1));
  }
  const { prefix, digits } = partsOf(id);
  // Eight digits were the form before 2018 and are accepted still.
  return prefix === kind.prefix && /^([0-9a-f]{8}|[0-9a-f]{17})$/.test(digits);
}

/** Prefixes may have hyphens of their own: `tgw-attach`. */
function partsOf(id: string): { prefix: string; digits: string } {
  const hyphen = Math.max(0, id.lastIndexOf('-'));
  return { prefix: id.slice(0, hyphen), digits: id.slice(hyphen + 1) };
}

function define(
  type: string,
  prefix: string,
  code: string,
  notFoundText: (id: string, many: boolean) => string,
  malformedCode = code,
): ResourceKind {
  return {
    type,
    prefix,
    malformed: (id) =>
      new AwsError(
        `${malformedCode}.Malformed`,
        `Invalid id: "${id}"${id.startsWith(`${prefix}-`) ? '' : ` (expecting "${prefix}-...")`}`,
      ),
    notFound: (ids) =>
      new AwsError(`${code}.NotFound`, notFoundText(ids.join(', '), ids.length > 1)),
  };
}

/** AWS says of a task that is not there, too, that its ID is malformed. */
function importTask(type: string, prefix: string): ResourceKind {
  const code = 'InvalidConversionTaskId';
  return {
    ...define(type, prefix, code, () => ''),
    notFound: (ids) =>
      new AwsError(`${code}.Malformed`, `The import task ${ids.join(', ')} was not found`),
  };
}

function say(noun: string): (id: string, many: boolean) => string {
  return (id, many) => `The ${noun}${many ? 's' : ''} '${id}' ${many ? 'do' : 'does'} not exist`;
}
