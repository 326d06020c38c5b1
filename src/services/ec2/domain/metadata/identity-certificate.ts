import { createPublicKey, sign, type KeyObject } from 'node:crypto';
import * as der from '../../../../kernel/der.ts';

/** What is signed with: RSA over SHA-256. */
const SHA256_WITH_RSA = algorithm('1.2.840.113549.1.1.11');
const SHA256 = algorithm('2.16.840.1.101.3.4.2.1');
const RSA = algorithm('1.2.840.113549.1.1.1');
const COMMON_NAME = '2.5.4.3';
const DATA = '1.2.840.113549.1.7.1';
const SIGNED_DATA = '1.2.840.113549.1.7.2';

const ISSUER = der.sequence(
  der.setOf(der.sequence(der.identifier(COMMON_NAME), der.utf8('Alacarte instance identity'))),
);
/** Clouds move their clocks, so the certificate holds at any time that they are likely to show. */
const VALIDITY = der.sequence(der.utcTime('000101000000Z'), der.utcTime('491231235959Z'));

/**
 * A certificate of `key`'s public half, signed by itself.
 *
 * @param serial up to 20 bytes, a positive number
 * @returns PEM
 */
export function selfSigned(key: KeyObject, serial: Uint8Array): string {
  const body = der.sequence(
    der.tagged(0, der.integer(Buffer.from([2]))),
    der.integer(serial),
    SHA256_WITH_RSA,
    ISSUER,
    VALIDITY,
    ISSUER,
    createPublicKey(key).export({ type: 'spki', format: 'der' }),
  );
  const signed = der.sequence(body, SHA256_WITH_RSA, der.bits(sign('sha256', body, key)));
  return `-----BEGIN CERTIFICATE-----\n${lines(signed)}\n-----END CERTIFICATE-----\n`;
}

/**
 * `content` inside a PKCS #7 message, signed by the key of `selfSigned(key, serial)`. Like AWS's it
 * names its certificate and does not bring it along: who verifies has it from elsewhere.
 *
 * @returns base64 in lines of 64, without the PEM's first and last line
 */
export function signedMessage(content: string, key: KeyObject, serial: Uint8Array): string {
  const bytes = Buffer.from(content);
  const one = der.integer(Buffer.from([1]));
  const signer = der.sequence(
    one,
    der.sequence(ISSUER, der.integer(serial)),
    SHA256,
    RSA,
    der.octets(sign('sha256', bytes, key)),
  );
  const signedData = der.sequence(
    one,
    der.setOf(SHA256),
    der.sequence(der.identifier(DATA), der.tagged(0, der.octets(bytes))),
    der.setOf(signer),
  );
  return lines(der.sequence(der.identifier(SIGNED_DATA), der.tagged(0, signedData)));
}

/** @returns base64 in lines of 64 */
export function signature(content: string, key: KeyObject): string {
  return lines(sign('sha256', Buffer.from(content), key));
}

function algorithm(dotted: string): Buffer {
  return der.sequence(der.identifier(dotted), der.nothing());
}

function lines(bytes: Buffer): string {
  return (bytes.toString('base64').match(/.{1,64}/g) ?? []).join('\n');
}
