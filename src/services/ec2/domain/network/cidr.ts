import { isIPv4, isIPv6 } from 'node:net';
import * as errors from '../../errors.ts';

/** A block of addresses of either family as numbers. */
export interface Cidr {
  readonly family: 4 | 6;
  readonly first: bigint;
  /** How many bits of an address all of the block have in common. */
  readonly prefix: number;
}

/** Undefined for what is no block of this family. Bits behind the prefix are cut off, as AWS does. */
export function parseCidr(cidr: string, family: 4 | 6): Cidr | undefined {
  const [address = '', prefix = '', ...rest] = cidr.split('/');
  const isAddress = family === 4 ? isIPv4(address) : isIPv6(address) && !address.includes('%');
  if (!isAddress || !/^\d{1,3}$/.test(prefix) || rest.length > 0) return undefined;
  if (Number(prefix) > widthOf(family)) return undefined;
  const groups = family === 4 ? address.split('.').map(BigInt) : hextets(address);
  const width = BigInt(widthOf(family) / groups.length);
  const number = groups.reduce((sum, group) => (sum << width) | group, 0n);
  const behind = BigInt(widthOf(family) - Number(prefix));
  return { family, first: (number >> behind) << behind, prefix: Number(prefix) };
}

/** A block as AWS keeps it: without bits behind its prefix, IPv6 in its shortest form. */
export function cidrText({ family, first, prefix }: Cidr): string {
  return `${write(first, family)}/${prefix}`;
}

/**
 * A block in the form that AWS keeps.
 *
 * @throws InvalidParameterValue
 */
export function canonicalCidr(cidr: string, family: 4 | 6): string {
  const parsed = parseCidr(cidr, family);
  if (!parsed) throw errors.invalidParameter(`CIDR block ${cidr} is malformed`);
  return cidrText(parsed);
}

/** Whether all of `inner` is in `outer`. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.prefix <= inner.prefix && overlaps(outer, inner);
}

export function overlaps(one: Cidr, other: Cidr): boolean {
  if (one.family !== other.family) return false;
  const behind = BigInt(widthOf(one.family) - Math.min(one.prefix, other.prefix));
  return one.first >> behind === other.first >> behind;
}

function widthOf(family: 4 | 6): number {
  return family === 4 ? 32 : 128;
}

/** The eight groups of an IPv6 address, which may be written with `::` and with an IPv4 tail. */
function hextets(address: string): bigint[] {
  const [head = [], tail] = address.split('::').map(groupsOf);
  if (tail === undefined) return head;
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => 0n);
  return [...head, ...zeros, ...tail];
}

function groupsOf(part: string): bigint[] {
  if (part === '') return [];
  return part.split(':').flatMap((group) => {
    if (!group.includes('.')) return [BigInt(`0x${group}`)];
    const [a = 0n, b = 0n, c = 0n, d = 0n] = group.split('.').map(BigInt);
    return [(a << 8n) | b, (c << 8n) | d];
  });
}

function write(number: bigint, family: 4 | 6): string {
  if (family === 4) {
    return [24n, 16n, 8n, 0n].map((shift) => (number >> shift) & 255n).join('.');
  }
  const groups = Array.from({ length: 8 }, (_, at) =>
    ((number >> BigInt(112 - 16 * at)) & 0xffffn).toString(16),
  );
  // A URL's host is written in the shortest form (RFC 5952).
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}
