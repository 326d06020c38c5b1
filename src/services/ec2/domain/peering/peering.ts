import type {
  Vpc,
  VpcPeeringConnection,
  VpcPeeringConnectionStateReasonCode,
  VpcPeeringConnectionVpcInfo,
} from '@aws-sdk/client-ec2';
import * as networkErrors from '../../network-errors.ts';
import type { Place } from '../place.ts';

/** Times are milliseconds since the epoch. */
export interface PeeringRecord extends Omit<VpcPeeringConnection, 'Status' | 'ExpirationTime'> {
  readonly VpcPeeringConnectionId: string;
  readonly code: VpcPeeringConnectionStateReasonCode;
  /** When it comes to nothing unless it is accepted. */
  readonly expiresAtMs: number;
  readonly endedAtMs?: number;
}

/** https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html#vpc-peering-lifecycle */
export const ACCEPTABLE_MS = 7 * 24 * 3_600_000;
const VISIBLE_MS = 2 * 3_600_000;

/** What has become of it: a request that nobody accepts expires. */
export function codeOf(
  { code, expiresAtMs }: PeeringRecord,
  now: number,
): VpcPeeringConnectionStateReasonCode {
  return code === 'pending-acceptance' && now >= expiresAtMs ? 'expired' : code;
}

/** Whether it is there or may still come to be. */
export function isOpen(connection: PeeringRecord, now: number): boolean {
  const code = codeOf(connection, now);
  return code === 'active' || code === 'pending-acceptance';
}

/** Those that came to an end can be seen for a while. */
export function isVisible(connection: PeeringRecord, now: number): boolean {
  const { endedAtMs = connection.expiresAtMs } = connection;
  return isOpen(connection, now) || now < endedAtMs + VISIBLE_MS;
}

export function isPeerOf(connection: PeeringRecord, vpcId: string): boolean {
  const { RequesterVpcInfo, AccepterVpcInfo } = connection;
  return [RequesterVpcInfo, AccepterVpcInfo].some((side) => side?.VpcId === vpcId);
}

/** @throws InvalidStateTransition unless it is in one of these states */
export function checkTransition(
  connection: PeeringRecord,
  from: readonly VpcPeeringConnectionStateReasonCode[],
  to: VpcPeeringConnectionStateReasonCode,
  now: number,
): void {
  const code = codeOf(connection, now);
  if (from.includes(code)) return;
  throw networkErrors.invalidTransition(connection.VpcPeeringConnectionId, code, to);
}

export function wirePeering(connection: PeeringRecord, now: number): VpcPeeringConnection {
  const { code: _, expiresAtMs, endedAtMs: __, ...shown } = connection;
  const Code = codeOf(connection, now);
  const owner = connection.AccepterVpcInfo?.OwnerId ?? '';
  const isPending = Code === 'pending-acceptance';
  return {
    ...shown,
    Status: { Code, Message: MESSAGES[Code]?.(owner) ?? Code },
    ...(isPending && { ExpirationTime: new Date(expiresAtMs) }),
  };
}

/** One side of a connection. */
export function sideOf(vpc: Vpc, { account, region }: Place): VpcPeeringConnectionVpcInfo {
  return {
    VpcId: vpc.VpcId,
    OwnerId: account,
    Region: region,
    CidrBlock: vpc.CidrBlock,
    CidrBlockSet: (vpc.CidrBlockAssociationSet ?? []).map(({ CidrBlock }) => ({ CidrBlock })),
    Ipv6CidrBlockSet: (vpc.Ipv6CidrBlockAssociationSet ?? []).map(({ Ipv6CidrBlock }) => ({
      Ipv6CidrBlock,
    })),
    PeeringOptions: {
      AllowDnsResolutionFromRemoteVpc: false,
      AllowEgressFromLocalClassicLinkToRemoteVpc: false,
      AllowEgressFromLocalVpcToRemoteClassicLink: false,
    },
  };
}

const MESSAGES: Readonly<
  Partial<Record<VpcPeeringConnectionStateReasonCode, (owner: string) => string>>
> = {
  'initiating-request': (owner) => `Initiating Request to ${owner}`,
  'pending-acceptance': (owner) => `Pending Acceptance by ${owner}`,
  active: () => 'Active',
  rejected: () => 'Inactive',
  expired: () => 'Expired',
  deleted: (owner) => `Deleted by ${owner}`,
  failed: () => 'Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range',
};
