import { isIPv4, isIPv6 } from 'node:net';
import { isList, isScalar } from '../calls.ts';
import { templateError } from '../errors.ts';
import type { TemplateFunction } from './function.ts';

/**
 * Cuts an address block into `count` blocks of 2^`hostBits` addresses, from its start.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html
 */
export const cidr: TemplateFunction = async (argument, { evaluate }) => {
  const given = isList(argument) ? argument : [];
  const [block, count, hostBits = 8] = await Promise.all(given.map((value) => evaluate(value)));
  if (!isScalar(block) || !isScalar(count) || !isScalar(hostBits) || given.length > 3) {
    throw templateError(
      'every Fn::Cidr object requires two or three parameters, (1) an IP block, (2) a count and (3) cidr bits',
    );
  }
  return subnets(String(block), wholeNumber(count, 1, 256), wholeNumber(hostBits, 1, 128));
};

function subnets(block: string, count: number, hostBits: number): string[] {
  const [address = '', prefix = ''] = block.split('/');
  const bits = isIPv4(address) ? 32 : isIPv6(address) ? 128 : 0;
  if (bits === 0 || !/^\d{1,3}$/.test(prefix) || Number(prefix) > bits) {
    throw templateError(`Fn::Cidr requires a valid IP block, got ${block}`);
  }
  const blockBits = BigInt(bits - Number(prefix));
  const size = 1n << BigInt(hostBits);
  if (size * BigInt(count) > 1n << blockBits) {
    throw templateError(`Fn::Cidr cannot cut ${count} blocks of ${hostBits} bits out of ${block}`);
  }
  const start =
    ((bits === 32 ? numberOfV4(address) : numberOfV6(address)) >> blockBits) << blockBits;
  return Array.from({ length: count }, (_, index) => {
    const number = start + BigInt(index) * size;
    return `${bits === 32 ? textOfV4(number) : textOfV6(number)}/${bits - hostBits}`;
  });
}

function wholeNumber(value: string | number | boolean, min: number, max: number): number {
  const number = /^\d{1,3}$/.test(String(value)) ? Number(value) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw templateError(`Fn::Cidr requires a number from ${min} to ${max}, got ${value}`);
}

function numberOfV4(address: string): bigint {
  return address.split('.').reduce((number, part) => (number << 8n) | BigInt(part), 0n);
}

function textOfV4(number: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (number >> shift) & 255n).join('.');
}

/** The URL parser writes every form of an IPv6 address as groups of hexadecimal digits. */
function numberOfV6(address: string): bigint {
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const left = head.split(':').filter((group) => group !== '');
  const right = (tail ?? '').split(':').filter((group) => group !== '');
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].reduce(
    (number, group) => (number << 16n) | BigInt(`0x${group}`),
    0n,
  );
}

function textOfV6(number: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((number >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  );
  return new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1);
}
