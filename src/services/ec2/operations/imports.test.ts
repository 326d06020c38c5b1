import {
  CancelImportTaskCommand,
  CreateTagsCommand,
  CreateVolumeCommand,
  DescribeImagesCommand,
  DescribeImportImageTasksCommand,
  DescribeImportSnapshotTasksCommand,
  DescribeSnapshotsCommand,
  EC2Client,
  GetConsoleOutputCommand,
  ImportImageCommand,
  type ImportImageCommandInput,
  ImportSnapshotCommand,
  RegisterImageCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { qcow2 } from '../../../compute/images/disk/qcow2-under-test.ts';
import { missingPackages } from '../../../compute/qemu/requirements.ts';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

let cloud: TestCloud;
let ec2: EC2Client;

async function begin(compute: 'mock' | 'qemu' = 'mock') {
  cloud = await startTestCloud({ compute });
  ec2 = cloud.client(EC2Client);
}

afterEach(() => cloud[Symbol.asyncDispose]());

const settled = () => cloud.inside.workflows.settled();

/** Puts a file where clients may import from, and gives its URL. */
function put(name: string, bytes: Uint8Array): string {
  const folder = cloud.inside.compute.importFolder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), bytes);
  return pathToFileURL(join(folder, name)).href;
}

const importImage = (Url: string, more: Partial<ImportImageCommandInput> = {}) =>
  ec2.send(new ImportImageCommand({ DiskContainers: [{ Url }], ...more }));

const imageTask = async (id: string) =>
  (await ec2.send(new DescribeImportImageTasksCommand({ ImportTaskIds: [id] })))
    .ImportImageTasks![0]!;

describe('disks of one’s own', () => {
  beforeEach(() => begin());

  test('become snapshots, of which volumes and images are made', async () => {
    const Url = put('disk.qcow2', qcow2('soup'));
    const { ImportTaskId, SnapshotTaskDetail } = await ec2.send(
      new ImportSnapshotCommand({ DiskContainer: { Url, Format: 'qcow2' }, Description: 'soup' }),
    );
    expect(ImportTaskId).toMatch(/^import-snap-[0-9a-f]{17}$/);
    expect(SnapshotTaskDetail).toMatchObject({ Status: 'active', DiskImageSize: 4 * 1024 * 1024 });
    await settled();
    const { ImportSnapshotTasks } = await ec2.send(
      new DescribeImportSnapshotTasksCommand({
        Filters: [{ Name: 'task-state', Values: ['completed'] }],
      }),
    );
    expect(ImportSnapshotTasks).toMatchObject([
      { ImportTaskId, SnapshotTaskDetail: { Status: 'completed', Format: 'QCOW2', Url } },
    ]);
    const { SnapshotId } = ImportSnapshotTasks![0]!.SnapshotTaskDetail!;
    const { Snapshots } = await ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ['self'] }));
    expect(Snapshots).toMatchObject([
      { SnapshotId, VolumeSize: 1, VolumeId: 'vol-ffffffff', State: 'completed' },
    ]);
    const AvailabilityZone = 'us-east-1a';
    const volume = await ec2.send(new CreateVolumeCommand({ SnapshotId, AvailabilityZone }));
    expect(volume.Size).toBe(1);
    const { ImageId } = await ec2.send(
      new RegisterImageCommand({
        ...{ Name: 'soup', RootDeviceName: '/dev/sda1' },
        BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs: { SnapshotId } }],
      }),
    );
    await ec2.send(new RunInstancesCommand({ ImageId, MinCount: 1, MaxCount: 1 }));
  });

  test('become an image, the first of them its root', async () => {
    const [root, data] = [put('root', Buffer.alloc(4096)), put('data', Buffer.alloc(8192))];
    const request = {
      DiskContainers: [{ Url: root }, { Url: data, DeviceName: '/dev/sdh', Format: 'raw' }],
      ...{ Description: 'kitchen', LicenseType: 'BYOL', Encrypted: true, ClientToken: 'once' },
      TagSpecifications: [
        { ResourceType: 'import-image-task' as const, Tags: [{ Key: 'for', Value: 'soup' }] },
      ],
    };
    const { ImportTaskId, Status } = await ec2.send(new ImportImageCommand(request));
    const again = await ec2.send(new ImportImageCommand(request));
    expect([Status, again.ImportTaskId]).toEqual(['active', ImportTaskId]);
    await settled();
    await ec2.send(
      new CreateTagsCommand({ Resources: [ImportTaskId!], Tags: [{ Key: 'by', Value: 'cook' }] }),
    );
    const task = await imageTask(ImportTaskId!);
    expect(task).toMatchObject({ Status: 'completed', LicenseType: 'BYOL', Platform: 'Linux' });
    expect(task.Tags).toHaveLength(2);
    const { Images } = await ec2.send(new DescribeImagesCommand({ ImageIds: [task.ImageId!] }));
    expect(Images).toMatchObject([
      { Name: ImportTaskId, Description: 'kitchen', RootDeviceName: '/dev/sda1' },
    ]);
    expect(Images![0]!.BlockDeviceMappings).toMatchObject([
      { DeviceName: '/dev/sda1', Ebs: { VolumeSize: 1, Encrypted: true } },
      { DeviceName: '/dev/sdh', Ebs: { VolumeSize: 1, Encrypted: true } },
    ]);
    const { SnapshotId } = task.SnapshotDetails![0]!;
    const further = await ec2.send(new ImportImageCommand({ DiskContainers: [{ SnapshotId }] }));
    await settled();
    expect((await imageTask(further.ImportTaskId!)).Status).toBe('completed');
  });

  test('are read from one folder of the host, and from nowhere else', async () => {
    const inside = put('disk', Buffer.alloc(512));
    const { importFolder } = cloud.inside.compute;
    writeFileSync(join(importFolder, '..', 'secret'), 'secret');
    symlinkSync(join(importFolder, '..', 'secret'), join(importFolder, 'link'));
    const refused = { name: 'InvalidParameterValue', message: expect.stringContaining('folder') };
    await expect(importImage(inside.replace(/disk$/, 'link'))).rejects.toMatchObject(refused);
    await expect(importImage(`${inside}/../../secret`)).rejects.toMatchObject(refused);
    await expect(importImage(`${inside}s`)).rejects.toThrow('it does not exist');
    await expect(importImage('disk')).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(importImage('s3://kitchen/disk')).rejects.toThrow('not from S3');
    await expect(importImage(inside)).resolves.toMatchObject({ Status: 'active' });
  });

  test('are refused where nothing boots them', async () => {
    const Url = put('disk', Buffer.alloc(512));
    const unsupported = { name: 'UnsupportedOperation' };
    await expect(importImage(Url, { Platform: 'Windows' })).rejects.toMatchObject(unsupported);
    await expect(importImage(Url, { BootMode: 'uefi' })).rejects.toMatchObject(unsupported);
    await expect(importImage(Url, { Architecture: 'i386' })).rejects.toMatchObject(unsupported);
    for (const Format of ['VMDK', 'OVA', 'VHDX']) {
      const DiskContainers = [{ Url, Format }];
      await expect(importImage(Url, { DiskContainers })).rejects.toMatchObject(unsupported);
    }
    await expect(
      importImage(Url, { DiskContainers: [{ Url, Format: 'VHD' }] }),
    ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(importImage(Url, { DiskContainers: [] })).rejects.toMatchObject({
      name: 'MissingParameter',
    });
    await expect(imageTask('import-ami-00000000000000000')).rejects.toMatchObject({
      name: 'InvalidConversionTaskId.Malformed',
    });
  });

  test('leave nothing where reading them fails, but why', async () => {
    vi.spyOn(cloud.inside.compute.disks, 'read').mockRejectedValueOnce(new Error('It is broken.'));
    const { ImportTaskId } = await importImage(put('disk', Buffer.alloc(512)));
    await settled();
    expect(await imageTask(ImportTaskId!)).toMatchObject({
      Status: 'deleted',
      StatusMessage: 'ClientError: Disk validation failed [It is broken.]',
    });
    expect((await ec2.send(new DescribeSnapshotsCommand({}))).Snapshots).toEqual([]);
  });

  test('are no longer read where that is cancelled', async () => {
    let goOn = () => {};
    const read = vi.spyOn(cloud.inside.compute.disks, 'read');
    read.mockReturnValueOnce(new Promise((resolve) => (goOn = resolve)));
    const { ImportTaskId } = await importImage(put('disk', Buffer.alloc(512)));
    const cancel = new CancelImportTaskCommand({ ImportTaskId, CancelReason: 'too salty' });
    expect(await ec2.send(cancel)).toMatchObject({ PreviousState: 'active', State: 'deleting' });
    goOn();
    await settled();
    expect(await imageTask(ImportTaskId!)).toMatchObject({
      ...{ Status: 'deleted', StatusMessage: 'Cancelled: too salty' },
    });
    expect((await ec2.send(new DescribeSnapshotsCommand({}))).Snapshots).toEqual([]);
    await expect(ec2.send(cancel)).rejects.toMatchObject({ name: 'IncorrectState' });
  });
});

/**
 * A disk whose first sector says something on the serial line and halts: `xor ax, ax; mov ds, ax;
 * mov dx, 0x3f8; mov si, text; next: lodsb; test al, al; jz end; out dx, al; jmp next; end: hlt; jmp end`.
 */
function talkingDisk(text: string): Buffer {
  const disk = Buffer.alloc(1024 * 1024);
  disk.set([0x31, 0xc0, 0x8e, 0xd8, 0xba, 0xf8, 0x03, 0xbe, 0x15, 0x7c, 0xac, 0x84, 0xc0, 0x74]);
  disk.set([0x03, 0xee, 0xeb, 0xf8, 0xf4, 0xeb, 0xfd], 14);
  disk.write(text, 21);
  disk.set([0x55, 0xaa], 510);
  return disk;
}

const obstacle = (await missingPackages()).length > 0 ? 'QEMU is not installed.' : undefined;
if (obstacle !== undefined) console.warn(`SKIPPED: an imported disk boots. ${obstacle}`);

test.skipIf(obstacle !== undefined)(
  'an imported disk boots',
  async () => {
    await begin('qemu');
    const { ImportTaskId } = await importImage(put('disk', talkingDisk('I was imported.')));
    await settled();
    const { ImageId } = await imageTask(ImportTaskId!);
    const { Instances } = await ec2.send(
      new RunInstancesCommand({ ImageId, InstanceType: 't3.nano', MinCount: 1, MaxCount: 1 }),
    );
    const { InstanceId } = Instances![0]!;
    await settled();
    const said = async () => {
      const { Output = '' } = await ec2.send(new GetConsoleOutputCommand({ InstanceId }));
      return Buffer.from(Output, 'base64').toString();
    };
    await expect.poll(said, { timeout: 30_000 }).toContain('I was imported.');
  },
  60_000,
);
