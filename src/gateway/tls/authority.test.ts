import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cleanUp, echo, start } from '../../../test/clients/raw-http.ts';
import { Authority } from './authority.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'alacarte-authority-'));
});

afterEach(async () => {
  await cleanUp();
  await rm(directory, { recursive: true });
});

test('a data directory has one authority, whose key nobody else reads', async () => {
  const authority = await Authority.open(directory);
  expect((await Authority.open(directory)).certificate).toBe(authority.certificate);
  expect((await stat(join(directory, 'tls/authority.pem'))).mode & 0o777).toBe(0o600);
  const certificate = new X509Certificate(authority.certificate);
  expect(certificate.ca).toBe(true);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
});

test('it vouches for the names of AWS, and for no others', async () => {
  const authority = await Authority.open(directory);
  const name = 'Streams.DynamoDB.us-east-1.amazonaws.com';
  const served = new X509Certificate(authority.identity(name)!.cert);
  expect(served.checkHost(name)).toBe(name.toLowerCase());
  expect(served.verify(new X509Certificate(authority.certificate).publicKey)).toBe(true);
  expect(authority.identity('example.com')).toBeUndefined();
  expect(authority.identity('notamazonaws.com')).toBeUndefined();
  expect(authority.identity('a..amazonaws.com')).toBeUndefined();
});

test('a client that trusts it, and only such a client, takes a server for AWS’s', async () => {
  const authority = await Authority.open(directory);
  const listener = await start(echo, { tls: (name) => authority.identity(name) });
  const ca = authority.certificate;
  expect(await greet(listener.address.port, 'sts.amazonaws.com', ca)).toBe('trusted');
  expect(await greet(listener.address.port, 'ec2.eu-west-1.api.aws', ca)).toBe('trusted');
  expect(await greet(listener.address.port, 'sts.amazonaws.com', undefined)).not.toBe('trusted');
  expect(await greet(listener.address.port, 'example.com', ca)).not.toBe('trusted');
});

/** Shakes hands with what listens there: `trusted`, or why not. */
function greet(port: number, servername: string, ca: string | undefined): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', servername, ca }, () => {
      resolve('trusted');
      socket.destroy();
    });
    socket.on('error', ({ message }) => resolve(message));
  });
}
