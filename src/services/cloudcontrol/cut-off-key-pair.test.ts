import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudControlClient, CreateResourceCommand } from '@aws-sdk/client-cloudcontrol';
import { DescribeKeyPairsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DeleteParameterCommand, GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../test/cloud.ts';

let dataDir: string;
beforeEach(() => void (dataDir = mkdtempSync(join(tmpdir(), 'cut-off-key-pair-'))));
afterEach(() => rmSync(dataDir, { recursive: true }));

async function parameterOf(cloud: TestCloud): Promise<string> {
  const { KeyPairs } = await cloud.client(EC2Client).send(new DescribeKeyPairsCommand({}));
  expect(KeyPairs).toHaveLength(1);
  return `/ec2/keypair/${KeyPairs![0]!.KeyPairId}`;
}

it('makes a key pair anew whose private half was lost with the process', async () => {
  let before: string;
  {
    const checkpoint = (...[, step, when]: string[]): void => {
      if (step === 'act' && when === 'done') throw new Error('the process is gone');
    };
    await using first = await startTestCloud({ store: { dataDir }, checkpoint });
    const DesiredState = JSON.stringify({ KeyName: 'cook' });
    const order = new CreateResourceCommand({ TypeName: 'AWS::EC2::KeyPair', DesiredState });
    await first.client(CloudControlClient).send(order);
    await first.inside.workflows.settled();
    // As far as it comes without this parameter.
    before = await parameterOf(first);
    await first.client(SSMClient).send(new DeleteParameterCommand({ Name: before }));
  }
  await using next = await startTestCloud({ store: { dataDir } });
  await next.inside.workflows.settled();
  const Name = await parameterOf(next);
  expect(Name).not.toBe(before);
  const kept = await next.client(SSMClient).send(new GetParameterCommand({ Name }));
  expect(kept.Parameter!.Type).toBe('SecureString');
});
