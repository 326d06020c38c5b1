import { createHash, createPublicKey, randomBytes, sign, type KeyObject } from 'node:crypto';
import * as der from '../../kernel/der.ts';

/** A key with its certificate, both PEM. */
export interface TlsIdentity {
  readonly key: string;
  readonly cert: string;
}

/** What signs certificates: ECDSA over SHA-256. */
const ECDSA_WITH_SHA256 = der.sequence(der.identifier('1.2.840.10045.4.3.2'));
const COMMON_NAME = '2.5.4.3';
const DIGITAL_SIGNATURE = der.bits(Buffer.from([0x80]), 7);
const SIGNS_CERTIFICATES = der.bits(Buffer.from([0x04]), 2);
const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1';
const DNS_NAME = 2;

/** From when to when a certificate holds, both in milliseconds since the epoch. */
export interface Validity {
  readonly fromMs: number;
  readonly untilMs: number;
}

/**
 * The certificate of an authority, signed by itself, which vouches for names below some domains only:
 * who trusts it trusts it with nothing else.
 *
 * @returns PEM
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.2
 */
export function authorityCertificate(
  name: string,
  domains: readonly string[],
  key: KeyObject,
  validity: Validity,
): string {
  const permitted = domains.map((each) => der.sequence(dnsName(each)));
  return certificate({ subject: name, issuer: name, subjectKey: key, key, validity }, [
    critical('2.5.29.19', der.sequence(der.yes(), der.integer(Buffer.from([0])))),
    critical('2.5.29.15', SIGNS_CERTIFICATES),
    critical('2.5.29.30', der.sequence(der.tagged(0, ...permitted))),
    extension('2.5.29.14', der.octets(keyIdentifier(key))),
  ]);
}

/**
 * The certificate of a server of this name, signed by an authority.
 *
 * @returns PEM
 */
export function serverCertificate(
  name: string,
  subjectKey: KeyObject,
  authority: { readonly name: string; readonly key: KeyObject },
  validity: Validity,
): string {
  const { name: issuer, key } = authority;
  // A common name holds 64 characters; clients read the alternative name.
  return certificate({ subject: 'Alacarte', issuer, subjectKey, key, validity }, [
    critical('2.5.29.15', DIGITAL_SIGNATURE),
    extension('2.5.29.37', der.sequence(der.identifier(SERVER_AUTHENTICATION))),
    extension('2.5.29.17', der.sequence(dnsName(name))),
    extension('2.5.29.35', der.sequence(der.labelled(0, keyIdentifier(key)))),
  ]);
}

interface Certified {
  readonly subject: string;
  readonly issuer: string;
  readonly subjectKey: KeyObject;
  /** The issuer's. */
  readonly key: KeyObject;
  readonly validity: Validity;
}

function certificate(
  { subject, issuer, subjectKey, key, validity }: Certified,
  extensions: readonly Buffer[],
): string {
  const body = der.sequence(
    der.tagged(0, der.integer(Buffer.from([2]))),
    // A first byte of its own, as the encoding of a number has no zeros in front.
    der.integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ECDSA_WITH_SHA256,
    distinguishedName(issuer),
    der.sequence(utc(validity.fromMs), utc(validity.untilMs)),
    distinguishedName(subject),
    publicKey(subjectKey),
    der.tagged(3, der.sequence(...extensions)),
  );
  const signed = der.sequence(body, ECDSA_WITH_SHA256, der.bits(sign('sha256', body, key)));
  const lines = signed.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function distinguishedName(name: string): Buffer {
  return der.sequence(der.setOf(der.sequence(der.identifier(COMMON_NAME), der.utf8(name))));
}

function dnsName(name: string): Buffer {
  return der.labelled(DNS_NAME, Buffer.from(name));
}

function extension(dotted: string, value: Buffer): Buffer {
  return der.sequence(der.identifier(dotted), der.octets(value));
}

function critical(dotted: string, value: Buffer): Buffer {
  return der.sequence(der.identifier(dotted), der.yes(), der.octets(value));
}

function keyIdentifier(key: KeyObject): Buffer {
  return createHash('sha1').update(publicKey(key)).digest();
}

function publicKey(key: KeyObject): Buffer {
  return createPublicKey(key).export({ type: 'spki', format: 'der' });
}

/** Up to the year 2049. */
function utc(ms: number): Buffer {
  return der.utcTime(new Date(ms).toISOString().replace(/^..|[-:T]|\.\d+/g, ''));
}
