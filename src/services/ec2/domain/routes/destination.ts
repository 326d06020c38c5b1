import type { Route } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import * as networkErrors from '../../network-errors.ts';
import { cidrText, parseCidr } from '../network/cidr.ts';

/** Where a route leads, as its members on the wire. */
export type Destination =
  | { readonly DestinationCidrBlock: string }
  | { readonly DestinationIpv6CidrBlock: string };

interface Given {
  readonly DestinationCidrBlock?: string | undefined;
  readonly DestinationIpv6CidrBlock?: string | undefined;
  readonly DestinationPrefixListId?: string | undefined;
}

/**
 * The one destination that a request names, in the form that AWS keeps.
 *
 * @throws MissingParameter, InvalidParameterCombination, InvalidParameterValue, UnsupportedOperation
 */
export function checkDestination(given: Given): Destination {
  const { DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId } = given;
  if (DestinationPrefixListId) {
    throw errors.unsupported('Alacarte does not support DestinationPrefixListId in routes yet.');
  }
  if (DestinationCidrBlock && DestinationIpv6CidrBlock) {
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
  throw errors.missingParameter('destinationCidrBlock');
}

/** A destination as text, the same for routes to the same place. */
export function destinationOf(route: Route): string {
  return route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? '';
}

function canonical(given: string, family: 4 | 6, parameter: string): string {
  const cidr = parseCidr(given, family);
  if (!cidr) throw networkErrors.invalidCidr(given, parameter);
  return cidrText(cidr);
}
