import { createPrivateKey } from 'node:crypto';
import { DeleteParameterCommand, GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, it } from 'vitest';
import { startResourceHarness } from '../../../../test/resource-harness.ts';

const type = 'AWS::EC2::KeyPair';

it('keeps the private half of a key that it makes, until the key is deleted', async () => {
  await using harness = await startResourceHarness();
  const ssm = harness.cloud.client(SSMClient);
  const made = await harness.create(type, { KeyName: 'cook', KeyType: 'rsa' });
  expect(made.identifier).toBe('cook');
  const shown = (await made.read()) as unknown as { KeyPairId: string };
  expect(shown).toMatchObject({ KeyName: 'cook', KeyPairId: expect.stringMatching(/^key-/) });

  const Name = `/ec2/keypair/${shown.KeyPairId}`;
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name, WithDecryption: true }));
  expect(Parameter!.Type).toBe('SecureString');
  expect(createPrivateKey(Parameter!.Value!).type).toBe('private');

  await made.delete();
  expect(await made.read()).toBeUndefined();
  await expect(ssm.send(new DeleteParameterCommand({ Name }))).rejects.toMatchObject({
    name: 'ParameterNotFound',
  });
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
