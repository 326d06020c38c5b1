import {
  AllocateHostsCommand,
  CreatePlacementGroupCommand,
  DescribeHostsCommand,
  DescribeInstancesCommand,
  EC2Client,
  ModifyHostsCommand,
  ModifyInstancePlacementCommand,
  ReleaseHostsCommand,
  RunInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
  type _InstanceType,
  type AllocateHostsCommandInput,
  type ModifyInstancePlacementCommandInput,
  type Placement,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

const ImageId = 'resolve:ssm:/aws/service/alacarte/tiny';

let cloud: TestCloud;
let ec2: EC2Client;

beforeAll(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
});
afterAll(() => cloud[Symbol.asyncDispose]());

async function allocate(change: AllocateHostsCommandInput) {
  const where = { AvailabilityZone: 'us-east-1a' };
  return (await ec2.send(new AllocateHostsCommand({ ...where, ...change }))).HostIds!;
}

async function host(id: string | undefined) {
  const answer = await ec2.send(new DescribeHostsCommand({ HostIds: [id!] }));
  return answer.Hosts![0]!;
}

async function run(InstanceType: _InstanceType, Placement: Placement, count = 1) {
  const { Instances } = await ec2.send(
    new RunInstancesCommand({ ImageId, InstanceType, Placement, MinCount: count, MaxCount: count }),
  );
  return Instances!;
}

async function instance(id: string | undefined) {
  const answer = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id!] }));
  return answer.Reservations![0]!.Instances![0]!;
}

const stateOf = async (id: string | undefined) => (await instance(id)).State!.Name;
const place = (change: ModifyInstancePlacementCommandInput) =>
  ec2.send(new ModifyInstancePlacementCommand(change));
const start = (id: string | undefined) =>
  ec2.send(new StartInstancesCommand({ InstanceIds: [id!] }));
const release = (...HostIds: string[]) => ec2.send(new ReleaseHostsCommand({ HostIds }));

async function stop(id: string | undefined) {
  await expect.poll(() => stateOf(id)).toBe('running');
  await ec2.send(new StopInstancesCommand({ InstanceIds: [id!] }));
  await expect.poll(() => stateOf(id)).toBe('stopped');
}

async function terminate(ids: readonly (string | undefined)[]) {
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: ids.map((id) => id!) }));
  for (const id of ids) await expect.poll(() => stateOf(id)).toBe('terminated');
}

it('carries instances of one type until it is full, and is released empty', async () => {
  const Tags = [{ Key: 'table', Value: 'private' }];
  const [id] = await allocate({
    ...{ InstanceType: 'm5.12xlarge', AutoPlacement: 'off' },
    TagSpecifications: [{ ResourceType: 'dedicated-host', Tags }],
  });
  expect(await host(id)).toMatchObject({
    ...{ State: 'available', AutoPlacement: 'off', HostRecovery: 'off', Tags, Instances: [] },
    HostProperties: { InstanceType: 'm5.12xlarge', Cores: 48, Sockets: 2, TotalVCpus: 96 },
    AvailableCapacity: {
      AvailableInstanceCapacity: [
        { InstanceType: 'm5.12xlarge', AvailableCapacity: 2, TotalCapacity: 2 },
      ],
      AvailableVCpus: 96,
    },
  });
  await expect(run('m5.12xlarge', { Tenancy: 'host' })).rejects.toMatchObject({
    name: 'InsufficientHostCapacity',
  });
  const instances = await run('m5.12xlarge', { HostId: id }, 2);
  expect(instances[0]!.Placement).toMatchObject({
    ...{ Tenancy: 'host', HostId: id, Affinity: 'default' },
  });
  expect((await host(id)).Instances).toHaveLength(2);
  expect((await host(id)).AvailableCapacity!.AvailableVCpus).toBe(0);
  await expect(run('m5.12xlarge', { HostId: id })).rejects.toMatchObject({
    name: 'InsufficientCapacityOnHost',
  });
  await expect(run('m5.large', { HostId: id })).rejects.toMatchObject({
    name: 'InvalidHostConfiguration',
  });
  expect(await release(id!)).toMatchObject({
    ...{ Successful: [] },
    Unsuccessful: [{ ResourceId: id, Error: { Code: 'Client.InvalidHost.Occupied' } }],
  });
  await terminate(instances.map(({ InstanceId }) => InstanceId));
  expect(await release(id!)).toMatchObject({ Successful: [id], Unsuccessful: [] });
  expect((await host(id)).State).toBe('released');
  await expect(run('m5.12xlarge', { HostId: id })).rejects.toMatchObject({
    name: 'InvalidHostState',
  });
});

it('of a family carries all its types, wherever there is room', async () => {
  const hosts = await allocate({ InstanceFamily: 'm6i', Quantity: 2 });
  const [large] = await run('m6i.24xlarge', { Tenancy: 'host' });
  const first = large!.Placement!.HostId!;
  expect(hosts).toContain(first);
  // 96 of 128 vCPUs are taken: the next has room on the other host only.
  const [second] = await run('m6i.24xlarge', { Tenancy: 'host' });
  expect(hosts).toContain(second!.Placement!.HostId);
  expect(second!.Placement!.HostId).not.toBe(first);
  const { Hosts } = await ec2.send(
    new DescribeHostsCommand({ Filter: [{ Name: 'auto-placement', Values: ['on'] }] }),
  );
  expect(Hosts!.map((each) => each.AvailableCapacity!.AvailableVCpus)).toEqual([32, 32]);
  const came = await Promise.allSettled(
    Array.from({ length: 4 }, () => run('m6i.8xlarge', { Tenancy: 'host' })),
  );
  expect(came.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
});

it('gets instances back that are bound to it, and others where there is room', async () => {
  const [mine] = await allocate({ InstanceType: 'c5.18xlarge' });
  const [bound] = await run('c5.18xlarge', { HostId: mine, Affinity: 'host' });
  await stop(bound!.InstanceId);
  const [other] = await run('c5.18xlarge', { HostId: mine });
  await expect(start(bound!.InstanceId)).rejects.toMatchObject({
    name: 'InsufficientCapacityOnHost',
  });
  const [spare] = await allocate({ InstanceType: 'c5.18xlarge' });
  await place({ InstanceId: bound!.InstanceId, Affinity: 'default' });
  await start(bound!.InstanceId);
  expect((await instance(bound!.InstanceId)).Placement).toMatchObject({
    ...{ HostId: spare, Affinity: 'default' },
  });
  await stop(other!.InstanceId);
  await place({ InstanceId: other!.InstanceId, HostId: spare, Affinity: 'host' });
  await expect(start(other!.InstanceId)).rejects.toMatchObject({
    name: 'InsufficientCapacityOnHost',
  });
});

it('places stopped instances into groups, and only those', async () => {
  for (const GroupName of ['rows', 'pairs']) {
    await ec2.send(
      new CreatePlacementGroupCommand({ GroupName, Strategy: 'partition', PartitionCount: 2 }),
    );
  }
  const [{ InstanceId } = {}] = await run('m5.large', { GroupName: 'rows' });
  const change = { InstanceId, GroupName: 'pairs', PartitionNumber: 2 };
  await expect(place(change)).rejects.toMatchObject({ name: 'IncorrectInstanceState' });
  await stop(InstanceId);
  await place(change);
  expect((await instance(InstanceId)).Placement).toMatchObject({
    ...{ GroupName: 'pairs', PartitionNumber: 2, Tenancy: 'default' },
  });
  await place({ InstanceId, GroupName: '' });
  expect((await instance(InstanceId)).Placement!.GroupName).toBe('');
  await expect(place({ InstanceId })).rejects.toMatchObject({ name: 'MissingParameter' });
  await expect(place({ InstanceId, Tenancy: 'host' })).rejects.toMatchObject({
    name: 'UnsupportedOperation',
  });
  await expect(place({ InstanceId, Affinity: 'host' })).rejects.toMatchObject({
    name: 'InvalidParameterCombination',
  });
});

it('changes while it is empty', async () => {
  const [id] = await allocate({ InstanceType: 'r5.large' });
  const modify = (change: object, ...HostIds: string[]) =>
    ec2.send(new ModifyHostsCommand({ HostIds, ...change }));
  const unknown = 'h-0123456789abcdef0';
  expect(await modify({ AutoPlacement: 'off', HostRecovery: 'on' }, id!, unknown)).toMatchObject({
    ...{ Successful: [id] },
    Unsuccessful: [{ ResourceId: unknown, Error: { Code: 'Client.InvalidHostID.NotFound' } }],
  });
  await modify({ InstanceFamily: 'r5' }, id!);
  expect(await host(id)).toMatchObject({
    ...{ AutoPlacement: 'off', HostRecovery: 'on', AllowsMultipleInstanceTypes: 'on' },
    HostProperties: { InstanceFamily: 'r5' },
  });
  const [{ InstanceId } = {}] = await run('r5.large', { HostId: id });
  const refused = await modify({ InstanceType: 'r5.xlarge' }, id!);
  expect(refused.Unsuccessful).toMatchObject([
    { Error: { Code: 'Client.InvalidHostConfiguration' } },
  ]);
  await terminate([InstanceId]);
  expect((await modify({ InstanceType: 'r5.xlarge' }, id!)).Successful).toEqual([id]);
});

it.each<[AllocateHostsCommandInput, string]>([
  [{}, 'MissingParameter'],
  [{ InstanceType: 'm5.large', InstanceFamily: 'm5' }, 'InvalidParameterCombination'],
  [{ InstanceType: 't2.micro' }, 'InvalidParameterValue'],
  [{ InstanceFamily: 'm0' }, 'InvalidParameterValue'],
  [{ InstanceFamily: 'm5', AvailabilityZone: undefined }, 'MissingParameter'],
  [{ InstanceFamily: 'm5', Quantity: 0 }, 'InvalidParameterValue'],
  [{ InstanceFamily: 'm5', AssetIds: ['x'] }, 'UnsupportedOperation'],
])('is refused with %o', async (change, name) => {
  await expect(allocate(change)).rejects.toMatchObject({ name });
});

it('is one however often it is repeated with its token', async () => {
  const once = { InstanceFamily: 'c6i', ClientToken: 'host-once' };
  expect(await allocate(once)).toEqual(await allocate(once));
  await expect(allocate({ ...once, Quantity: 2 })).rejects.toMatchObject({
    name: 'IdempotentParameterMismatch',
  });
});
