import type { Subnet, SubnetCidrReservation } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import * as networkErrors from '../../network-errors.ts';
import { cidrText, contains, overlaps, parseCidr, type Cidr } from './cidr.ts';

/** A part of a subnet of which nothing gets an address that does not name it. */
export interface CidrReservationRecord extends SubnetCidrReservation {
  readonly SubnetCidrReservationId: string;
  readonly SubnetId: string;
  readonly Cidr: string;
}

/** Whether an address of a subnet is in one of its reservations. */
export function setAside(
  reservations: readonly CidrReservationRecord[],
  subnetId: string,
): (address: string) => boolean {
  const blocks = reservations
    .filter(({ SubnetId }) => SubnetId === subnetId)
    .flatMap(({ Cidr: text }) => parseEither(text) ?? []);
  if (blocks.length === 0) return () => false;
  return (address) => {
    const one = parseCidr(`${address}/32`, 4) ?? parseCidr(`${address}/128`, 6);
    return one !== undefined && blocks.some((block) => contains(block, one));
  };
}

/**
 * The block that a request reserves, in the form that AWS keeps.
 *
 * @param others the reservations of the subnet
 * @throws InvalidParameterValue
 */
export function checkReservation(
  given: string,
  { CidrBlock = '', Ipv6CidrBlockAssociationSet: ipv6 = [] }: Subnet,
  others: readonly CidrReservationRecord[],
): string {
  const block = parseEither(given);
  if (!block) throw networkErrors.invalidCidr(given, 'cidr');
  const own = [CidrBlock, ...ipv6.map(({ Ipv6CidrBlock = '' }) => Ipv6CidrBlock)];
  if (!own.some((each) => isWithin(block, each))) {
    throw errors.invalidValue(given, 'cidr', 'It is not within the CIDR blocks of the subnet.');
  }
  const other = others.find(({ Cidr: text }) => {
    const reserved = parseEither(text);
    return reserved !== undefined && overlaps(reserved, block);
  });
  if (other) {
    throw errors.invalidValue(
      given,
      'cidr',
      `It overlaps the reservation ${other.SubnetCidrReservationId} of ${other.Cidr}.`,
    );
  }
  return cidrText(block);
}

export function isIpv6({ Cidr: text }: CidrReservationRecord): boolean {
  return text.includes(':');
}

function isWithin(block: Cidr, text: string): boolean {
  const outer = parseEither(text);
  return outer !== undefined && contains(outer, block);
}

function parseEither(text: string): Cidr | undefined {
  return parseCidr(text, 4) ?? parseCidr(text, 6);
}
