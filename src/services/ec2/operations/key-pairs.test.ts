import { createPrivateKey } from 'node:crypto';
import {
  CreateKeyPairCommand,
  DeleteKeyPairCommand,
  DescribeKeyPairsCommand,
  EC2Client,
  ImportKeyPairCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

let cloud: TestCloud;
let ec2: EC2Client;

beforeAll(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
});
afterAll(() => cloud[Symbol.asyncDispose]());

const publicKey =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';

it('creates keys of both types, once for each name', async () => {
  const rsa = await ec2.send(new CreateKeyPairCommand({ KeyName: 'rsa' }));
  expect(createPrivateKey(rsa.KeyMaterial!).asymmetricKeyDetails!.modulusLength).toBe(2048);
  expect(rsa.KeyFingerprint).toMatch(/^([0-9a-f]{2}:){19}[0-9a-f]{2}$/);
  const ed = await ec2.send(new CreateKeyPairCommand({ KeyName: 'ed', KeyType: 'ed25519' }));
  expect(ed.KeyMaterial).toContain('BEGIN OPENSSH PRIVATE KEY');
  expect(ed.KeyFingerprint).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  await expect(ec2.send(new CreateKeyPairCommand({ KeyName: 'ed' }))).rejects.toMatchObject({
    name: 'InvalidKeyPair.Duplicate',
    message: "The keypair 'ed' already exists.",
  });
});

it('imports, shows, finds and deletes', async () => {
  const imported = await ec2.send(
    new ImportKeyPairCommand({
      KeyName: 'mine',
      PublicKeyMaterial: Buffer.from(`${publicKey} somebody\n`),
      TagSpecifications: [{ ResourceType: 'key-pair', Tags: [{ Key: 'of', Value: 'me' }] }],
    }),
  );
  const byTag = { Filters: [{ Name: 'tag:of', Values: ['me'] }] };
  const { KeyPairs } = await ec2.send(new DescribeKeyPairsCommand(byTag));
  expect(KeyPairs).toEqual([
    {
      KeyName: 'mine',
      KeyPairId: imported.KeyPairId,
      KeyType: 'ed25519',
      KeyFingerprint: imported.KeyFingerprint,
      CreateTime: new Date('2026-11-23T12:00:00Z'),
      Tags: [{ Key: 'of', Value: 'me' }],
    },
  ]);
  const whole = await ec2.send(
    new DescribeKeyPairsCommand({ KeyNames: ['mine'], IncludePublicKey: true }),
  );
  expect(whole.KeyPairs![0]!.PublicKey).toBe(`${publicKey} mine`);

  await ec2.send(new DeleteKeyPairCommand({ KeyPairId: imported.KeyPairId }));
  await expect(ec2.send(new DescribeKeyPairsCommand({ KeyNames: ['mine'] }))).rejects.toMatchObject(
    {
      name: 'InvalidKeyPair.NotFound',
      message: "The key pair 'mine' does not exist",
    },
  );
  const again = await ec2.send(new DeleteKeyPairCommand({ KeyName: 'mine' }));
  expect(again.Return).toBe(true);
});

it('refuses what is no key, and names beyond ASCII', async () => {
  const PublicKeyMaterial = Buffer.from('hello');
  await expect(
    ec2.send(new ImportKeyPairCommand({ KeyName: 'bad', PublicKeyMaterial })),
  ).rejects.toMatchObject({ name: 'InvalidKey.Format' });
  await expect(ec2.send(new CreateKeyPairCommand({ KeyName: 'ключ' }))).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  });
  await expect(
    ec2.send(new CreateKeyPairCommand({ KeyName: 'dry', DryRun: true })),
  ).rejects.toMatchObject({ name: 'DryRunOperation', $metadata: { httpStatusCode: 412 } });
});
