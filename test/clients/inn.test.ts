import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateKeyPairCommand,
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeKeyPairsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { imageDirectory } from '../../src/compute/images/build-image.ts';
import { whyNotUsable } from '../../src/compute/namespaces/requirements.ts';
import { startTestCloud, type TestCloud } from '../cloud.ts';
import { GuestShell } from '../guest-shell.ts';
import { environment, has, type Outcome, run } from './program.ts';
import { hasTerraform, terraformProject } from './terraform.ts';

const example = join(import.meta.dirname, '../../examples/inn');
const obstacle = await whyNotUsable(imageDirectory());
if (obstacle !== undefined) console.warn(`SKIPPED: nobody visits the inn. ${obstacle}`);

/** What is left of it beside what every account has. */
async function left(cloud: TestCloud): Promise<object> {
  const ec2 = cloud.client(EC2Client);
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({}));
  const { Addresses } = await ec2.send(new DescribeAddressesCommand({}));
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({}));
  const instances = Reservations.flatMap(({ Instances = [] }) => Instances);
  const { KeyPairs = [] } = await ec2.send(new DescribeKeyPairsCommand({}));
  return {
    vpcs: Vpcs?.map(({ IsDefault }) => IsDefault),
    addresses: Addresses,
    instances: [...new Set(instances.map(({ State }) => State?.Name))],
    keys: KeyPairs.filter(({ KeyName }) => KeyName?.startsWith('inn-')),
  };
}
const nothing = { vpcs: [true], addresses: [], instances: ['terminated'], keys: [] };

const compute = obstacle === undefined ? 'namespaces' : 'mock';

describe.skipIf(!has('aws', '--version'))('the inn by the AWS CLI', { timeout: 240_000 }, () => {
  let cloud: TestCloud;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'inn-'));
    cloud = await startTestCloud({ compute });
  }, 60_000);
  afterAll(async () => {
    await cloud[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  }, 60_000);

  const inn = (command: string): Promise<Outcome> => {
    const INN_VOLUME = compute === 'mock' ? 'yes' : 'no';
    const env = { ...environment(cloud.endpoint), INN_STATE: join(folder, 'state'), INN_VOLUME };
    return run(join(example, 'inn.sh'), [command], { env });
  };

  test('opens', async () => {
    const opened = await inn('up');
    expect(opened).toMatchObject({ code: 0, stderr: '' });
    expect(opened.stdout).toMatch(/^address 127\.\d+\.\d+\.\d+$/m);
  });

  test.skipIf(compute === 'mock')('is visited', async () => {
    expect((await inn('visit')).stdout).toBe('This is the door.\nThis is the kitchen.\n');
  });

  test('closes', async () => {
    expect(await inn('down')).toMatchObject({ code: 0, stderr: '' });
    expect(await left(cloud)).toEqual(nothing);
  });
});

describe.skipIf(!hasTerraform || obstacle !== undefined)(
  'the inn by Terraform',
  { timeout: 240_000 },
  () => {
    const configuration = readFileSync(join(example, 'main.tf'), 'utf8');
    let cloud: TestCloud;
    const terraform = terraformProject(
      configuration,
      async () => (cloud = await startTestCloud({ compute })),
    );

    test('is applied, visited, planned without changes, and destroyed', async () => {
      const ec2 = cloud.client(EC2Client);
      const guest = { KeyName: 'guest', KeyType: 'ed25519' } as const;
      const { KeyMaterial = '' } = await ec2.send(new CreateKeyPairCommand(guest));
      const { KeyPairs: [shown] = [] } = await ec2.send(
        new DescribeKeyPairsCommand({ KeyNames: ['guest'], IncludePublicKey: true }),
      );
      const given = ['-var', `public_key=${shown?.PublicKey?.trim()}`, '-var', 'volume=false'];
      expect((await terraform('init')).code).toBe(0);
      const applied = await terraform('apply', '-auto-approve', ...given);
      expect(applied).toMatchObject({ code: 0, stderr: '' });
      const { stdout: address } = await terraform('output', '-raw', 'address');
      using shell = new GuestShell(KeyMaterial);
      await expect
        .poll(() => shell.run(address, 'cat /etc/greeting').catch(String), { timeout: 60_000 })
        .toBe('This is the door.\n');
      const planned = await terraform('plan', '-detailed-exitcode', ...given);
      expect([planned.code, planned.stderr]).toEqual([0, '']);
      const destroyed = await terraform('destroy', '-auto-approve', ...given);
      expect(destroyed).toMatchObject({ code: 0, stderr: '' });
      expect(await left(cloud)).toEqual(nothing);
    });
  },
);
