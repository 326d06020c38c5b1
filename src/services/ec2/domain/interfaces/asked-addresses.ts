import type { PrivateIpAddressSpecification } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';

/** What a request asks of private addresses: those that it names, and how many others. */
export interface AskedAddresses {
  readonly primary: string | undefined;
  readonly further: readonly string[];
  readonly count: number;
}

/** @throws InvalidParameterCombination */
export function askedAddresses({
  PrivateIpAddress,
  PrivateIpAddresses: named = [],
  SecondaryPrivateIpAddressCount: count = 0,
}: {
  readonly PrivateIpAddress?: string | undefined;
  readonly PrivateIpAddresses?: readonly PrivateIpAddressSpecification[] | undefined;
  readonly SecondaryPrivateIpAddressCount?: number | undefined;
}): AskedAddresses {
  if (named.length > 0 && PrivateIpAddress) {
    throw errors.combination('privateIpAddress and privateIpAddresses may not be given together');
  }
  const primaries = named.filter(({ Primary }) => Primary);
  if (primaries.length > 1) {
    throw errors.combination('Only one primary private IP address can be specified.');
  }
  // Of those that nobody marks, the first one is.
  const primary = primaries[0] ?? named[0];
  const further = named.filter((each) => each !== primary);
  if (further.length > 0 && count > 0) {
    throw errors.combination(
      'secondaryPrivateIpAddressCount and secondary privateIpAddresses may not be given together',
    );
  }
  return {
    primary: PrivateIpAddress ?? primary?.PrivateIpAddress,
    further: [...new Set(further.flatMap(({ PrivateIpAddress: each }) => each ?? []))],
    count,
  };
}

export function namedAddresses({ primary, further }: AskedAddresses): string[] {
  return primary === undefined ? [...further] : [primary, ...further];
}
