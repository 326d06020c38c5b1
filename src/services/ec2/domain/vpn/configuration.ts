import type { TunnelOption } from '@aws-sdk/client-ec2';
import { parseBlock, toAddress } from '../network/addresses.ts';
import type { CustomerGatewayRecord, VpnConnectionRecord, VpnGatewayRecord } from './vpn.ts';

const HOLD_TIME_SECONDS = 30;

/**
 * What the owner of the customer gateway sets it up with, in the form that AWS hands out.
 * https://docs.aws.amazon.com/vpn/latest/s2svpn/cgw-dynamic-routing-examples.html
 */
export function customerGatewayConfiguration(
  connection: VpnConnectionRecord,
  { IpAddress = '', BgpAsn, BgpAsnExtended }: CustomerGatewayRecord,
  { AmazonSideAsn }: VpnGatewayRecord,
): string {
  const { CustomerGatewayId, VpnGatewayId, VpnConnectionId, Options } = connection;
  const asn = BgpAsn ?? BgpAsnExtended ?? '';
  const tunnels = Options?.TunnelOptions ?? [];
  const kind = Options?.StaticRoutesOnly ? 'NoBGPVPNConnection' : '';
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<vpn_connection id="${VpnConnectionId}">`,
    tag('customer_gateway_id', CustomerGatewayId),
    tag('vpn_gateway_id', VpnGatewayId),
    tag('vpn_connection_type', 'ipsec.1'),
    ...(kind ? [tag('vpn_connection_attributes', kind)] : []),
    ...tunnels.map((tunnel) => tunnelXml(tunnel, IpAddress, asn, AmazonSideAsn)),
    '</vpn_connection>',
  ].join('\n');
}

function tunnelXml(tunnel: TunnelOption, address: string, asn: string, amazonAsn: number): string {
  const { OutsideIpAddress = '', TunnelInsideCidr = '', PreSharedKey = '' } = tunnel;
  const { first } = parseBlock(TunnelInsideCidr);
  return tag(
    'ipsec_tunnel',
    tag('customer_gateway', endXml(address, toAddress(first + 2), asn)),
    tag('vpn_gateway', endXml(OutsideIpAddress, toAddress(first + 1), String(amazonAsn))),
    tag(
      'ike',
      ...protocols(tunnel.Phase1LifetimeSeconds ?? 28_800),
      tag('mode', 'main'),
      tag('pre_shared_key', PreSharedKey),
    ),
    tag(
      'ipsec',
      tag('protocol', 'esp'),
      ...protocols(tunnel.Phase2LifetimeSeconds ?? 3600),
      tag('mode', 'tunnel'),
    ),
  );
}

function endXml(outside: string, inside: string, asn: string): string {
  return [
    tag('tunnel_outside_address', tag('ip_address', outside)),
    tag(
      'tunnel_inside_address',
      tag('ip_address', inside),
      tag('network_mask', '255.255.255.252'),
      tag('network_cidr', '30'),
    ),
    tag('bgp', tag('asn', asn), tag('hold_time', String(HOLD_TIME_SECONDS))),
  ].join('\n');
}

function protocols(lifetimeSeconds: number): string[] {
  return [
    tag('authentication_protocol', 'hmac-sha1-96'),
    tag('encryption_protocol', 'aes-128-cbc'),
    tag('lifetime', String(lifetimeSeconds)),
    tag('perfect_forward_secrecy', 'group2'),
  ];
}

/** Everything that comes in here was checked to have no character that XML escapes. */
function tag(name: string, ...content: readonly string[]): string {
  return content.length === 1 && !content[0]!.startsWith('<')
    ? `<${name}>${content[0]}</${name}>`
    : [`<${name}>`, ...content, `</${name}>`].join('\n');
}
