import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Ids } from '../../../../kernel/ids.ts';
import { createEd25519Key, createRsaKey } from './create-key.ts';
import { authorizedKey, parsePublicKey } from './public-key.ts';

describe('RSA', () => {
  it('hands out a PEM with the SHA-1 of its DER form', async () => {
    const { material, fingerprint, publicKey } = await createRsaKey();
    const key = createPrivateKey(material);
    const der = key.export({ type: 'pkcs8', format: 'der' });
    const sha1 = createHash('sha1').update(der).digest('hex');
    expect(fingerprint.replaceAll(':', '')).toBe(sha1);
    expect(fingerprint).toHaveLength(59);
    expect(material).toMatch(/^-----BEGIN RSA PRIVATE KEY-----/);
    const imported = parsePublicKey(Buffer.from(authorizedKey(publicKey, 'me')));
    expect(imported.blob).toEqual(publicKey.blob);
  });

  it('reads the three forms of a public key alike', async () => {
    const { material, publicKey } = await createRsaKey();
    const der = createPublicKey(material).export({ type: 'spki', format: 'der' });
    const md5 = createHash('md5').update(der).digest('hex');
    const lines = (publicKey.blob.toString('base64').match(/.{1,70}/g) ?? []).join('\n');
    const framed = `---- BEGIN SSH2 PUBLIC KEY ----\nComment: "a key"\n${lines}\n---- END SSH2 PUBLIC KEY ----\n`;
    for (const form of [authorizedKey(publicKey, ''), framed, der.toString('base64')]) {
      expect(parsePublicKey(Buffer.from(form)).fingerprint.replaceAll(':', '')).toBe(md5);
    }
  });
});

describe('ED25519', () => {
  it('hands out what OpenSSH reads, with the fingerprint that OpenSSH prints', async (context) => {
    const { material, fingerprint, publicKey } = await createEd25519Key(new Ids());
    expect(parsePublicKey(Buffer.from(authorizedKey(publicKey, 'me'))).fingerprint).toBe(
      fingerprint,
    );
    const directory = mkdtempSync(join(tmpdir(), 'alacarte-key-'));
    try {
      const file = join(directory, 'key');
      writeFileSync(file, material, { mode: 0o600 });
      const line = execFileSync('ssh-keygen', ['-y', '-f', file], { encoding: 'utf8' });
      expect(line.trim()).toBe(authorizedKey(publicKey, '').trim());
      const printed = execFileSync('ssh-keygen', ['-l', '-f', file], { encoding: 'utf8' });
      expect(printed).toContain(`SHA256:${fingerprint.replace(/=+$/, '')} `);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      context.skip('ssh-keygen is not on this machine');
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

describe('what is no public key', () => {
  it.each([
    '',
    'ssh-rsa',
    'ssh-rsa AAAA',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA== short',
    'ssh-dss AAAAB3NzaC1kc3MAAACB',
    'AAAA',
    '\u0000',
    `ssh-rsa ${Buffer.from('ffffffff', 'hex').toString('base64')}`,
  ])('%j is refused', (text) => {
    expect(() => parsePublicKey(Buffer.from(text))).toThrow(
      'Key is not in valid OpenSSH public key format',
    );
  });
});
