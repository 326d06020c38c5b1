import type { TunnelOption, VpnTunnelOptionsSpecification } from '@aws-sdk/client-ec2';
import type { Ids } from '../../../../kernel/ids.ts';
import * as errors from '../../errors.ts';
import { parseCidr } from '../network/cidr.ts';

const TUNNELS = 2;

// https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html
const RESERVED_INSIDE = [0, 1, 2, 3, 4, 5].map((part) => `169.254.${part}.0/30`);
RESERVED_INSIDE.push('169.254.169.252/30');
const PRE_SHARED_KEY = /^(?!0)[A-Za-z0-9._]{8,64}$/;

/** The two tunnels of a new connection, as they were asked for and else as they are drawn. */
export function newTunnels(
  asked: readonly VpnTunnelOptionsSpecification[] = [],
  ids: Ids,
): TunnelOption[] {
  if (asked.length > TUNNELS) {
    throw errors.invalidParameter(`A VPN connection has ${TUNNELS} tunnels.`);
  }
  const inside = asked.flatMap(({ TunnelInsideCidr }) => TunnelInsideCidr || []);
  if (new Set(inside).size < inside.length) {
    throw errors.invalidParameter('The tunnels of a VPN connection must have different CIDRs.');
  }
  const outside = ids.bytes(1)[0]! % 126;
  return Array.from({ length: TUNNELS }, (_, at) => {
    const [high = 0, low = 0] = ids.bytes(2);
    // Above the reserved ones, and below the metadata service's.
    const drawn: TunnelOption = {
      // Addresses for documentation: no tunnel is built, so nothing must answer there.
      OutsideIpAddress: `203.0.113.${1 + outside * TUNNELS + at}`,
      TunnelInsideCidr: `169.254.${6 + ((high * TUNNELS + at) % 160)}.${low & 0xfc}/30`,
      PreSharedKey: ids.alphanumeric(32),
      LogOptions: { CloudWatchLogOptions: { LogEnabled: false } },
      EnableTunnelLifecycleControl: false,
    };
    return changedTunnel(drawn, asked[at] ?? {});
  });
}

/** @throws InvalidParameterValue */
export function changedTunnel(
  before: TunnelOption,
  asked: VpnTunnelOptionsSpecification,
): TunnelOption {
  const { DPDTimeoutAction, DPDTimeoutSeconds, IKEVersions, TunnelInsideCidr, ...same } = asked;
  if (TunnelInsideCidr) checkInside(TunnelInsideCidr);
  const { PreSharedKey } = same;
  if (PreSharedKey !== undefined && !PRE_SHARED_KEY.test(PreSharedKey)) {
    throw errors.invalidParameter(
      'A pre-shared key has 8 to 64 letters, digits, periods and underscores, and does not start with 0.',
    );
  }
  const given = Object.entries({
    ...same,
    ...(TunnelInsideCidr && { TunnelInsideCidr }),
    DpdTimeoutAction: DPDTimeoutAction,
    DpdTimeoutSeconds: DPDTimeoutSeconds,
    IkeVersions: IKEVersions,
  }).filter(([, value]) => value !== undefined);
  return { ...before, ...Object.fromEntries(given) };
}

function checkInside(cidr: string): void {
  const parsed = parseCidr(cidr, 4);
  const fits = parsed?.prefix === 30 && cidr.startsWith('169.254.');
  if (!fits || RESERVED_INSIDE.includes(cidr)) {
    throw errors.invalidValue(
      cidr,
      'tunnelInsideCidr',
      'It must be a free /30 block of 169.254.0.0/16.',
    );
  }
}
