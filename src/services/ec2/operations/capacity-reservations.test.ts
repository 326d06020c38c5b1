import {
  CancelCapacityReservationCommand,
  CreateCapacityReservationCommand,
  DescribeCapacityReservationsCommand,
  DescribeInstancesCommand,
  EC2Client,
  GetCapacityReservationUsageCommand,
  ModifyCapacityReservationCommand,
  ModifyInstanceCapacityReservationAttributesCommand,
  RunInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
  type _InstanceType,
  type CapacityReservationSpecification,
  type CreateCapacityReservationCommandInput,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

const ImageId = 'resolve:ssm:/aws/service/alacarte/tiny';
const HOUR_MS = 3_600_000;

let cloud: TestCloud;
let ec2: EC2Client;

beforeAll(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
});
afterAll(() => cloud[Symbol.asyncDispose]());

// Each test has an instance type of its own, so that none runs in another's reservations.
async function reserve(
  InstanceType: string,
  change: Partial<CreateCapacityReservationCommandInput> = {},
) {
  const { CapacityReservation } = await ec2.send(
    new CreateCapacityReservationCommand({
      ...{ InstanceType, InstancePlatform: 'Linux/UNIX', InstanceCount: 2 },
      ...{ AvailabilityZone: 'us-east-1a', ...change },
    }),
  );
  return CapacityReservation!;
}

async function run(
  InstanceType: _InstanceType,
  CapacityReservationSpecification?: CapacityReservationSpecification,
  count = 1,
) {
  // Who came first is told by the clock.
  cloud.inside.clock.advance(1);
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ...{ ImageId, InstanceType, MinCount: count, MaxCount: count },
      CapacityReservationSpecification,
    }),
  );
  return Instances![0]!;
}

async function reservation(id: string | undefined) {
  const { CapacityReservations } = await ec2.send(
    new DescribeCapacityReservationsCommand({ CapacityReservationIds: [id!] }),
  );
  return CapacityReservations![0]!;
}

async function instance(id: string | undefined) {
  const answer = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id!] }));
  return answer.Reservations![0]!.Instances![0]!;
}

const available = async (id: string | undefined) => (await reservation(id)).AvailableInstanceCount;
const stateOf = async (id: string | undefined) => (await instance(id)).State!.Name;

async function stop(id: string | undefined) {
  await expect.poll(() => stateOf(id)).toBe('running');
  await ec2.send(new StopInstancesCommand({ InstanceIds: [id!] }));
  await expect.poll(() => stateOf(id)).toBe('stopped');
}

it('takes in what fits it, until it is full, and gives room back', async () => {
  const before = await run('m5.large');
  const Tags = [{ Key: 'table', Value: 'window' }];
  const { CapacityReservationId: id } = await reserve('m5.large', {
    TagSpecifications: [{ ResourceType: 'capacity-reservation', Tags }],
  });
  expect(await reservation(id)).toMatchObject({
    ...{ State: 'active', TotalInstanceCount: 2, AvailableInstanceCount: 1, Tags },
    ...{ EndDateType: 'unlimited', InstanceMatchCriteria: 'open', Tenancy: 'default' },
    CapacityReservationArn: `arn:aws:ec2:us-east-1:000000000000:capacity-reservation/${id}`,
  });
  expect(await instance(before.InstanceId)).toMatchObject({ CapacityReservationId: id });
  expect(await run('m5.large')).toMatchObject({ CapacityReservationId: id });
  expect(await available(id)).toBe(0);
  expect(await run('m5.large')).not.toHaveProperty('CapacityReservationId');
  expect(await run('m5.xlarge')).not.toHaveProperty('CapacityReservationId');

  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [before.InstanceId!] }));
  await expect.poll(() => stateOf(before.InstanceId)).toBe('terminated');
  // The one that ran outside has moved in.
  expect(await available(id)).toBe(0);
  const usage = new GetCapacityReservationUsageCommand({ CapacityReservationId: id });
  expect(await ec2.send(usage)).toMatchObject({
    ...{ TotalInstanceCount: 2, AvailableInstanceCount: 0, State: 'active' },
    InstanceUsages: [{ AccountId: '000000000000', UsedInstanceCount: 2 }],
  });
});

it('refuses those that name it when it has no room for them', async () => {
  const match = { InstanceMatchCriteria: 'targeted' } as const;
  const { CapacityReservationId } = await reserve('c5.large', match);
  const CapacityReservationTarget = { CapacityReservationId };
  expect(await run('c5.large')).not.toHaveProperty('CapacityReservationId');
  const exceeded = { name: 'ReservationCapacityExceeded' };
  const target = { CapacityReservationTarget };
  await expect(run('c5.xlarge', target)).rejects.toMatchObject(exceeded);
  await expect(run('c5.large', target, 3)).rejects.toMatchObject(exceeded);
  const first = await run('c5.large', target, 2);
  expect(first).toMatchObject({
    ...{ CapacityReservationId, CapacityReservationSpecification: target },
  });
  await expect(run('c5.large', target)).rejects.toMatchObject(exceeded);

  await stop(first.InstanceId);
  expect(await available(CapacityReservationId)).toBe(1);
  const { InstanceId } = await run('c5.large', target);
  const start = new StartInstancesCommand({ InstanceIds: [first.InstanceId!] });
  await expect(ec2.send(start)).rejects.toMatchObject(exceeded);
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId!] }));
  await expect.poll(() => available(CapacityReservationId)).toBe(1);
  await ec2.send(start);
  expect(await available(CapacityReservationId)).toBe(0);
});

it('has as many instances as it has room for, whoever comes at once', async () => {
  const { CapacityReservationId } = await reserve('r5.large');
  const target = { CapacityReservationTarget: { CapacityReservationId } };
  const came = await Promise.allSettled(Array.from({ length: 5 }, () => run('r5.large', target)));
  expect(came.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
});

it('is left alone by instances that want none, and alone lets in those that want nothing else', async () => {
  const only = { CapacityReservationPreference: 'capacity-reservations-only' } as const;
  await expect(run('m6i.large', only)).rejects.toMatchObject({
    name: 'ReservationCapacityExceeded',
  });
  const { CapacityReservationId: id } = await reserve('m6i.large', { InstanceCount: 1 });
  const { InstanceId } = await run('m6i.large', { CapacityReservationPreference: 'none' });
  expect(await available(id)).toBe(1);
  const change = new ModifyInstanceCapacityReservationAttributesCommand({
    ...{ InstanceId, CapacityReservationSpecification: only },
  });
  await expect(ec2.send(change)).rejects.toMatchObject({ name: 'IncorrectInstanceState' });
  await stop(InstanceId);
  await ec2.send(change);
  await ec2.send(new StartInstancesCommand({ InstanceIds: [InstanceId!] }));
  expect(await instance(InstanceId)).toMatchObject({
    ...{ CapacityReservationId: id, CapacityReservationSpecification: only },
  });
});

it('changes its size and end, and ends by itself or when it is cancelled', async () => {
  const EndDate = new Date(cloud.inside.clock.now() + HOUR_MS);
  const { CapacityReservationId } = await reserve('m7i.large', { EndDate });
  const modify = (change: object) =>
    ec2.send(new ModifyCapacityReservationCommand({ CapacityReservationId, ...change }));
  await modify({ InstanceCount: 5 });
  expect(await reservation(CapacityReservationId)).toMatchObject({
    ...{ TotalInstanceCount: 5, EndDateType: 'limited', EndDate },
  });
  await modify({ EndDateType: 'unlimited' });
  expect(await reservation(CapacityReservationId)).not.toHaveProperty('EndDate');
  await modify({ EndDateType: 'limited', EndDate });
  await expect(modify({ EndDateType: 'limited' })).rejects.toMatchObject({
    name: 'InvalidParameterCombination',
  });
  const other = await reserve('m7i.large');
  const cancel = new CancelCapacityReservationCommand({
    CapacityReservationId: other.CapacityReservationId,
  });
  await ec2.send(cancel);
  await expect(ec2.send(cancel)).rejects.toMatchObject({ name: 'InvalidCapacityReservationState' });
  cloud.inside.clock.advance(HOUR_MS - 1);
  expect((await reservation(CapacityReservationId)).State).toBe('active');
  cloud.inside.clock.advance(1);
  expect((await reservation(CapacityReservationId)).State).toBe('expired');
  await expect(modify({ InstanceCount: 1 })).rejects.toMatchObject({
    name: 'InvalidCapacityReservationState',
  });
  await expect(reservation(other.CapacityReservationId)).rejects.toMatchObject({
    name: 'InvalidCapacityReservationId.NotFound',
  });
});

it.each<[Partial<CreateCapacityReservationCommandInput>, string]>([
  [{ InstanceCount: 0 }, 'InvalidParameterValue'],
  [{ InstanceType: 'm5.tiny' }, 'InvalidParameterValue'],
  [{ AvailabilityZone: 'mars-1a' }, 'InvalidParameterValue'],
  [{ AvailabilityZone: undefined }, 'MissingParameter'],
  [{ EndDateType: 'limited' }, 'InvalidParameterCombination'],
  [{ EndDate: new Date('2020-01-01') }, 'InvalidParameterValue'],
  [{ EndDateType: 'unlimited', EndDate: new Date('2030-01-01') }, 'InvalidParameterCombination'],
  [{ Tenancy: 'dedicated' }, 'UnsupportedOperation'],
  [{ StartDate: new Date('2030-01-01') }, 'UnsupportedOperation'],
])('is refused with %o', async (change, name) => {
  await expect(reserve('m5.large', change)).rejects.toMatchObject({ name });
});

it('is one however often it is repeated with its token', async () => {
  const ClientToken = 'reserve-once';
  const first = await reserve('r6i.large', { ClientToken });
  expect(await reserve('r6i.large', { ClientToken })).toEqual(first);
  await expect(reserve('r6i.xlarge', { ClientToken })).rejects.toMatchObject({
    name: 'IdempotentParameterMismatch',
  });
});
