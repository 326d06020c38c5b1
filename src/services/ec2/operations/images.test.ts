import {
  CopyImageCommand,
  CreateImageCommand,
  CreateSnapshotCommand,
  DeleteSnapshotCommand,
  DeregisterImageCommand,
  DescribeImageAttributeCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeSnapshotsCommand,
  EC2Client,
  ModifyImageAttributeCommand,
  RegisterImageCommand,
  ResetImageAttributeCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

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

async function launch(ImageId = 'resolve:ssm:/aws/service/alacarte/tiny', client = ec2) {
  const { Instances } = await client.send(
    new RunInstancesCommand({ ImageId, MinCount: 1, MaxCount: 1 }),
  );
  await settled();
  const InstanceIds = [Instances![0]!.InstanceId!];
  const found = await client.send(new DescribeInstancesCommand({ InstanceIds }));
  return found.Reservations![0]!.Instances![0]!;
}

async function imageOf(InstanceId: string, Name = 'kitchen'): Promise<string> {
  const { ImageId } = await ec2.send(new CreateImageCommand({ InstanceId, Name }));
  await settled();
  return ImageId!;
}

const image = async (id: string, client = ec2) =>
  (await client.send(new DescribeImagesCommand({ ImageIds: [id] }))).Images![0]!;

describe('images that somebody makes', () => {
  test('are made of an instance, which runs on, and launch others', async () => {
    const { InstanceId } = await launch();
    const { ImageId } = await ec2.send(
      new CreateImageCommand({
        ...{ InstanceId, Name: 'kitchen', Description: 'with all pans' },
        BlockDeviceMappings: [{ DeviceName: '/dev/sdf', Ebs: { VolumeSize: 2 } }],
        TagSpecifications: [{ ResourceType: 'image', Tags: [{ Key: 'for', Value: 'soup' }] }],
      }),
    );
    expect(await image(ImageId!)).toMatchObject({ State: 'pending', OwnerId: '000000000000' });
    await expect(launch(ImageId)).rejects.toMatchObject({ name: 'InvalidAMIID.Unavailable' });
    await settled();
    const made = await image(ImageId!);
    expect(made).toMatchObject({
      ...{ State: 'available', Name: 'kitchen', Public: false, SourceInstanceId: InstanceId },
      Tags: [{ Key: 'for', Value: 'soup' }],
    });
    const [root, added] = made.BlockDeviceMappings!;
    expect([root!.Ebs!.VolumeSize, added!.Ebs!.VolumeSize]).toEqual([1, 2]);
    const SnapshotIds = [root!.Ebs!.SnapshotId!];
    const { Snapshots } = await ec2.send(new DescribeSnapshotsCommand({ SnapshotIds }));
    expect(Snapshots).toMatchObject([{ State: 'completed' }]);
    const machine = await cloud.inside.compute.driver.find(InstanceId!);
    expect(machine?.power).toBe('on');
    const second = await launch(ImageId);
    expect(second.BlockDeviceMappings?.map((each) => each.DeviceName)).toEqual([
      '/dev/xvda',
      '/dev/sdf',
    ]);
    const { Images } = await ec2.send(new DescribeImagesCommand({ Owners: ['self'] }));
    expect(Images).toHaveLength(1);
  });

  test('have a name of their own, well formed, and an instance that is there', async () => {
    const { InstanceId } = await launch();
    await imageOf(InstanceId!);
    await expect(imageOf(InstanceId!)).rejects.toMatchObject({ name: 'InvalidAMIName.Duplicate' });
    await expect(imageOf(InstanceId!, '?')).rejects.toMatchObject({
      name: 'InvalidAMIName.Malformed',
    });
    await expect(imageOf('i-00000000000000000', 'soup')).rejects.toMatchObject({
      name: 'InvalidInstanceID.NotFound',
    });
  });

  test('are registered from a snapshot, which they hold, and deregistered', async () => {
    const { BlockDeviceMappings } = await launch();
    const VolumeId = BlockDeviceMappings![0]!.Ebs!.VolumeId!;
    const { SnapshotId } = await ec2.send(new CreateSnapshotCommand({ VolumeId }));
    await settled();
    const { ImageId } = await ec2.send(
      new RegisterImageCommand({
        ...{ Name: 'registered', RootDeviceName: '/dev/xvda', VirtualizationType: 'hvm' },
        ImageLocation: '', // as Terraform has it
        SriovNetSupport: 'simple',
        BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId } }],
      }),
    );
    expect((await image(ImageId!)).SriovNetSupport).toBe('simple');
    expect((await launch(ImageId)).ImageId).toBe(ImageId);
    await expect(ec2.send(new DeleteSnapshotCommand({ SnapshotId }))).rejects.toMatchObject({
      name: 'InvalidSnapshot.InUse',
    });
    await expect(ec2.send(new RegisterImageCommand({ Name: 'rootless' }))).rejects.toMatchObject({
      name: 'InvalidBlockDeviceMapping',
    });
    await ec2.send(new DeregisterImageCommand({ ImageId }));
    await expect(image(ImageId!)).rejects.toMatchObject({ name: 'InvalidAMIID.NotFound' });
    await ec2.send(new DeleteSnapshotCommand({ SnapshotId }));
    await settled();
    const { Snapshots } = await ec2.send(new DescribeSnapshotsCommand({}));
    expect(Snapshots).toEqual([]);
  });

  test('are copied to another region, and go with their snapshots', async () => {
    const SourceImageId = await imageOf((await launch()).InstanceId!);
    const west = cloud.client(EC2Client, { region: 'us-west-2' });
    const { ImageId } = await west.send(
      new CopyImageCommand({ SourceImageId, SourceRegion: 'us-east-1', Name: 'kitchen' }),
    );
    await settled();
    expect(await image(ImageId!, west)).toMatchObject({
      ...{ State: 'available', SourceImageId, SourceImageRegion: 'us-east-1' },
    });
    expect((await launch(ImageId, west)).ImageId).toBe(ImageId);
    await expect(image(SourceImageId, west)).rejects.toMatchObject({
      name: 'InvalidAMIID.NotFound',
    });
    const { DeleteSnapshotResults } = await west.send(
      new DeregisterImageCommand({ ImageId, DeleteAssociatedSnapshots: true }),
    );
    await settled();
    expect(DeleteSnapshotResults).toMatchObject([{ ReturnCode: 'success' }]);
    expect((await west.send(new DescribeSnapshotsCommand({}))).Snapshots).toEqual([]);
  });

  test('may be launched by whom their owner says, and changed by nobody else', async () => {
    const ImageId = await imageOf((await launch()).InstanceId!);
    await expect(launch(ImageId, other)).rejects.toMatchObject({ name: 'InvalidAMIID.NotFound' });
    await ec2.send(
      new ModifyImageAttributeCommand({
        ImageId,
        LaunchPermission: { Add: [{ UserId: OTHER_ACCOUNT }] },
      }),
    );
    expect((await launch(ImageId, other)).ImageId).toBe(ImageId);
    await expect(other.send(new DeregisterImageCommand({ ImageId }))).rejects.toMatchObject({
      name: 'AuthFailure',
    });
    const asked = { ImageId, Attribute: 'launchPermission' } as const;
    const shown = await ec2.send(new DescribeImageAttributeCommand(asked));
    expect(shown.LaunchPermissions).toEqual([{ UserId: OTHER_ACCOUNT }]);
    const shared = new DescribeImagesCommand({ ExecutableUsers: ['self'] });
    expect((await other.send(shared)).Images).toHaveLength(1);
    await ec2.send(new ResetImageAttributeCommand(asked));
    expect((await other.send(shared)).Images).toEqual([]);
    await ec2.send(new ModifyImageAttributeCommand({ ImageId, Description: { Value: 'smaller' } }));
    expect((await image(ImageId)).Description).toBe('smaller');
  });
});
