import { AwsError } from '../../kernel/aws-error.ts';

// Codes: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html

export const gatewayHasConnections = (noun: string, id: string) =>
  new AwsError('IncorrectState', `The ${noun} '${id}' is in use by a VPN connection.`);

export const vpnGatewayIsAttached = (id: string) =>
  new AwsError('IncorrectState', `The vpnGateway ID '${id}' is attached to a VPC.`);

export const attachedElsewhere = (id: string) =>
  new AwsError(
    'VpnGatewayAttachmentLimitExceeded',
    `The vpnGateway ID '${id}' is attached to another VPC already.`,
  );

export const vpcHasVpnGateway = (vpcId: string) =>
  new AwsError('InvalidParameterValue', `Network ${vpcId} already has a VPN gateway attached`);

export const vpnAttachmentNotFound = (id: string, vpcId: string) =>
  new AwsError(
    'InvalidVpnGatewayAttachment.NotFound',
    `The attachment with vpn gateway ID '${id}' and vpc ID '${vpcId}' does not exist.`,
  );

export const notStatic = (id: string) =>
  new AwsError(
    'UnsupportedOperation',
    `The VPN connection '${id}' learns its routes by BGP: static routes cannot be added to it.`,
  );

export const vpnRouteNotFound = (cidr: string) =>
  new AwsError('InvalidRoute.NotFound', `The VPN connection has no static route to ${cidr}.`);

export const tunnelNotFound = (address: string) =>
  new AwsError(
    'InvalidVpnTunnelOutsideIpAddress.NotFound',
    `The VPN connection has no tunnel with the outside IP address '${address}'.`,
  );
