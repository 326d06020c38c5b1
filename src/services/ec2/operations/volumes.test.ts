import {
  AttachVolumeCommand,
  CreateVolumeCommand,
  type CreateVolumeCommandInput,
  DeleteVolumeCommand,
  DescribeInstancesCommand,
  DescribeTagsCommand,
  DescribeVolumeAttributeCommand,
  DescribeVolumeStatusCommand,
  DescribeVolumesCommand,
  DescribeVolumesModificationsCommand,
  DetachVolumeCommand,
  EC2Client,
  ModifyVolumeAttributeCommand,
  ModifyVolumeCommand,
  RunInstancesCommand,
  type RunInstancesCommandInput,
  StopInstancesCommand,
  TerminateInstancesCommand,
  waitUntilInstanceStopped,
  waitUntilInstanceTerminated,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

const AvailabilityZone = 'us-east-1a';

let cloud: TestCloud;
let ec2: EC2Client;

beforeEach(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
});
afterEach(() => cloud[Symbol.asyncDispose]());

const waiting = () => ({ client: ec2, minDelay: 0.01, maxDelay: 0.1, maxWaitTime: 30 });
const settled = () => cloud.inside.workflows.settled();

async function create(input: Partial<CreateVolumeCommandInput> = {}): Promise<string> {
  const { VolumeId } = await ec2.send(
    new CreateVolumeCommand({ AvailabilityZone, Size: 10, ...input }),
  );
  await settled();
  return VolumeId!;
}

async function launch(input: Partial<RunInstancesCommandInput> = {}): Promise<string> {
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
      ...{ MinCount: 1, MaxCount: 1, Placement: { AvailabilityZone } },
      ...input,
    }),
  );
  await settled();
  return Instances![0]!.InstanceId!;
}

async function attach(VolumeId: string, InstanceId: string, Device = '/dev/sdf') {
  const answer = await ec2.send(new AttachVolumeCommand({ VolumeId, InstanceId, Device }));
  await settled();
  return answer;
}

const volume = async (id: string) =>
  (await ec2.send(new DescribeVolumesCommand({ VolumeIds: [id] }))).Volumes![0]!;

const mappings = async (InstanceId: string) => {
  const asked = new DescribeInstancesCommand({ InstanceIds: [InstanceId] });
  const { Reservations } = await ec2.send(asked);
  return Reservations![0]!.Instances![0]!.BlockDeviceMappings!.map(({ DeviceName, Ebs }) => [
    DeviceName,
    Ebs!.Status,
    Ebs!.DeleteOnTermination,
  ]);
};

describe('volumes', () => {
  test('are made with what their type comes with, tagged, found and deleted', async () => {
    const made = await ec2.send(
      new CreateVolumeCommand({
        ...{ AvailabilityZone, Size: 8, VolumeType: 'gp3', Encrypted: true },
        TagSpecifications: [{ ResourceType: 'volume', Tags: [{ Key: 'for', Value: 'soup' }] }],
      }),
    );
    expect(made).toMatchObject({
      ...{ State: 'creating', Size: 8, Iops: 3000, Throughput: 125, Encrypted: true },
      Tags: [{ Key: 'for', Value: 'soup' }],
    });
    await settled();
    const { Volumes } = await ec2.send(
      new DescribeVolumesCommand({
        Filters: [
          { Name: 'status', Values: ['available'] },
          { Name: 'tag:for', Values: ['soup'] },
        ],
      }),
    );
    expect(Volumes).toMatchObject([
      { VolumeId: made.VolumeId, State: 'available', AvailabilityZoneId: 'use1-az1' },
    ]);
    const { VolumeStatuses } = await ec2.send(
      new DescribeVolumeStatusCommand({ VolumeIds: [made.VolumeId!] }),
    );
    expect(VolumeStatuses).toMatchObject([{ VolumeStatus: { Status: 'ok' } }]);
    await ec2.send(new DeleteVolumeCommand({ VolumeId: made.VolumeId }));
    await settled();
    await expect(volume(made.VolumeId!)).rejects.toMatchObject({
      name: 'InvalidVolume.NotFound',
      message: `The volume '${made.VolumeId}' does not exist.`,
    });
    expect((await ec2.send(new DescribeTagsCommand({}))).Tags).toEqual([]);
  });

  test.each<[Partial<CreateVolumeCommandInput>, string]>([
    [{ Size: undefined }, 'MissingParameter'],
    [{ AvailabilityZone: undefined }, 'MissingParameter'],
    [{ AvailabilityZone: 'us-east-1z' }, 'InvalidZone.NotFound'],
    [{ VolumeType: 'gp9' as 'gp3' }, 'InvalidParameterValue'],
    [{ Size: 16_385 }, 'InvalidParameterValue'],
    [{ VolumeType: 'st1', Size: 124 }, 'InvalidParameterValue'],
    [{ VolumeType: 'io1' }, 'MissingParameter'],
    [{ VolumeType: 'io1', Iops: 501 }, 'InvalidParameterValue'],
    [{ VolumeType: 'gp2', Iops: 300 }, 'InvalidParameterCombination'],
    [{ VolumeType: 'gp2', Throughput: 300 }, 'InvalidParameterCombination'],
    [{ VolumeType: 'gp3', Throughput: 1000 }, 'InvalidParameterValue'],
    [{ SnapshotId: 'snap-0123456789abcdef0' }, 'InvalidSnapshot.NotFound'],
    [{ DryRun: true }, 'DryRunOperation'],
  ])('of %j are refused', async (input, name) => {
    await expect(create(input)).rejects.toMatchObject({ name });
    expect((await ec2.send(new DescribeVolumesCommand({}))).Volumes).toEqual([]);
  });

  test('are the same for requests with the same token, which must not differ', async () => {
    const ClientToken = 'once';
    const [one, other] = await Promise.all([create({ ClientToken }), create({ ClientToken })]);
    expect(other).toBe(one);
    expect((await ec2.send(new DescribeVolumesCommand({}))).Volumes).toHaveLength(1);
    await expect(create({ ClientToken, Size: 11 })).rejects.toMatchObject({
      name: 'IdempotentParameterMismatch',
    });
  });

  test('grow and change their type', async () => {
    const VolumeId = await create({ VolumeType: 'gp2' });
    const { VolumeModification } = await ec2.send(
      new ModifyVolumeCommand({ VolumeId, Size: 20, VolumeType: 'gp3', Throughput: 250 }),
    );
    expect(VolumeModification).toMatchObject({
      ...{ ModificationState: 'modifying', OriginalSize: 10, OriginalVolumeType: 'gp2' },
      ...{ TargetSize: 20, TargetVolumeType: 'gp3', TargetIops: 3000, TargetThroughput: 250 },
    });
    await settled();
    const { VolumesModifications } = await ec2.send(
      new DescribeVolumesModificationsCommand({ VolumeIds: [VolumeId] }),
    );
    expect(VolumesModifications).toMatchObject([{ ModificationState: 'completed', Progress: 100 }]);
    expect(await volume(VolumeId)).toMatchObject({ Size: 20, VolumeType: 'gp3', Throughput: 250 });
    const smaller = new ModifyVolumeCommand({ VolumeId, Size: 19 });
    await expect(ec2.send(smaller)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  test('have an attribute', async () => {
    const VolumeId = await create();
    await ec2.send(new ModifyVolumeAttributeCommand({ VolumeId, AutoEnableIO: { Value: true } }));
    const Attribute = 'autoEnableIO';
    const asked = new DescribeVolumeAttributeCommand({ VolumeId, Attribute });
    expect(await ec2.send(asked)).toMatchObject({ AutoEnableIO: { Value: true } });
  });
});

describe('attachments', () => {
  test('show on both sides, and are taken back', async () => {
    const [VolumeId, InstanceId] = [await create(), await launch()];
    expect(await attach(VolumeId, InstanceId)).toMatchObject({ State: 'attaching' });
    expect(await volume(VolumeId)).toMatchObject({
      State: 'in-use',
      Attachments: [{ InstanceId, Device: '/dev/sdf', State: 'attached' }],
    });
    expect(await mappings(InstanceId)).toContainEqual(['/dev/sdf', 'attached', false]);
    const inUse = { name: 'VolumeInUse' };
    await expect(attach(VolumeId, InstanceId, '/dev/sdg')).rejects.toMatchObject(inUse);
    await expect(ec2.send(new DeleteVolumeCommand({ VolumeId }))).rejects.toMatchObject(inUse);
    const { State } = await ec2.send(new DetachVolumeCommand({ VolumeId }));
    expect(State).toBe('detaching');
    await settled();
    expect(await volume(VolumeId)).toMatchObject({ State: 'available', Attachments: [] });
    expect(await mappings(InstanceId)).toHaveLength(1);
    await expect(ec2.send(new DetachVolumeCommand({ VolumeId }))).rejects.toMatchObject({
      name: 'IncorrectState',
    });
  });

  test('are refused where they cannot be', async () => {
    const InstanceId = await launch();
    const [taken, other] = [await create(), await create()];
    const elsewhere = await create({ AvailabilityZone: 'us-east-1b' });
    await attach(taken, InstanceId);
    const { VolumeId: root } = (
      await ec2.send(
        new DescribeVolumesCommand({ Filters: [{ Name: 'size', Values: ['1', '8'] }] }),
      )
    ).Volumes![0]!;
    for (const [refused, name] of [
      [() => attach(other, InstanceId, 'sdf'), 'InvalidParameterValue'],
      [() => attach(other, InstanceId, '/dev/sdf'), 'InvalidParameterValue'],
      [() => attach(elsewhere, InstanceId, '/dev/sdg'), 'InvalidVolume.ZoneMismatch'],
      [() => attach('vol-0123456789abcdef0', InstanceId), 'InvalidVolume.NotFound'],
      [() => attach('volume', InstanceId), 'InvalidVolumeID.Malformed'],
      [() => attach(other, 'i-0123456789abcdef0'), 'InvalidInstanceID.NotFound'],
      [() => attach(root!, InstanceId, '/dev/sdg'), 'VolumeInUse'],
      [() => ec2.send(new DetachVolumeCommand({ VolumeId: root })), 'OperationNotPermitted'],
      [() => ec2.send(new DeleteVolumeCommand({ VolumeId: root })), 'VolumeInUse'],
      [
        () => ec2.send(new DetachVolumeCommand({ VolumeId: taken, Device: '/dev/sdg' })),
        'InvalidAttachment.NotFound',
      ],
    ] as const) {
      await expect(refused()).rejects.toMatchObject({ name });
    }
    await ec2.send(new StopInstancesCommand({ InstanceIds: [InstanceId] }));
    await waitUntilInstanceStopped(waiting(), { InstanceIds: [InstanceId] });
    expect(await attach(other, InstanceId, '/dev/sdg')).toMatchObject({ State: 'attaching' });
  });

  test('come with a launch, and go or stay when the instance goes', async () => {
    const InstanceId = await launch({
      BlockDeviceMappings: [
        { DeviceName: '/dev/sdf', Ebs: { VolumeSize: 5 } },
        { DeviceName: '/dev/sdg', Ebs: { VolumeSize: 6, DeleteOnTermination: false } },
      ],
      TagSpecifications: [{ ResourceType: 'volume', Tags: [{ Key: 'of', Value: 'launch' }] }],
    });
    expect((await mappings(InstanceId)).slice(1)).toEqual([
      ['/dev/sdf', 'attached', true],
      ['/dev/sdg', 'attached', false],
    ]);
    const late = await create();
    await attach(late, InstanceId, '/dev/sdh');
    const { Volumes } = await ec2.send(
      new DescribeVolumesCommand({ Filters: [{ Name: 'tag:of', Values: ['launch'] }] }),
    );
    expect(Volumes).toHaveLength(3);
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId] }));
    await waitUntilInstanceTerminated(waiting(), { InstanceIds: [InstanceId] });
    await settled();
    const left = (await ec2.send(new DescribeVolumesCommand({}))).Volumes!;
    expect(left.map(({ Size, State }) => `${Size} ${State}`).toSorted()).toEqual([
      '10 available',
      '6 available',
    ]);
  });
});
