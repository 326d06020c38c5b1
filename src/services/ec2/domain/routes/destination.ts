import type { Route } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import * as networkErrors from '../../network-errors.ts';
import { checkIds, kinds } from '../resource-kinds.ts';
import { cidrText, parseCidr } from '../network/cidr.ts';

/** Where a route leads, as its members on the wire. */
export type Destination =
  | { readonly DestinationCidrBlock: string }
  | { readonly DestinationIpv6CidrBlock: string }
  | { readonly DestinationPrefixListId: string };

interface Given {
  readonly DestinationCidrBlock?: string | undefined;
  readonly DestinationIpv6CidrBlock?: string | undefined;
  readonly DestinationPrefixListId?: string | undefined;
}

/**
 * The one destination that a request names, in the form that AWS keeps.
 *
 * @throws MissingParameter, InvalidParameterCombination, InvalidParameterValue
 */
export function checkDestination(given: Given): Destination {
  const { DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId } = given;
  const named = [DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId];
  if (named.filter(Boolean).length > 1) {
    throw errors.combination(
      'The request must contain exactly one of destinationCidrBlock, destinationIpv6CidrBlock and destinationPrefixListId',
    );
  }
  if (DestinationCidrBlock) {
    return { DestinationCidrBlock: canonical(DestinationCidrBlock, 4, 'destinationCidrBlock') };
  }
  if (DestinationIpv6CidrBlock) {
    const cidr = canonical(DestinationIpv6CidrBlock, 6, 'destinationIpv6CidrBlock');
    return { DestinationIpv6CidrBlock: cidr };
  }
  if (DestinationPrefixListId) {
    checkIds(kinds.prefixList, [DestinationPrefixListId]);
    return { DestinationPrefixListId };
  }
  throw errors.missingParameter('destinationCidrBlock');
}

/** A destination as text, the same for routes to the same place. */
export function destinationOf(route: Route): string {
  const { DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId } = route;
  return DestinationCidrBlock ?? DestinationIpv6CidrBlock ?? DestinationPrefixListId ?? '';
}

function canonical(given: string, family: 4 | 6, parameter: string): string {
  const cidr = parseCidr(given, family);
  if (!cidr) throw networkErrors.invalidCidr(given, parameter);
  return cidrText(cidr);
}
