import { createPrivateKey } from 'node:crypto';
import {
  DeleteParameterCommand,
  GetParameterCommand,
  GetParametersByPathCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { expect, it } from 'vitest';
import * as ssm from '../../../models/generated/ssm.ts';
import { startResourceHarness, type ResourceHarness } from '../../../../test/resource-harness.ts';

const type = 'AWS::EC2::KeyPair';

it('keeps the private half of a key that it makes, until the key is deleted', async () => {
  await using harness = await startResourceHarness();
  const client = harness.cloud.client(SSMClient);
  const made = await harness.create(type, { KeyName: 'cook', KeyType: 'rsa' });
  expect(made.identifier).toBe('cook');
  const shown = (await made.read()) as unknown as { KeyPairId: string };
  expect(shown).toMatchObject({ KeyName: 'cook', KeyPairId: expect.stringMatching(/^key-/) });

  const Name = `/ec2/keypair/${shown.KeyPairId}`;
  const { Parameter } = await client.send(new GetParameterCommand({ Name, WithDecryption: true }));
  expect(Parameter!.Type).toBe('SecureString');
  expect(createPrivateKey(Parameter!.Value!).type).toBe('private');

  await made.delete();
  expect(await made.read()).toBeUndefined();
  await expect(client.send(new DeleteParameterCommand({ Name }))).rejects.toMatchObject({
    name: 'ParameterNotFound',
  });
});

it('makes a key anew where an attempt was cut off before it kept the private half', async () => {
  await using harness = await startResourceHarness();
  const desired = { KeyName: 'cook', KeyType: 'ed25519' };
  harness.crashBefore(ssm.PutParameter);
  await expect(harness.create(type, desired)).rejects.toThrow('crashed');
  const tags = { 'aws:cloudformation:logical-id': 'Resource1' };
  const made = await harness.create(type, desired, tags);
  expect(await keptKeys(harness)).toEqual([`/ec2/keypair/${(await made.read())!.KeyPairId}`]);
});

it("leaves somebody else's key of the same name alone", async () => {
  await using harness = await startResourceHarness();
  const made = await harness.create(type, { KeyName: 'cook' });
  const before = await made.read();
  await expect(harness.create(type, { KeyName: 'cook' })).rejects.toMatchObject({
    code: 'InvalidKeyPair.Duplicate',
  });
  expect(await made.read()).toEqual(before);
});

it('imports a key, and leaves no parameter', async () => {
  await using harness = await startResourceHarness();
  const made = await harness.create(type, {
    KeyName: 'cook',
    PublicKeyMaterial:
      'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJqfUkJHpnjr1c5FpzhLOV2VBBEFpBXH1s3BiNqNtTKk',
    Tags: [{ Key: 'Name', Value: 'cook' }],
  });
  expect(await made.read()).toMatchObject({
    ...{ KeyName: 'cook', KeyType: 'ed25519' },
    Tags: [{ Key: 'Name', Value: 'cook' }],
  });
  expect(await harness.list(type)).toEqual(['cook']);
  await made.delete();
  expect(await harness.list(type)).toEqual([]);
});

async function keptKeys({ cloud }: ResourceHarness): Promise<(string | undefined)[]> {
  const command = new GetParametersByPathCommand({ Path: '/ec2/keypair', WithDecryption: true });
  const { Parameters = [] } = await cloud.client(SSMClient).send(command);
  return Parameters.filter(({ Value }) => Value!.includes('PRIVATE KEY')).map(({ Name }) => Name);
}
