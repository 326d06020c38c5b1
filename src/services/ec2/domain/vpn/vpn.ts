import type { CustomerGateway, VpcAttachment, VpnConnection } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import type { NetworkDraft } from '../network/network-draft.ts';

export type CustomerGatewayRecord = CustomerGateway & { readonly CustomerGatewayId: string };

/** Amazon's end of a VPN, which one VPC at most has. */
export interface VpnGatewayRecord {
  readonly VpnGatewayId: string;
  readonly Type: 'ipsec.1';
  readonly State: 'available';
  readonly AmazonSideAsn: number;
  readonly AvailabilityZone?: string;
  readonly VpcAttachments: readonly VpcAttachment[];
}

/** A connection in the wire's shape, and times in milliseconds since the epoch. */
export type VpnConnectionRecord = Omit<
  VpnConnection,
  'CustomerGatewayConfiguration' | 'Tags' | 'VgwTelemetry'
> & {
  readonly VpnConnectionId: string;
  readonly CustomerGatewayId: string;
  readonly VpnGatewayId: string;
  readonly createdAtMs: number;
  readonly deletedAtMs?: number;
};

const DEFAULT_ASN = 64_512;

/**
 * The number of Amazon's side, of a private range.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpnGateway.html
 *
 * @throws InvalidParameterValue
 */
export function checkAmazonAsn(asn = DEFAULT_ASN): number {
  const isPrivate =
    (asn >= DEFAULT_ASN && asn <= 65_534) || (asn >= 4_200_000_000 && asn <= 4_294_967_294);
  if (isPrivate) return asn;
  throw errors.invalidValue(
    asn,
    'amazonSideAsn',
    'It must be between 64512 and 65534, or between 4200000000 and 4294967294.',
  );
}

/** @throws MissingParameter, InvalidParameterValue */
export function checkVpnType(type: string | undefined): 'ipsec.1' {
  if (!type) throw errors.missingParameter('type');
  if (type !== 'ipsec.1') throw errors.invalidValue(type, 'type', 'It must be ipsec.1.');
  return type;
}

export function isVpnAttachedTo({ VpcAttachments }: VpnGatewayRecord, vpcId: string): boolean {
  return VpcAttachments.some((attachment) => attachment.VpcId === vpcId);
}

/** Connections that are not deleted. */
export async function liveConnections(draft: NetworkDraft): Promise<VpnConnectionRecord[]> {
  const all = await draft.list('vpn-connection');
  return all.filter(({ deletedAtMs }) => deletedAtMs === undefined);
}

/** The connection with this ID, if it is not deleted. */
export async function liveConnection(
  draft: NetworkDraft,
  id: string | undefined,
): Promise<VpnConnectionRecord> {
  if (!id) throw errors.missingParameter('vpnConnectionId');
  const found = await draft.find('vpn-connection', id);
  if (found.deletedAtMs !== undefined) {
    throw errors.invalidValue(id, 'vpnConnectionId', 'The connection is deleted.');
  }
  return found;
}
