import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import * as errors from '../../errors.ts';
import { sshInteger, sshParts, sshString } from './ssh-wire.ts';

export interface PublicKey {
  readonly type: 'rsa' | 'ed25519';
  /** The key in SSH's encoding. */
  readonly blob: Buffer;
  /** As an imported key shows it: RSA's MD5 of the DER form, ED25519's SHA-256 as OpenSSH prints it. */
  readonly fingerprint: string;
}

// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImportKeyPair.html
const RSA_BITS = [1024, 2048, 3072, 4096];

/**
 * Reads what ImportKeyPair takes: a line of OpenSSH's, RFC 4716's form, or DER in base64.
 *
 * @throws InvalidKey.Format
 */
export function parsePublicKey(material: Uint8Array): PublicKey {
  const text = Buffer.from(material).toString('utf8').trim();
  const parsed = fromOpenSsh(text) ?? fromRfc4716(text) ?? fromDer(text);
  if (!parsed) throw errors.invalidKeyFormat();
  return parsed;
}

/** @throws InvalidKey.Format for keys of a kind or length that EC2 does not take */
export function publicKeyOf(key: KeyObject): PublicKey {
  const jwk = key.export({ format: 'jwk' });
  if (key.asymmetricKeyType === 'ed25519') {
    const blob = Buffer.concat([sshString('ssh-ed25519'), sshString(part(jwk.x))]);
    const fingerprint = createHash('sha256').update(blob).digest('base64');
    return { type: 'ed25519', blob, fingerprint };
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType !== 'rsa' || !RSA_BITS.includes(bits)) throw errors.invalidKeyFormat();
  const blob = Buffer.concat([
    sshString('ssh-rsa'),
    sshInteger(part(jwk.e)),
    sshInteger(part(jwk.n)),
  ]);
  const der = key.export({ type: 'spki', format: 'der' });
  const fingerprint = colons(createHash('md5').update(der).digest('hex'));
  return { type: 'rsa', blob, fingerprint };
}

function part(value: string | undefined): Buffer {
  return Buffer.from(value ?? '', 'base64url');
}

/** The line for a guest's `authorized_keys`. */
export function authorizedKey({ type, blob }: PublicKey, comment: string): string {
  return `ssh-${type} ${blob.toString('base64')} ${comment}`;
}

function fromOpenSsh(text: string): PublicKey | undefined {
  const [algorithm, base64] = text.split(/\s+/);
  if (algorithm !== 'ssh-rsa' && algorithm !== 'ssh-ed25519') return undefined;
  return fromBlob(Buffer.from(base64 ?? '', 'base64'));
}

/** https://www.rfc-editor.org/rfc/rfc4716 */
function fromRfc4716(text: string): PublicKey | undefined {
  const framed =
    /^---- BEGIN SSH2 PUBLIC KEY ----\r?\n([^]*)\r?\n---- END SSH2 PUBLIC KEY ----$/.exec(text);
  if (!framed) return undefined;
  const withoutHeaders = framed[1]!.replace(/^[^\n:]+:(?:[^\n]*\\\r?\n)*[^\n]*\r?\n/gm, '');
  return fromBlob(Buffer.from(withoutHeaders, 'base64'));
}

function fromDer(text: string): PublicKey | undefined {
  if (!/^[A-Za-z0-9+/=\s]+$/.test(text)) return undefined;
  return fromKey(() =>
    createPublicKey({ key: Buffer.from(text, 'base64'), type: 'spki', format: 'der' }),
  );
}

function fromBlob(blob: Buffer): PublicKey | undefined {
  const [algorithm, first, second] = sshParts(blob) ?? [];
  if (!algorithm || !first) return undefined;
  const jwk =
    algorithm.toString() === 'ssh-ed25519'
      ? { kty: 'OKP', crv: 'Ed25519', x: first.toString('base64url') }
      : { kty: 'RSA', e: first.toString('base64url'), n: (second ?? first).toString('base64url') };
  return fromKey(() => createPublicKey({ key: jwk, format: 'jwk' }));
}

function fromKey(read: () => KeyObject): PublicKey | undefined {
  let key: KeyObject;
  try {
    key = read();
  } catch {
    return undefined;
  }
  return publicKeyOf(key);
}

/** `1f:51:ae` for `1f51ae`. */
export function colons(hex: string): string {
  return hex.replace(/(..)(?=.)/g, '$1:');
}
