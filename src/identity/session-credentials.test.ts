import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Wire } from '../../test/clients/wire.ts';
import { rootPrincipal } from '../kernel/caller.ts';
import { MovableClock } from '../kernel/clock.ts';
import { Ids } from '../kernel/ids.ts';
import { LmdbEngine } from '../storage/lmdb/lmdb-engine.ts';
import { accountOf } from './access-key-id.ts';
import { Authenticator, type Target } from './authenticate.ts';
import { credentials } from './credentials.ts';
import { SessionCredentials } from './session-credentials.ts';

const account = '000000000000';
const dynamodb: Target = { signingName: 'dynamodb', protocol: 'aws-json-1.0' };
const s3: Target = { signingName: 's3', protocol: 'rest-xml' };

let directory: string;
let store: LmdbEngine;
let wire: Wire;
let sessions: SessionCredentials;
let strict: Authenticator;
let loopback: Authenticator;
const clock = new MovableClock(Date.UTC(2026, 0, 1));

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'alacarte-sessions-'));
  store = new LmdbEngine(directory, { durable: false });
  wire = await Wire.open();
  sessions = new SessionCredentials(store, clock, new Ids());
  strict = new Authenticator({ credentials: credentials('strict', account, [sessions]), clock });
  loopback = new Authenticator({
    credentials: credentials('loopback', account, [sessions]),
    clock,
  });
});

afterAll(async () => {
  await wire?.close();
  await store?.close();
  await rm(directory, { recursive: true, force: true });
});

describe('temporary credentials', () => {
  it('are let in until they expire', async () => {
    const issued = await sessions.issue('123456789012', rootPrincipal('123456789012'), 900);
    const request = await wire.listTables(issued);
    const caller = await strict.authenticate(request, dynamodb);
    expect(caller).toEqual({
      account: '123456789012',
      region: 'us-east-1',
      principal: rootPrincipal('123456789012', issued.accessKeyId),
    });
    clock.advance(900_000);
    const result = strict.authenticate(request, dynamodb);
    await expect(result).rejects.toMatchObject({ code: 'ExpiredTokenException', status: 400 });
  });

  it('need their own token and secret', async () => {
    const issued = await sessions.issue(account, rootPrincipal(account), 900);
    const { accessKeyId, secretAccessKey, sessionToken } = issued;
    for (const [keys, code] of [
      [{ accessKeyId, secretAccessKey }, 'UnrecognizedClientException'],
      [{ accessKeyId, secretAccessKey, sessionToken: 'x' }, 'UnrecognizedClientException'],
      [{ accessKeyId, secretAccessKey: 'x', sessionToken }, 'InvalidSignatureException'],
    ] as const) {
      const result = loopback.authenticate(await wire.listTables(keys), dynamodb);
      await expect(result).rejects.toMatchObject({ code });
    }
    const url = await wire.presignedGetObject(issued);
    expect((await loopback.authenticate(url, s3)).account).toBe(account);
  });
});

it('names its account in the access key ID', async () => {
  const { accessKeyId } = await sessions.issue('123456789012', rootPrincipal('123456789012'), 900);
  expect(accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
  expect(accountOf(accessKeyId)).toBe('123456789012');
  expect(accountOf('test')).toBeUndefined();
});
