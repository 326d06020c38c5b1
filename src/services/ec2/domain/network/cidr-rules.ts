import type { Subnet, Vpc } from '@aws-sdk/client-ec2';
import * as networkErrors from '../../network-errors.ts';
import { cidrText, contains, overlaps, parseCidr, type Cidr } from './cidr.ts';

// https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
const LARGEST = 16;
const SMALLEST = 28;
const MAX_BLOCKS = 5;
const IPV6_SUBNET_BITS = 64;

/** Private ranges that a VPC does not mix. */
const REALMS = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '198.19.0.0/16'].map(known);

/**
 * A VPC's block in AWS's form.
 *
 * @throws MissingParameter, InvalidParameterValue, InvalidVpc.Range
 */
export function checkVpcCidr(given: string | undefined): string {
  const cidr = checkCidr(given, 4, 'cidrBlock');
  if (!isAllowedSize(cidr)) throw networkErrors.vpcRange(given!);
  return cidrText(cidr);
}

/**
 * A further block for a VPC, in AWS's form.
 *
 * @throws MissingParameter, InvalidParameterValue, InvalidVpc.Range, CidrLimitExceeded
 */
export function checkFurtherCidr(vpc: Vpc, given: string | undefined): string {
  const text = checkVpcCidr(given);
  const cidr = known(text);
  const present = blocksOf(vpc, 4);
  const other = present.find((each) => overlaps(each, cidr));
  if (other) throw networkErrors.vpcCidrConflict(text, cidrText(other));
  const realm = REALMS.find((each) => overlaps(each, cidr));
  const primary = REALMS.find((each) => overlaps(each, known(vpc.CidrBlock ?? '')));
  if (realm && realm !== primary) throw networkErrors.vpcCidrRestricted(text);
  if (present.length >= MAX_BLOCKS) throw networkErrors.cidrLimit(vpc.VpcId ?? '', MAX_BLOCKS);
  return text;
}

/**
 * A subnet's block in AWS's form: within the VPC's, beside those of its other subnets.
 *
 * @throws MissingParameter, InvalidParameterValue, InvalidSubnet.Range, InvalidSubnet.Conflict
 */
export function checkSubnetCidr(
  vpc: Vpc,
  subnets: readonly Subnet[],
  given: string | undefined,
): string {
  const cidr = checkCidr(given, 4, 'cidrBlock');
  if (!isAllowedSize(cidr) || !blocksOf(vpc, 4).some((block) => contains(block, cidr))) {
    throw networkErrors.subnetRange(given!);
  }
  const others = subnets.flatMap(({ CidrBlock }) => parseCidr(CidrBlock ?? '', 4) ?? []);
  if (others.some((other) => overlaps(other, cidr))) throw networkErrors.subnetConflict(given!);
  return cidrText(cidr);
}

/** The same for its IPv6 block, which is a /64 of the VPC's. */
export function checkSubnetIpv6(vpc: Vpc, subnets: readonly Subnet[], given: string): string {
  const cidr = checkCidr(given, 6, 'ipv6CidrBlock');
  const inVpc = blocksOf(vpc, 6).some((block) => contains(block, cidr));
  if (cidr.prefix !== IPV6_SUBNET_BITS || !inVpc) throw networkErrors.subnetRange(given);
  if (subnets.flatMap(ipv6BlocksOf).some((other) => overlaps(other, cidr))) {
    throw networkErrors.subnetConflict(given);
  }
  return cidrText(cidr);
}

/** Whether any of the subnets is in this block. */
export function isBlockInUse(block: string, family: 4 | 6, subnets: readonly Subnet[]): boolean {
  const cidr = parseCidr(block, family);
  return subnets.some((subnet) => {
    const own = family === 6 ? ipv6BlocksOf(subnet) : [parseCidr(subnet.CidrBlock ?? '', 4)];
    return own.some((each) => each && cidr && contains(cidr, each));
  });
}

/** The first free IPv4 block of `prefix` bits in the VPC; undefined where all are taken. */
export function firstFreeBlock(
  vpc: Vpc,
  subnets: readonly Subnet[],
  prefix: number,
): string | undefined {
  const taken = subnets.flatMap(({ CidrBlock }) => parseCidr(CidrBlock ?? '', 4) ?? []);
  for (const block of blocksOf(vpc, 4)) {
    for (let at = 0n; at < 1n << BigInt(Math.max(0, prefix - block.prefix)); at++) {
      const first = block.first + (at << BigInt(32 - prefix));
      const candidate: Cidr = { family: 4, first, prefix };
      if (contains(block, candidate) && !taken.some((each) => overlaps(each, candidate))) {
        return cidrText(candidate);
      }
    }
  }
  return undefined;
}

function checkCidr(given: string | undefined, family: 4 | 6, parameter: string): Cidr {
  if (!given) throw networkErrors.noCidr();
  const cidr = parseCidr(given, family);
  if (!cidr) throw networkErrors.invalidCidr(given, parameter);
  return cidr;
}

function isAllowedSize({ prefix }: Cidr): boolean {
  return prefix >= LARGEST && prefix <= SMALLEST;
}

function blocksOf(vpc: Vpc, family: 4 | 6): Cidr[] {
  const texts =
    family === 4
      ? vpc.CidrBlockAssociationSet?.map((block) => block.CidrBlock)
      : vpc.Ipv6CidrBlockAssociationSet?.map((block) => block.Ipv6CidrBlock);
  return (texts ?? []).flatMap((text) => parseCidr(text ?? '', family) ?? []);
}

function ipv6BlocksOf(subnet: Subnet): Cidr[] {
  const blocks = subnet.Ipv6CidrBlockAssociationSet ?? [];
  return blocks.flatMap(({ Ipv6CidrBlock }) => parseCidr(Ipv6CidrBlock ?? '', 6) ?? []);
}

function known(text: string): Cidr {
  const cidr = parseCidr(text, 4);
  if (!cidr) throw new Error(`no block: ${text}`);
  return cidr;
}

/** Whether two VPCs have addresses in common. */
export function isAnyOverlapping(one: Vpc, other: Vpc): boolean {
  const blocks = (vpc: Vpc) => [...blocksOf(vpc, 4), ...blocksOf(vpc, 6)];
  return blocks(one).some((block) => blocks(other).some((each) => overlaps(block, each)));
}
