import {
  CopySnapshotCommand,
  CreateSnapshotCommand,
  CreateSnapshotsCommand,
  CreateVolumeCommand,
  DeleteSnapshotCommand,
  DescribeInstancesCommand,
  DescribeSnapshotAttributeCommand,
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
  EC2Client,
  EnableSnapshotBlockPublicAccessCommand,
  ModifySnapshotAttributeCommand,
  ResetSnapshotAttributeCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

const AvailabilityZone = 'us-east-1a';
const OTHER_ACCOUNT = '111111111111';

let cloud: TestCloud;
let ec2: EC2Client;
let other: EC2Client;

beforeEach(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
  other = cloud.client(EC2Client, {
    credentials: { accessKeyId: OTHER_ACCOUNT, secretAccessKey: 'test' },
  });
});
afterEach(() => cloud[Symbol.asyncDispose]());

const settled = () => cloud.inside.workflows.settled();

async function volume(input: object = { Size: 4 }): Promise<string> {
  const { VolumeId } = await ec2.send(new CreateVolumeCommand({ AvailabilityZone, ...input }));
  await settled();
  return VolumeId!;
}

async function snapshot(VolumeId: string): Promise<string> {
  const { SnapshotId } = await ec2.send(new CreateSnapshotCommand({ VolumeId }));
  await settled();
  return SnapshotId!;
}

const ids = async (client: EC2Client, input: object = {}) =>
  (await client.send(new DescribeSnapshotsCommand(input))).Snapshots!.map((s) => s.SnapshotId);

describe('snapshots', () => {
  test('are taken of volumes in the background, and volumes are made of them', async () => {
    const VolumeId = await volume({ Size: 4, Encrypted: true });
    const pending = await ec2.send(
      new CreateSnapshotCommand({
        ...{ VolumeId, Description: 'before dinner' },
        TagSpecifications: [{ ResourceType: 'snapshot', Tags: [{ Key: 'for', Value: 'soup' }] }],
      }),
    );
    expect(pending).toMatchObject({ State: 'pending', VolumeSize: 4, Encrypted: true });
    await settled();
    const Filters = [{ Name: 'tag:for', Values: ['soup'] }];
    const { Snapshots } = await ec2.send(new DescribeSnapshotsCommand({ Filters }));
    expect(Snapshots).toMatchObject([
      { SnapshotId: pending.SnapshotId, State: 'completed', Progress: '100%', VolumeId },
    ]);
    const copy = await volume({ SnapshotId: pending.SnapshotId, Size: 6 });
    const { Volumes } = await ec2.send(new DescribeVolumesCommand({ VolumeIds: [copy] }));
    expect(Volumes).toMatchObject([
      { SnapshotId: pending.SnapshotId, Size: 6, Encrypted: true, State: 'available' },
    ]);
    await expect(volume({ SnapshotId: pending.SnapshotId, Size: 3 })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
    await expect(volume({ SnapshotId: 'snap-00000000000000000' })).rejects.toMatchObject({
      name: 'InvalidSnapshot.NotFound',
    });
  });

  test('are deleted, once', async () => {
    const SnapshotId = await snapshot(await volume());
    await ec2.send(new DeleteSnapshotCommand({ SnapshotId }));
    await settled();
    expect(await ids(ec2)).toEqual([]);
    await expect(ec2.send(new DeleteSnapshotCommand({ SnapshotId }))).rejects.toMatchObject({
      name: 'InvalidSnapshot.NotFound',
    });
  });

  test("are taken of all of an instance's volumes", async () => {
    const { Instances } = await ec2.send(
      new RunInstancesCommand({
        ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
        ...{ MinCount: 1, MaxCount: 1 },
        BlockDeviceMappings: [{ DeviceName: '/dev/sdf', Ebs: { VolumeSize: 3 } }],
      }),
    );
    await settled();
    const InstanceId = Instances![0]!.InstanceId!;
    const both = await ec2.send(
      new CreateSnapshotsCommand({ InstanceSpecification: { InstanceId } }),
    );
    expect(both.Snapshots?.map((each) => each.VolumeSize)).toEqual([1, 3]);
    const others = await ec2.send(
      new CreateSnapshotsCommand({
        InstanceSpecification: { InstanceId, ExcludeBootVolume: true },
      }),
    );
    expect(others.Snapshots?.map((each) => each.VolumeSize)).toEqual([3]);
    await settled();
    const [SnapshotId] = others.Snapshots!.map((each) => each.SnapshotId);
    const again = await ec2.send(
      new RunInstancesCommand({
        ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
        ...{ MinCount: 1, MaxCount: 1 },
        BlockDeviceMappings: [{ DeviceName: '/dev/sdf', Ebs: { SnapshotId } }],
      }),
    );
    await settled();
    const InstanceIds = [again.Instances![0]!.InstanceId!];
    const found = await ec2.send(new DescribeInstancesCommand({ InstanceIds }));
    const disks = found.Reservations![0]!.Instances![0]!.BlockDeviceMappings!;
    const VolumeIds = [disks.find((each) => each.DeviceName === '/dev/sdf')!.Ebs!.VolumeId!];
    const { Volumes } = await ec2.send(new DescribeVolumesCommand({ VolumeIds }));
    expect(Volumes).toMatchObject([{ SnapshotId, Size: 3 }]);
  });

  test('are copied to another region', async () => {
    const SourceSnapshotId = await snapshot(await volume());
    const west = cloud.client(EC2Client, { region: 'us-west-2' });
    const { SnapshotId } = await west.send(
      new CopySnapshotCommand({ SourceRegion: 'us-east-1', SourceSnapshotId }),
    );
    await settled();
    expect(await ids(west, { Filters: [{ Name: 'status', Values: ['completed'] }] })).toEqual([
      SnapshotId,
    ]);
    await expect(
      west.send(new CopySnapshotCommand({ SourceRegion: 'us-west-2', SourceSnapshotId })),
    ).rejects.toMatchObject({ name: 'InvalidSnapshot.NotFound' });
  });

  test('are shared with whom their owner says', async () => {
    const SnapshotId = await snapshot(await volume());
    const permission = (CreateVolumePermission: object) =>
      ec2.send(new ModifySnapshotAttributeCommand({ SnapshotId, CreateVolumePermission }));
    expect(await ids(other)).toEqual([]);
    await permission({ Add: [{ UserId: OTHER_ACCOUNT }] });
    expect(await ids(other)).toEqual([SnapshotId]);
    expect(await ids(other, { RestorableByUserIds: ['all'] })).toEqual([]);
    await permission({ Add: [{ Group: 'all' }], Remove: [{ UserId: OTHER_ACCOUNT }] });
    expect(await ids(other, { RestorableByUserIds: ['all'] })).toEqual([SnapshotId]);
    const shown = await ec2.send(
      new DescribeSnapshotAttributeCommand({ SnapshotId, Attribute: 'createVolumePermission' }),
    );
    expect(shown.CreateVolumePermissions).toEqual([{ Group: 'all' }]);
    await ec2.send(
      new ResetSnapshotAttributeCommand({ SnapshotId, Attribute: 'createVolumePermission' }),
    );
    expect(await ids(other)).toEqual([]);
    await ec2.send(new EnableSnapshotBlockPublicAccessCommand({ State: 'block-new-sharing' }));
    await expect(permission({ Add: [{ Group: 'all' }] })).rejects.toMatchObject({
      name: 'OperationNotPermitted',
    });
  });
});
