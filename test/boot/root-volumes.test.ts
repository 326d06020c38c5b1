import {
  AttachVolumeCommand,
  CreateImageCommand,
  CreateKeyPairCommand,
  CreateReplaceRootVolumeTaskCommand,
  DescribeInstancesCommand,
  DescribeVolumesCommand,
  DetachVolumeCommand,
  EC2Client,
  ModifyVolumeCommand,
  RunInstancesCommand,
  type RunInstancesCommandInput,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
  waitUntilInstanceStopped,
  waitUntilInstanceTerminated,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { imageDirectory } from '../../src/compute/images/build-image.ts';
import * as namespaces from '../../src/compute/namespaces/requirements.ts';
import * as qemu from '../../src/compute/qemu/requirements.ts';
import { startTestCloud, type TestCloud } from '../cloud.ts';
import { GuestShell } from '../guest-shell.ts';

const ROOT = '/dev/xvda';
const BOOT_MS = 120_000;

const drivers = [
  { compute: 'namespaces' as const, obstacle: await namespaces.whyNotUsable(imageDirectory()) },
  { compute: 'qemu' as const, obstacle: await qemu.whyNotUsable(imageDirectory()) },
];
for (const { compute, obstacle } of drivers) {
  if (obstacle !== undefined) console.warn(`SKIPPED: root volumes on ${compute}. ${obstacle}`);
}

describe.each(drivers)('what an instance of $compute writes', ({ compute, obstacle }) => {
  let cloud: TestCloud;
  let ec2: EC2Client;
  let shell: GuestShell;

  beforeAll(async () => {
    if (obstacle !== undefined) return;
    cloud = await startTestCloud({ compute });
    ec2 = cloud.client(EC2Client);
    const key = await ec2.send(new CreateKeyPairCommand({ KeyName: 'tests', KeyType: 'ed25519' }));
    shell = new GuestShell(key.KeyMaterial!);
  });
  afterAll(async () => {
    shell?.[Symbol.dispose]();
    await cloud?.[Symbol.asyncDispose]();
  });

  const waiting = () => ({ client: ec2, minDelay: 0.05, maxDelay: 0.5, maxWaitTime: 120 });
  const settled = () => cloud.inside.workflows.settled();

  async function launch(input: Partial<RunInstancesCommandInput> = {}): Promise<string> {
    const { Instances } = await ec2.send(
      new RunInstancesCommand({
        ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
        ...{ MinCount: 1, MaxCount: 1, InstanceType: 't3.nano', KeyName: 'tests' },
        ...input,
      }),
    );
    return Instances![0]!.InstanceId!;
  }

  /** What a command says as soon as the instance lets one in. */
  async function inside(InstanceId: string, command: string): Promise<string> {
    await settled();
    const asked = new DescribeInstancesCommand({ InstanceIds: [InstanceId] });
    const { Reservations } = await ec2.send(asked);
    const { Tags = [] } = Reservations![0]!.Instances![0]!;
    const door = Tags.find(({ Key }) => Key === 'aws:alacarte:ssh')?.Value?.split(':')[0];
    return await vi.waitFor(() => shell.run(door!, `sudo sh -c '${command}'`), {
      ...{ timeout: BOOT_MS, interval: 100 },
    });
  }

  const mark = (id: string) => inside(id, 'echo kept >/root/mark; sync');
  const read = (id: string) => inside(id, 'cat /root/mark 2>/dev/null || echo none');

  async function rootOf(InstanceId: string): Promise<string> {
    const Filters = [{ Name: 'attachment.instance-id', Values: [InstanceId] }];
    const { Volumes } = await ec2.send(new DescribeVolumesCommand({ Filters }));
    return Volumes!.find((each) => each.Attachments?.[0]?.Device === ROOT)!.VolumeId!;
  }

  async function stop(InstanceId: string): Promise<void> {
    await ec2.send(new StopInstancesCommand({ InstanceIds: [InstanceId] }));
    await waitUntilInstanceStopped(waiting(), { InstanceIds: [InstanceId] });
  }

  const start = (id: string) => ec2.send(new StartInstancesCommand({ InstanceIds: [id] }));

  async function terminate(InstanceId: string): Promise<void> {
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId] }));
    await waitUntilInstanceTerminated(waiting(), { InstanceIds: [InstanceId] });
    await settled();
  }

  test.skipIf(obstacle !== undefined)(
    'goes with its root volume: out of it, back, and into another instance',
    { timeout: 4 * BOOT_MS },
    async () => {
      const first = await launch();
      await mark(first);
      const VolumeId = await rootOf(first);
      await stop(first);
      await ec2.send(new DetachVolumeCommand({ VolumeId }));
      await settled();
      await ec2.send(new AttachVolumeCommand({ VolumeId, InstanceId: first, Device: ROOT }));
      await settled();
      await start(first);
      expect(await read(first)).toBe('kept\n');

      // Attached by hand it does not go with its instance.
      await terminate(first);
      const second = await launch();
      await settled();
      await stop(second);
      await ec2.send(new DetachVolumeCommand({ VolumeId: await rootOf(second) }));
      await settled();
      await ec2.send(new AttachVolumeCommand({ VolumeId, InstanceId: second, Device: ROOT }));
      await settled();
      await start(second);
      expect(await read(second)).toBe('kept\n');
      await terminate(second);
    },
  );

  test.skipIf(obstacle !== undefined)(
    'is gone with a fresh root volume, and there again with its image',
    { timeout: 4 * BOOT_MS },
    async () => {
      const id = await launch();
      await mark(id);
      const { ImageId } = await ec2.send(new CreateImageCommand({ InstanceId: id, Name: compute }));
      expect(await read(id)).toBe('kept\n');
      const baked = await launch({ ImageId });
      expect(await read(baked)).toBe('kept\n');
      await terminate(baked);

      await ec2.send(new CreateReplaceRootVolumeTaskCommand({ InstanceId: id }));
      expect(await read(id)).toBe('none\n');
      await ec2.send(new CreateReplaceRootVolumeTaskCommand({ InstanceId: id, ImageId }));
      expect(await read(id)).toBe('kept\n');
      await terminate(id);
    },
  );

  test.skipIf(obstacle !== undefined)(
    'finds room on a root volume that has grown, and a rescue finds it',
    { timeout: 4 * BOOT_MS },
    async ({ skip }) => {
      if (compute !== 'qemu') return skip('a guest here has files and no disk');
      const keeping = { DeviceName: ROOT, Ebs: { DeleteOnTermination: false } };
      const broken = await launch({ BlockDeviceMappings: [keeping] });
      await mark(broken);
      const VolumeId = await rootOf(broken);
      await ec2.send(new ModifyVolumeCommand({ VolumeId, Size: 9 }));
      expect(await inside(broken, 'cat /sys/block/vda/size')).toBe(`${9 * 2 ** 21}\n`);
      // Not written to the disk yet: terminating shuts the guest down.
      await inside(broken, 'echo later >/root/later');
      await terminate(broken);
      const rescue = await launch();
      await inside(rescue, 'true');
      await ec2.send(new AttachVolumeCommand({ VolumeId, InstanceId: rescue, Device: '/dev/sdf' }));
      const look = 'mount -o ro /dev/sdf /mnt && cat /mnt/root/mark /mnt/root/later';
      expect(await inside(rescue, look)).toBe('kept\nlater\n');
      await terminate(rescue);
    },
  );
});
