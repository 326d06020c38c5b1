import {
  AttachVolumeCommand,
  CreateImageCommand,
  CreateReplaceRootVolumeTaskCommand,
  type CreateReplaceRootVolumeTaskCommandInput,
  CreateSnapshotCommand,
  DescribeReplaceRootVolumeTasksCommand,
  DescribeTagsCommand,
  CreateVolumeCommand,
  DescribeInstanceAttributeCommand,
  DescribeVolumeAttributeCommand,
  DescribeVolumesCommand,
  DescribeVolumesModificationsCommand,
  DetachVolumeCommand,
  EC2Client,
  ModifyInstanceAttributeCommand,
  ModifyVolumeAttributeCommand,
  ModifyVolumeCommand,
  RunInstancesCommand,
  type RunInstancesCommandInput,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
  waitUntilInstanceRunning,
  waitUntilInstanceStopped,
  waitUntilInstanceTerminated,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

const AvailabilityZone = 'us-east-1a';
const ROOT = '/dev/xvda';

let cloud: TestCloud;
let ec2: EC2Client;

beforeEach(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
});
afterEach(() => cloud[Symbol.asyncDispose]());

const waiting = () => ({ client: ec2, minDelay: 0.01, maxDelay: 0.1, maxWaitTime: 30 });
const settled = () => cloud.inside.workflows.settled();

/** An instance that runs, and its root volume. */
async function launch(input: Partial<RunInstancesCommandInput> = {}) {
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
      ...{ MinCount: 1, MaxCount: 1, Placement: { AvailabilityZone } },
      ...input,
    }),
  );
  const InstanceId = Instances![0]!.InstanceId!;
  await settled();
  return { InstanceId, VolumeId: (await at(ROOT, InstanceId)).VolumeId! };
}

async function stop(InstanceId: string) {
  await ec2.send(new StopInstancesCommand({ InstanceIds: [InstanceId] }));
  await waitUntilInstanceStopped(waiting(), { InstanceIds: [InstanceId] });
}

async function terminate(InstanceId: string) {
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId] }));
  await waitUntilInstanceTerminated(waiting(), { InstanceIds: [InstanceId] });
  await settled();
}

async function volumesOf(InstanceId: string) {
  const Filters = [{ Name: 'attachment.instance-id', Values: [InstanceId] }];
  return (await ec2.send(new DescribeVolumesCommand({ Filters }))).Volumes!;
}

/** The volume that an instance has as this device. */
async function at(device: string, InstanceId: string) {
  const all = await volumesOf(InstanceId);
  return all.find((each) => each.Attachments?.some(({ Device }) => Device === device))!;
}

const volume = async (id: string) =>
  (await ec2.send(new DescribeVolumesCommand({ VolumeIds: [id] }))).Volumes![0]!;

async function replace(
  InstanceId: string,
  input: Partial<CreateReplaceRootVolumeTaskCommandInput> = {},
) {
  const asked = new CreateReplaceRootVolumeTaskCommand({ InstanceId, ...input });
  return (await ec2.send(asked)).ReplaceRootVolumeTask!;
}

async function replacements(InstanceId: string) {
  const Filters = [{ Name: 'instance-id', Values: [InstanceId] }];
  const asked = new DescribeReplaceRootVolumeTasksCommand({ Filters });
  return (await ec2.send(asked)).ReplaceRootVolumeTasks!;
}

const keeping = {
  BlockDeviceMappings: [{ DeviceName: ROOT, Ebs: { DeleteOnTermination: false } }],
};

test('a root volume grows, and tells of it', async () => {
  const { InstanceId, VolumeId } = await launch();
  const { VolumeModification } = await ec2.send(
    new ModifyVolumeCommand({ VolumeId, Size: 20, VolumeType: 'gp3' }),
  );
  expect(VolumeModification).toMatchObject({
    ...{ TargetSize: 20, TargetVolumeType: 'gp3', ModificationState: 'modifying' },
  });
  await settled();
  const { VolumesModifications } = await ec2.send(
    new DescribeVolumesModificationsCommand({ VolumeIds: [VolumeId] }),
  );
  expect(VolumesModifications).toMatchObject([{ TargetSize: 20, ModificationState: 'completed' }]);
  expect(await volumesOf(InstanceId)).toMatchObject([
    { VolumeId, Size: 20, VolumeType: 'gp3', Iops: 3000, Attachments: [{ State: 'attached' }] },
  ]);
  await expect(ec2.send(new ModifyVolumeCommand({ VolumeId, Size: 10 }))).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  });
  await ec2.send(new ModifyVolumeAttributeCommand({ VolumeId, AutoEnableIO: { Value: true } }));
  const asked = new DescribeVolumeAttributeCommand({ VolumeId, Attribute: 'autoEnableIO' });
  expect((await ec2.send(asked)).AutoEnableIO).toEqual({ Value: true });
});

test('a root volume outlasts its instance where that was asked for', async () => {
  const { InstanceId, VolumeId } = await launch(keeping);
  expect((await volume(VolumeId)).Attachments).toMatchObject([{ DeleteOnTermination: false }]);
  const other = await launch();
  await terminate(InstanceId);
  await terminate(other.InstanceId);
  expect(await volume(VolumeId)).toMatchObject({ State: 'available', Attachments: [] });
  await expect(volume(other.VolumeId)).rejects.toMatchObject({ name: 'InvalidVolume.NotFound' });
});

test('whether it goes with its instance can be changed', async () => {
  const { InstanceId, VolumeId } = await launch();
  await ec2.send(new ModifyInstanceAttributeCommand({ InstanceId, ...keeping }));
  const { BlockDeviceMappings } = await ec2.send(
    new DescribeInstanceAttributeCommand({ InstanceId, Attribute: 'blockDeviceMapping' }),
  );
  expect(BlockDeviceMappings).toMatchObject([
    { DeviceName: ROOT, Ebs: { VolumeId, DeleteOnTermination: false } },
  ]);
  await expect(
    ec2.send(
      new ModifyInstanceAttributeCommand({
        InstanceId,
        BlockDeviceMappings: [{ DeviceName: '/dev/sdz', Ebs: { DeleteOnTermination: true } }],
      }),
    ),
  ).rejects.toMatchObject({
    name: 'InvalidInstanceAttributeValue',
    message: 'No device is currently mapped at /dev/sdz',
  });
  await terminate(InstanceId);
  expect(await volume(VolumeId)).toMatchObject({ State: 'available' });
});

test('whether a volume beside it goes can be changed too', async () => {
  const { InstanceId } = await launch({
    BlockDeviceMappings: [{ DeviceName: '/dev/sdf', Ebs: { VolumeSize: 1 } }],
  });
  const beside = await at('/dev/sdf', InstanceId);
  expect(beside.Attachments).toMatchObject([{ DeleteOnTermination: true }]);
  await ec2.send(
    new ModifyInstanceAttributeCommand({
      InstanceId,
      BlockDeviceMappings: [{ DeviceName: '/dev/sdf', Ebs: { DeleteOnTermination: false } }],
    }),
  );
  await terminate(InstanceId);
  expect(await volume(beside.VolumeId!)).toMatchObject({ State: 'available' });
});

test('a stopped instance lends its root volume to another and gets it back', async () => {
  const broken = await launch();
  const rescue = await launch();
  const detach = new DetachVolumeCommand({ VolumeId: broken.VolumeId });
  await expect(ec2.send(detach)).rejects.toMatchObject({
    name: 'OperationNotPermitted',
    message: `Unable to detach root volume '${broken.VolumeId}' from instance '${broken.InstanceId}'`,
  });
  await stop(broken.InstanceId);
  expect(await ec2.send(detach)).toMatchObject({ State: 'detaching', Device: ROOT });
  await settled();
  expect(await volume(broken.VolumeId)).toMatchObject({ State: 'available', Attachments: [] });
  expect(await volumesOf(broken.InstanceId)).toEqual([]);

  const start = new StartInstancesCommand({ InstanceIds: [broken.InstanceId] });
  await expect(ec2.send(start)).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    message: `Invalid value '${broken.InstanceId}' for instanceId. Instance does not have a volume attached at root (${ROOT})`,
  });

  const lent = { VolumeId: broken.VolumeId, InstanceId: rescue.InstanceId, Device: '/dev/sdf' };
  await ec2.send(new AttachVolumeCommand(lent));
  await settled();
  await ec2.send(new DetachVolumeCommand({ VolumeId: broken.VolumeId }));
  await settled();
  const back = { VolumeId: broken.VolumeId, InstanceId: broken.InstanceId, Device: ROOT };
  expect(await ec2.send(new AttachVolumeCommand(back))).toMatchObject({
    ...{ State: 'attaching', Device: ROOT, DeleteOnTermination: false },
  });
  await settled();
  expect(await volume(broken.VolumeId)).toMatchObject({
    State: 'in-use',
    Attachments: [{ InstanceId: broken.InstanceId, Device: ROOT, State: 'attached' }],
  });
  await ec2.send(start);
  await waitUntilInstanceRunning(waiting(), { InstanceIds: [broken.InstanceId] });
  await terminate(broken.InstanceId);
  expect(await volume(broken.VolumeId)).toMatchObject({ State: 'available' });
});

test('there is one root volume at most, and volumes beside it wait for it', async () => {
  const { InstanceId, VolumeId } = await launch();
  const { VolumeId: fresh } = await ec2.send(
    new CreateVolumeCommand({ AvailabilityZone, Size: 8 }),
  );
  await settled();
  await stop(InstanceId);
  const asRoot = new AttachVolumeCommand({ VolumeId: fresh, InstanceId, Device: ROOT });
  await expect(ec2.send(asRoot)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  await ec2.send(new DetachVolumeCommand({ VolumeId }));
  await settled();
  await ec2.send(new AttachVolumeCommand({ VolumeId: fresh, InstanceId, Device: '/dev/sdg' }));
  await settled();
  expect(await volumesOf(InstanceId)).toMatchObject([{ VolumeId: fresh }]);
  await ec2.send(new AttachVolumeCommand({ VolumeId, InstanceId, Device: ROOT }));
  await settled();
  await ec2.send(new StartInstancesCommand({ InstanceIds: [InstanceId] }));
  await waitUntilInstanceRunning(waiting(), { InstanceIds: [InstanceId] });
  expect(await at(ROOT, InstanceId)).toMatchObject({ VolumeId });
  expect(await at('/dev/sdg', InstanceId)).toMatchObject({ VolumeId: fresh });
});

test('an instance that ends without its root volume leaves that alone', async () => {
  const { InstanceId, VolumeId } = await launch();
  await stop(InstanceId);
  await ec2.send(new DetachVolumeCommand({ VolumeId }));
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId] }));
  await waitUntilInstanceTerminated(waiting(), { InstanceIds: [InstanceId] });
  await settled();
  expect(await volume(VolumeId)).toMatchObject({ State: 'available', Attachments: [] });
});

test('a running instance goes on with a fresh root volume, and the replaced one stays', async () => {
  const { InstanceId, VolumeId } = await launch(keeping);
  await ec2.send(new ModifyVolumeCommand({ VolumeId, Size: 12 }));
  await settled();
  const task = await replace(InstanceId, {
    TagSpecifications: [
      { ResourceType: 'replace-root-volume-task', Tags: [{ Key: 'why', Value: 'broken' }] },
    ],
  });
  expect(task).toMatchObject({
    ...{ InstanceId, TaskState: 'pending', StartTime: '2026-11-23T12:00:00Z' },
    ...{ DeleteReplacedRootVolume: false, Tags: [{ Key: 'why', Value: 'broken' }] },
  });
  await settled();
  expect(await replacements(InstanceId)).toMatchObject([
    { ...task, TaskState: 'succeeded', CompleteTime: '2026-11-23T12:00:00Z' },
  ]);
  expect(await volume(VolumeId)).toMatchObject({ State: 'available', Attachments: [] });
  const root = await at(ROOT, InstanceId);
  expect(root.VolumeId).not.toBe(VolumeId);
  expect(root).toMatchObject({
    ...{ Size: 12, State: 'in-use' },
    Attachments: [{ State: 'attached', DeleteOnTermination: false }],
  });
  const tagged = new DescribeTagsCommand({ Filters: [{ Name: 'key', Values: ['why'] }] });
  expect((await ec2.send(tagged)).Tags).toMatchObject([
    { ResourceId: task.ReplaceRootVolumeTaskId, ResourceType: 'replace-root-volume-task' },
  ]);
});

test('a root volume is replaced by a snapshot of an earlier one, or by an image', async () => {
  const { InstanceId, VolumeId } = await launch();
  const { SnapshotId } = await ec2.send(new CreateSnapshotCommand({ VolumeId }));
  const { ImageId } = await ec2.send(new CreateImageCommand({ InstanceId, Name: 'soup' }));
  await settled();
  await replace(InstanceId, { DeleteReplacedRootVolume: true });
  await settled();
  await expect(volume(VolumeId)).rejects.toMatchObject({ name: 'InvalidVolume.NotFound' });
  await replace(InstanceId, { SnapshotId });
  await settled();
  expect(await at(ROOT, InstanceId)).toMatchObject({ SnapshotId });
  await replace(InstanceId, { ImageId });
  await settled();
  const tasks = await replacements(InstanceId);
  expect(tasks.map(({ TaskState }) => TaskState)).toEqual(['succeeded', 'succeeded', 'succeeded']);
  expect(tasks.filter((task) => task.ImageId === ImageId)).toHaveLength(1);
  await stop(InstanceId);
  await ec2.send(new StartInstancesCommand({ InstanceIds: [InstanceId] }));
  await waitUntilInstanceRunning(waiting(), { InstanceIds: [InstanceId] });
});

test('what cannot be replaced, and by what, is said', async () => {
  const { InstanceId } = await launch();
  const other = await launch();
  const { SnapshotId } = await ec2.send(new CreateSnapshotCommand({ VolumeId: other.VolumeId }));
  await settled();
  await expect(replace(InstanceId, { SnapshotId })).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  });
  await expect(replace(InstanceId, { ImageId: 'ami-00000000000000000' })).rejects.toMatchObject({
    name: 'InvalidAMIID.NotFound',
  });
  await stop(InstanceId);
  await expect(replace(InstanceId)).rejects.toMatchObject({ name: 'IncorrectInstanceState' });
  expect(await replacements(InstanceId)).toEqual([]);
});

test('a repeated request finds the task that it made', async () => {
  const { InstanceId } = await launch();
  const asked = { ClientToken: 'once' };
  const first = await replace(InstanceId, asked);
  await settled();
  const second = await replace(InstanceId, asked);
  await settled();
  expect(second.ReplaceRootVolumeTaskId).toBe(first.ReplaceRootVolumeTaskId);
  expect(await replacements(InstanceId)).toHaveLength(1);
  await expect(
    replace(InstanceId, { ...asked, DeleteReplacedRootVolume: true }),
  ).rejects.toMatchObject({ name: 'IdempotentParameterMismatch' });
});
