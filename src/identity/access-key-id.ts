import type { Ids } from '../kernel/ids.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * An access key ID of AWS's form: the kind, then 16 characters of base 32 that begin with a set bit
 * and the account's number, which GetAccessKeyInfo and other tools read back.
 *
 * @param kind `AKIA` for a long-term key, `ASIA` for a temporary one
 */
export function accessKeyId(ids: Ids, kind: 'AKIA' | 'ASIA', account: string): string {
  const random = BigInt(`0x${ids.hex(10)}`); // the last 39 of 80 bits are random
  let bits = (1n << 79n) | (BigInt(account) << 39n) | (random & ((1n << 39n) - 1n));
  let text = '';
  for (let at = 0; at < 16; at++) {
    text = alphabet[Number(bits & 31n)]! + text;
    bits >>= 5n;
  }
  return kind + text;
}

/** The account that an access key ID of AWS's form belongs to; undefined for other forms. */
export function accountOf(accessKey: string): string | undefined {
  if (!/^A[KS]IA[Q-Z2-7][A-Z2-7]{15}$/.test(accessKey)) return undefined;
  let bits = 0n;
  for (const character of accessKey.slice(4)) {
    bits = (bits << 5n) | BigInt(alphabet.indexOf(character));
  }
  return String((bits >> 39n) & ((1n << 40n) - 1n)).padStart(12, '0');
}

/** A secret access key: 40 characters of base 64. */
export function secretAccessKey(ids: Ids): string {
  return Buffer.from(ids.bytes(30)).toString('base64');
}
