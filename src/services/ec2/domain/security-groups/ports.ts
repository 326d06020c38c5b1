import * as errors from '../../errors.ts';

/** A rule's protocol with its ports, or with ICMP's type and code. */
export interface Traffic {
  /** `tcp`, `udp`, `icmp`, `icmpv6`, another one's number, or `-1` for all. */
  readonly IpProtocol: string;
  readonly FromPort: number;
  readonly ToPort: number;
}

const NAMES: Readonly<Record<string, string>> = { 1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'icmpv6' };
const LAST_PORT = 65_535;
const LAST_ICMP = 255;

/**
 * Protocol and ports as AWS keeps them: names for the four protocols that have ports or types, and
 * -1 to -1 for all others.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
 *
 * @throws MissingParameter, InvalidParameterValue
 */
export function checkTraffic(
  protocol: string | undefined,
  from: number | undefined,
  to: number | undefined,
): Traffic {
  if (protocol === undefined || protocol === '') throw errors.missingParameter('ipProtocol');
  const IpProtocol = protocolName(protocol);
  switch (IpProtocol) {
    case 'tcp':
    case 'udp':
      return { IpProtocol, ...portRange(from, to) };
    case 'icmp':
    case 'icmpv6':
      return { IpProtocol, ...icmpTypes(from, to) };
    default:
      return { IpProtocol, FromPort: -1, ToPort: -1 };
  }
}

function protocolName(given: string): string {
  const name = given.toLowerCase();
  if (name === '-1' || name === 'all') return '-1';
  if (Object.values(NAMES).includes(name)) return name;
  if (!/^\d{1,3}$/.test(name) || Number(name) > 255) {
    throw errors.invalidParameter(`Invalid value '${given}' for IP protocol. Unknown protocol.`);
  }
  return NAMES[Number(name)] ?? String(Number(name));
}

function portRange(from: number | undefined, to: number | undefined) {
  if (from === undefined || to === undefined) {
    throw errors.invalidParameter(
      "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
    );
  }
  const outside = [from, to].find((port) => port < 0 || port > LAST_PORT);
  if (outside !== undefined) {
    throw errors.invalidParameter(`TCP/UDP port (${outside}) out of range`);
  }
  if (from > to) throw errors.invalidParameter(`Invalid TCP/UDP port range (${from}:${to})`);
  return { FromPort: from, ToPort: to };
}

function icmpTypes(type: number | undefined = -1, code: number | undefined = -1) {
  if (type < -1 || type > LAST_ICMP) {
    throw errors.invalidParameter(`ICMP type (${type}) out of range`);
  }
  if (code < -1 || code > LAST_ICMP) {
    throw errors.invalidParameter(`ICMP code (${code}) out of range`);
  }
  if (type === -1 && code !== -1) {
    throw errors.invalidParameter('ICMP code must be -1 where the type is -1');
  }
  return { FromPort: type, ToPort: code };
}
