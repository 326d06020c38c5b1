import assert from 'node:assert/strict';

/** A block of IPv4 addresses as numbers. */
export interface Block {
  readonly first: number;
  /** How many addresses it has. */
  readonly size: number;
}

/** @param cidr e.g. `172.31.16.0/20` */
export function parseBlock(cidr: string): Block {
  const [base = '', bits = ''] = cidr.split('/');
  const first = toNumber(base);
  assert(first !== undefined && /^\d+$/.test(bits), `no block: ${cidr}`);
  return { first, size: 2 ** (32 - Number(bits)) };
}

/** Undefined for what is no IPv4 address in dotted form. */
export function toNumber(address: string): number | undefined {
  const parts = address.split('.');
  if (parts.length !== 4) return undefined;
  let number = 0;
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    number = number * 256 + Number(part);
  }
  return number;
}

export function toAddress(number: number): string {
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');
}

/** AWS keeps the first four addresses of a subnet and the last: network, router, DNS, future, broadcast. */
export const RESERVED_FIRST = 4;
export const RESERVED_LAST = 1;

/** Whether instances may have this address of the subnet. */
export function isAllottable({ first, size }: Block, address: number): boolean {
  return address >= first + RESERVED_FIRST && address < first + size - RESERVED_LAST;
}

/**
 * The addresses of a block that AWS gives out, each once.
 *
 * @param start from 0 to 1: where in the block they begin
 */
export function* addressesOf({ first, size }: Block, start: number): Generator<string> {
  const usable = size - RESERVED_FIRST - RESERVED_LAST;
  const offset = Math.floor(start * usable);
  for (let step = 0; step < usable; step++) {
    yield toAddress(first + RESERVED_FIRST + ((offset + step) % usable));
  }
}
