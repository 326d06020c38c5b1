import { execFile } from 'node:child_process';
import { generateKeyPairSync, verify, X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { selfSigned, signature, signedMessage } from './identity-certificate.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const serial = Buffer.from('01ff', 'hex');
const document = '{\n  "instanceId" : "i-1"\n}';
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'identity-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** As AWS's guide verifies, giving the document that was signed. */
async function openssl(message: string, certificate: string): Promise<string> {
  const files = { message: join(folder, 'message'), certificate: join(folder, 'certificate') };
  await writeFile(files.message, `-----BEGIN PKCS7-----\n${message}\n-----END PKCS7-----\n`);
  await writeFile(files.certificate, certificate);
  const { stdout } = await promisify(execFile)('openssl', [
    ...['smime', '-verify', '-in', files.message, '-inform', 'PEM'],
    ...['-certfile', files.certificate, '-noverify', '-nointern'],
  ]);
  return stdout;
}

it('makes a certificate that is signed by its own key', () => {
  const certificate = new X509Certificate(selfSigned(privateKey, serial));
  expect(certificate.serialNumber).toBe('01FF');
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(
    verify(
      'sha256',
      Buffer.from(document),
      certificate.publicKey,
      Buffer.from(signature(document, privateKey), 'base64'),
    ),
  ).toBe(true);
});

it('signs messages that openssl verifies by that certificate, and by no other', async () => {
  const message = signedMessage(document, privateKey, serial);
  expect(await openssl(message, selfSigned(privateKey, serial))).toBe(document);
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  await expect(openssl(message, selfSigned(other, serial))).rejects.toThrow(/Verification failure/);
});
