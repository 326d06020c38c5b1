import type {
  CreateNetworkAclEntryRequest,
  NetworkAcl,
  NetworkAclEntry,
} from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import * as networkErrors from '../../network-errors.ts';
import { cidrText, parseCidr } from '../network/cidr.ts';
import { LAST_ACL_RULE } from '../network/new-vpc.ts';

type Request = Omit<CreateNetworkAclEntryRequest, 'NetworkAclId' | 'DryRun'>;

const PROTOCOLS: Readonly<Record<string, string>> = { tcp: '6', udp: '17', icmp: '1', all: '-1' };
const LAST_PORT = 65_535;

/**
 * A rule as AWS keeps it: its protocol as a number, its block without bits behind the prefix.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html
 *
 * @throws MissingParameter, InvalidParameterValue
 */
export function checkEntry(input: Request): NetworkAclEntry & { readonly RuleNumber: number } {
  const { RuleAction, Egress } = input;
  const RuleNumber = checkRuleNumber(input.RuleNumber);
  const Protocol = checkProtocol(input.Protocol);
  if (!RuleAction) throw errors.missingParameter('ruleAction');
  if (Egress === undefined) throw errors.missingParameter('egress');
  return {
    RuleNumber,
    Protocol,
    RuleAction,
    Egress,
    ...checkBlock(input),
    ...checkPorts(Protocol, input),
  };
}

/** @throws MissingParameter, InvalidParameterValue */
export function checkRuleNumber(number: number | undefined): number {
  if (number === undefined) throw errors.missingParameter('ruleNumber');
  if (number < 1 || number >= LAST_ACL_RULE) {
    throw errors.invalidValue(number, 'ruleNumber', `Must be between 1 and ${LAST_ACL_RULE - 1}.`);
  }
  return number;
}

/** The entry of a direction with this number. */
export function findEntry(acl: NetworkAcl, number: number, egress: boolean) {
  return acl.Entries?.find((each) => each.RuleNumber === number && each.Egress === egress);
}

function checkProtocol(given: string | undefined): string {
  if (!given) throw errors.missingParameter('protocol');
  const number = PROTOCOLS[given.toLowerCase()] ?? given;
  if (number !== '-1' && (!/^\d{1,3}$/.test(number) || Number(number) > 255)) {
    throw errors.invalidValue(given, 'protocol', 'Unknown protocol.');
  }
  return String(Number(number));
}

function checkBlock({ CidrBlock, Ipv6CidrBlock }: Request): Partial<NetworkAclEntry> {
  if (CidrBlock && Ipv6CidrBlock) {
    throw errors.combination('Only one of cidrBlock and ipv6CidrBlock may be given');
  }
  if (!CidrBlock && !Ipv6CidrBlock) throw errors.missingParameter('cidrBlock');
  const cidr = CidrBlock ? parseCidr(CidrBlock, 4) : parseCidr(Ipv6CidrBlock ?? '', 6);
  if (!cidr) {
    throw networkErrors.invalidCidr(
      CidrBlock ?? Ipv6CidrBlock ?? '',
      CidrBlock ? 'cidrBlock' : 'ipv6CidrBlock',
    );
  }
  return CidrBlock ? { CidrBlock: cidrText(cidr) } : { Ipv6CidrBlock: cidrText(cidr) };
}

/** Ports belong to TCP and UDP, types and codes to ICMP; with other protocols AWS passes over both. */
function checkPorts(
  protocol: string,
  { PortRange, IcmpTypeCode }: Request,
): Partial<NetworkAclEntry> {
  if (protocol === '6' || protocol === '17') {
    const { From, To } = PortRange ?? {};
    if (From === undefined || To === undefined) throw errors.missingParameter('portRange');
    if (From < 0 || To > LAST_PORT || From > To) {
      throw errors.invalidParameter(`Invalid TCP/UDP port range (${From}:${To})`);
    }
    return { PortRange: { From, To } };
  }
  if (protocol === '1' || protocol === '58') {
    const { Type, Code } = IcmpTypeCode ?? {};
    if (Type === undefined || Code === undefined) throw errors.missingParameter('icmpTypeCode');
    return { IcmpTypeCode: { Type, Code } };
  }
  return {};
}
