import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateKeyPairCommand,
  DescribeInstancesCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  EC2InstanceConnectClient,
  SendSSHPublicKeyCommand,
} from '@aws-sdk/client-ec2-instance-connect';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { imageDirectory } from '../../src/compute/images/build-image.ts';
import { whyNotUsable } from '../../src/compute/namespaces/requirements.ts';
import { run } from '../../src/compute/run.ts';
import { MovableClock } from '../../src/kernel/clock.ts';
import { startTestCloud, type TestCloud } from '../cloud.ts';
import { GuestShell } from '../guest-shell.ts';

const obstacle = await whyNotUsable(imageDirectory());
if (obstacle !== undefined) console.warn(`SKIPPED: keys that are sent to machines. ${obstacle}`);

const BOOT_MS = 60_000;
const REFUSED = /Permission denied \(publickey\)/;
const OFFERED_MS = 60_000;
const USERS = '#cloud-config\nusers:\n  - default\n  - name: cook\n';

describe.skipIf(obstacle !== undefined)('a key that is sent to an instance', () => {
  const clock = new MovableClock(Date.UTC(2026, 10, 23));
  const folder = mkdtempSync(join(tmpdir(), 'alacarte-sent-'));
  let cloud: TestCloud;
  let InstanceId: string;
  let door: string;
  let own: GuestShell;

  beforeAll(async () => {
    cloud = await startTestCloud({ compute: 'namespaces', clock });
    const ec2 = cloud.client(EC2Client);
    const key = await ec2.send(new CreateKeyPairCommand({ KeyName: 'own', KeyType: 'ed25519' }));
    own = new GuestShell(key.KeyMaterial!);
    const { Instances } = await ec2.send(
      new RunInstancesCommand({
        ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
        ...{ MinCount: 1, MaxCount: 1, InstanceType: 't3.nano', KeyName: 'own' },
        UserData: Buffer.from(USERS).toString('base64'),
      }),
    );
    InstanceId = Instances![0]!.InstanceId!;
    await cloud.inside.workflows.settled();
    const asked = new DescribeInstancesCommand({ InstanceIds: [InstanceId] });
    const { Reservations } = await ec2.send(asked);
    const { Tags = [] } = Reservations![0]!.Instances![0]!;
    door = Tags.find(({ Key }) => Key === 'aws:alacarte:ssh')!.Value!.split(':')[0]!;
    await vi.waitFor(() => own.run(door, 'true'), { timeout: BOOT_MS, interval: 100 });
  }, 2 * BOOT_MS);
  afterAll(async () => {
    own?.[Symbol.dispose]();
    await cloud?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  /** A new key: the line that is sent, and the way in for a user who has it. */
  async function newKey(user: string): Promise<{ line: string; shell: GuestShell }> {
    const file = join(folder, user);
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', user, '-f', file]);
    const shell = new GuestShell(readFileSync(file, 'utf8'), user);
    return { line: readFileSync(`${file}.pub`, 'utf8').trim(), shell };
  }

  const send = (SSHPublicKey: string, InstanceOSUser: string) =>
    cloud
      .client(EC2InstanceConnectClient)
      .send(new SendSSHPublicKeyCommand({ InstanceId, InstanceOSUser, SSHPublicKey }));

  test(
    'lets its owner in for a minute, beside those who may anyway',
    { timeout: BOOT_MS },
    async () => {
      const { line, shell } = await newKey('ec2-user');
      using guest = shell;
      await expect(guest.run(door, 'id -un')).rejects.toThrow(REFUSED);
      await send(line, 'ec2-user');
      expect(await guest.run(door, 'id -un')).toBe('ec2-user\n');
      expect(await own.run(door, 'id -un')).toBe('ec2-user\n');
      clock.advance(OFFERED_MS);
      await expect(guest.run(door, 'id -un')).rejects.toThrow(REFUSED);
      expect(await own.run(door, 'wc -l <.ssh/authorized_keys')).toBe('1\n');
    },
  );

  test('is for the user that it was sent for', { timeout: BOOT_MS }, async () => {
    const { line, shell } = await newKey('cook');
    using guest = shell;
    await send(line, 'ec2-user');
    await expect(guest.run(door, 'id -un')).rejects.toThrow(REFUSED);
    await send(line, 'cook');
    expect(await guest.run(door, 'id -un')).toBe('cook\n');
    clock.advance(OFFERED_MS);
    await expect(guest.run(door, 'id -un')).rejects.toThrow(REFUSED);
  });
});
