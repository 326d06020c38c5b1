import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import * as https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { cleanUp, echo, open, start, untilClosed } from '../../../test/clients/raw-http.ts';

afterEach(cleanUp);

/** A certificate for 127.0.0.1 that is its own authority. */
function selfSigned(): { key: string; cert: string } | undefined {
  const directory = mkdtempSync(join(tmpdir(), 'alacarte-tls-'));
  const [key, cert] = [join(directory, 'key.pem'), join(directory, 'cert.pem')];
  const subject = '-subj /CN=localhost -addext subjectAltName=IP:127.0.0.1';
  const curve = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes';
  const options = `req -x509 ${curve} ${subject}`.split(' ');
  const made = spawnSync('openssl', [...options, '-keyout', key, '-out', cert]);
  try {
    if (made.status !== 0) return undefined;
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const tls = selfSigned();
if (!tls) console.warn('skipping the listener over TLS: openssl cannot make a certificate here');

it.skipIf(!tls)('serves over TLS, and closes with a handshake under way', async () => {
  const listener = await start(echo, { tls: tls! });
  const { port } = listener.address;
  const request = https.get({ port, host: '127.0.0.1', path: '/tls', ca: tls!.cert });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = await response.toArray();
  expect(Buffer.concat(chunks).toString()).toBe('GET /tls  ');
  const silent = await open(listener);
  silent.write('\x16\x03\x01');
  const cutOff = untilClosed(silent);
  await listener.close();
  expect(await cutOff).toBe('');
});
