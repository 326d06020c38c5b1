import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AttachVolumeCommand,
  CreateVolumeCommand,
  DeleteVolumeCommand,
  DescribeVolumesCommand,
  DetachVolumeCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
  type Volume,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProcesses } from '../../src/compute/qemu/processes.ts';
import { has } from '../clients/program.ts';
import { KillableCloud } from './killable-cloud.ts';
import { until } from './until.ts';

const ROUNDS = 20;

describe.skipIf(!has('qemu-system-x86_64', '--version'))(
  'a server that is killed while volumes come, go and change machines in QEMU',
  { timeout: 300_000 },
  () => {
    let cloud: KillableCloud;

    beforeAll(async () => {
      cloud = await KillableCloud.start('qemu');
      const image = 'resolve:ssm:/aws/service/alacarte/tiny';
      const two = { ImageId: image, InstanceType: 't3.nano', MinCount: 2, MaxCount: 2 } as const;
      await cloud.ec2.send(new RunInstancesCommand(two));
      await until(async () =>
        (await cloud.instances()).every(({ State }) => State?.Name === 'running'),
      );
    }, 120_000);

    afterAll(async () => {
      const InstanceIds = (await cloud.instances()).map(({ InstanceId }) => InstanceId!);
      if (InstanceIds.length > 0)
        await cloud.ec2.send(new TerminateInstancesCommand({ InstanceIds }));
      await until(async () => (await findProcesses(join(cloud.directory, 'machines'))).size === 0);
      await cloud.end();
    }, 60_000);

    /** Those beside the root volumes. */
    async function volumes(): Promise<Volume[]> {
      const roots = new Set((await cloud.instances()).map(({ RootDeviceName }) => RootDeviceName));
      const { Volumes = [] } = await cloud.ec2.send(new DescribeVolumesCommand({}));
      return Volumes.filter(({ Attachments: [attachment] = [] }) => !roots.has(attachment?.Device));
    }

    /** What the records say: each volume, and which machine has it. */
    async function recorded(): Promise<string> {
      const found = (await volumes()).flatMap(({ VolumeId = '', Attachments = [] }) => [
        VolumeId,
        ...Attachments.map(({ InstanceId }) => `${VolumeId} of ${InstanceId}`),
      ]);
      return found.toSorted().join('\n');
    }

    /** What is on this host: each file of a disk, and which machine's process has it open. */
    async function onHost(): Promise<string> {
      const folder = join(cloud.directory, 'volumes');
      // It is made with the first disk.
      const found = existsSync(folder) ? readdirSync(folder) : [];
      for (const [machine, pid] of await findProcesses(join(cloud.directory, 'machines'))) {
        const files = readdirSync(`/proc/${pid}/fd`).map((fd) => linkOf(`/proc/${pid}/fd/${fd}`));
        const open = new Set(files.filter((file) => dirname(file) === folder));
        found.push(...[...open].map((file) => `${basename(file)} of ${machine}`));
      }
      return found.toSorted().join('\n');
    }

    /** One change of a kind that is drawn: what becomes of it is not waited for. */
    async function order(): Promise<void> {
      const all = await volumes();
      const [free] = shuffled(all.filter(({ State }) => State === 'available'));
      const [used] = shuffled(all.filter(({ State }) => State === 'in-use'));
      const [machine] = shuffled(await cloud.instances());
      const kind = Math.floor(Math.random() * 4);
      if (kind === 0 && free && all.length > 3) {
        await cloud.ec2.send(new DeleteVolumeCommand({ VolumeId: free.VolumeId }));
      } else if (kind === 1 && used) {
        await cloud.ec2.send(new DetachVolumeCommand({ VolumeId: used.VolumeId }));
      } else if (kind === 2 || all.length === 0) {
        const AvailabilityZone = machine?.Placement?.AvailabilityZone;
        await cloud.ec2.send(new CreateVolumeCommand({ AvailabilityZone, Size: 1 }));
      } else if (free) {
        const { InstanceId, BlockDeviceMappings = [] } = machine!;
        const taken = new Set(BlockDeviceMappings.map(({ DeviceName }) => DeviceName));
        const Device = Array.from('fghijklmnop')
          .map((letter) => `/dev/sd${letter}`)
          .find((d) => !taken.has(d));
        await cloud.ec2.send(
          new AttachVolumeCommand({ InstanceId, Device, VolumeId: free.VolumeId }),
        );
      }
    }

    test('has the disks that the records name on the machines that they name, and no others', async () => {
      for (let round = 0; round < ROUNDS; round++) {
        const orders = [order(), order(), order()].map((each) => each.catch(() => undefined));
        await sleep(Math.random() * 300);
        await cloud.kill();
        await Promise.all(orders);
        await cloud.start();
        await until(async () => (await volumes()).every(isSettled));
        await expect.poll(onHost, { timeout: 15_000 }).toBe(await recorded());
      }
    });
  },
);

function isSettled({ State, Attachments = [] }: Volume): boolean {
  if (State === 'available') return Attachments.length === 0;
  return State === 'in-use' && Attachments.every((each) => each.State === 'attached');
}

function shuffled<T>(all: readonly T[]): T[] {
  return all
    .map((each) => ({ each, at: Math.random() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ each }) => each);
}

/** Where an open file is; one that is closed by now is nowhere. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
