import {
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';
import { sts } from '../service.ts';

let cloud: TestCloud;

beforeEach(async () => {
  cloud = await startTestCloud({ services: [sts] });
});

afterEach(() => cloud[Symbol.asyncDispose]());

const root = {
  UserId: '000000000000',
  Account: '000000000000',
  Arn: 'arn:aws:iam::000000000000:root',
};

test('callers are told who they are', async () => {
  const client = cloud.client(STSClient);
  expect(await client.send(new GetCallerIdentityCommand({}))).toMatchObject(root);
});

test('an access key of twelve digits names its account', async () => {
  const credentials = { accessKeyId: '123456789012', secretAccessKey: 'any' };
  const client = cloud.client(STSClient, { credentials });
  const { Account } = await client.send(new GetCallerIdentityCommand({}));
  expect(Account).toBe('123456789012');
});

test('a session token works until it expires', async () => {
  const { Credentials: given } = await cloud
    .client(STSClient)
    .send(new GetSessionTokenCommand({ DurationSeconds: 900 }));
  expect(given?.Expiration).toEqual(new Date('2026-11-23T12:15:00Z'));
  const credentials = {
    accessKeyId: given!.AccessKeyId!,
    secretAccessKey: given!.SecretAccessKey!,
    sessionToken: given!.SessionToken!,
  };
  const client = cloud.client(STSClient, { credentials });
  expect(await client.send(new GetCallerIdentityCommand({}))).toMatchObject(root);
  const info = new GetAccessKeyInfoCommand({ AccessKeyId: credentials.accessKeyId });
  expect((await client.send(info)).Account).toBe(root.Account);

  cloud.inside.clock.advance(15 * 60 * 1000);
  await expect(client.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: 'ExpiredToken',
  });
});

test('root gets an hour at most', async () => {
  const { Credentials } = await cloud
    .client(STSClient)
    .send(new GetSessionTokenCommand({ DurationSeconds: 7200 }));
  expect(Credentials?.Expiration).toEqual(new Date('2026-11-23T13:00:00Z'));
});

test('a session gives out no further sessions', async () => {
  const { Credentials: given } = await cloud.client(STSClient).send(new GetSessionTokenCommand({}));
  const credentials = {
    accessKeyId: given!.AccessKeyId!,
    secretAccessKey: given!.SecretAccessKey!,
    sessionToken: given!.SessionToken!,
  };
  const client = cloud.client(STSClient, { credentials });
  await expect(client.send(new GetSessionTokenCommand({}))).rejects.toMatchObject({
    name: 'AccessDenied',
    message: 'Cannot call GetSessionToken with session credentials',
  });
});

test('durations out of range are refused', async () => {
  const client = cloud.client(STSClient);
  await expect(
    client.send(new GetSessionTokenCommand({ DurationSeconds: 10 })),
  ).rejects.toMatchObject({
    message: expect.stringContaining("at 'durationSeconds' failed to satisfy constraint") as string,
  });
});
