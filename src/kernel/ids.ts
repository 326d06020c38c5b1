import { randomFillSync } from 'node:crypto';

/** Where randomness comes from; a test injects a seeded source. */
export type RandomSource = (bytes: number) => Uint8Array;

/** Identifiers in AWS's forms, from an injected source of randomness. */
export class Ids {
  readonly #random: RandomSource;

  constructor(random: RandomSource = pooledRandomness()) {
    this.#random = random;
  }

  bytes(count: number): Uint8Array {
    return this.#random(count);
  }

  /** `digits` lower-case hexadecimal digits. */
  hex(digits: number): string {
    const bytes = this.#random(Math.ceil(digits / 2));
    return Buffer.from(bytes).toString('hex').slice(0, digits);
  }

  /** An EC2-style identifier: `i-` and 17 hexadecimal digits. */
  resource(prefix: string): string {
    return `${prefix}-0${this.hex(16)}`;
  }

  /** A version 4 UUID. */
  uuid(): string {
    const bytes = Buffer.from(this.#random(16));
    bytes[6] = (bytes[6]! & 0x0f) | 0x40;
    bytes[8] = (bytes[8]! & 0x3f) | 0x80;
    const hex = bytes.toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  /** `length` characters out of capital letters and digits, as access keys and DynamoDB's request IDs use. */
  alphanumeric(length: number): string {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
    let text = '';
    for (const byte of this.#random(length)) text += letters[byte & 31];
    return text;
  }
}

const POOL_BYTES = 4096;

/** Draws from the system's source in large portions: every request takes an identifier. */
function pooledRandomness(): RandomSource {
  let pool = Buffer.alloc(0);
  let taken = 0;
  return (bytes) => {
    if (taken + bytes > pool.length) {
      pool = randomFillSync(Buffer.allocUnsafeSlow(Math.max(POOL_BYTES, bytes)));
      taken = 0;
    }
    taken += bytes;
    return pool.subarray(taken - bytes, taken);
  };
}
