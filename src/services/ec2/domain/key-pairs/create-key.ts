import { createHash, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { Ids } from '../../../../kernel/ids.ts';
import { colons, publicKeyOf, type PublicKey } from './public-key.ts';
import { sshString } from './ssh-wire.ts';

export interface CreatedKey {
  readonly publicKey: PublicKey;
  readonly fingerprint: string;
  /** The private key as AWS hands it out, once: PEM for RSA, OpenSSH's own form for ED25519. */
  readonly material: string;
}

const generate = promisify(generateKeyPair);

/**
 * A new RSA key of 2048 bits. Its fingerprint is the SHA-1 of the private key's DER form.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/verify-keys.html
 */
export async function createRsaKey(): Promise<CreatedKey> {
  const { publicKey, privateKey } = await generate('rsa', { modulusLength: 2048 });
  const der = privateKey.export({ type: 'pkcs8', format: 'der' });
  return {
    publicKey: publicKeyOf(publicKey),
    fingerprint: colons(createHash('sha1').update(der).digest('hex')),
    material: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString().trimEnd(),
  };
}

export async function createEd25519Key(ids: Ids): Promise<CreatedKey> {
  const { publicKey, privateKey } = await generate('ed25519');
  const key = publicKeyOf(publicKey);
  return {
    publicKey: key,
    fingerprint: key.fingerprint,
    material: opensshPrivateKey(privateKey, key.blob, Buffer.from(ids.bytes(4))),
  };
}

/** `openssh-key-v1`, not encrypted: https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key */
function opensshPrivateKey(privateKey: KeyObject, publicBlob: Buffer, check: Buffer): string {
  const { d = '', x = '' } = privateKey.export({ format: 'jwk' });
  const point = Buffer.from(x, 'base64url');
  const secret = Buffer.concat([
    check,
    check,
    sshString('ssh-ed25519'),
    sshString(point),
    sshString(Buffer.concat([Buffer.from(d, 'base64url'), point])),
    sshString(''),
  ]);
  const padding = Buffer.from([1, 2, 3, 4, 5, 6, 7].slice(0, (8 - (secret.length % 8)) % 8));
  const one = Buffer.of(0, 0, 0, 1);
  const whole = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    sshString('none'),
    sshString('none'),
    sshString(''),
    one,
    sshString(publicBlob),
    sshString(Buffer.concat([secret, padding])),
  ]);
  const lines = whole.toString('base64').match(/.{1,70}/g) ?? [];
  return [
    '-----BEGIN OPENSSH PRIVATE KEY-----',
    ...lines,
    '-----END OPENSSH PRIVATE KEY-----',
    '',
  ].join('\n');
}
