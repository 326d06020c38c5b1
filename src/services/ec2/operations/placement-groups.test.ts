import {
  CreatePlacementGroupCommand,
  DeletePlacementGroupCommand,
  DescribeInstancesCommand,
  DescribePlacementGroupsCommand,
  EC2Client,
  RunInstancesCommand,
  TerminateInstancesCommand,
  type CreatePlacementGroupCommandInput,
  type RunInstancesCommandInput,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

const tiny = 'resolve:ssm:/aws/service/alacarte/tiny';

let cloud: TestCloud;
let ec2: EC2Client;

beforeAll(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
});
afterAll(() => cloud[Symbol.asyncDispose]());

async function create(change: CreatePlacementGroupCommandInput) {
  return (await ec2.send(new CreatePlacementGroupCommand(change))).PlacementGroup!;
}

async function run(Placement: RunInstancesCommandInput['Placement'], count = 1) {
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ...{ ImageId: tiny, InstanceType: 'm5.large', MinCount: count, MaxCount: count, Placement },
    }),
  );
  return Instances!;
}

const remove = (GroupName: string) => ec2.send(new DeletePlacementGroupCommand({ GroupName }));

it('holds instances, by which it is kept from deletion', async () => {
  const Tags = [{ Key: 'course', Value: 'main' }];
  const group = await create({
    ...{ GroupName: 'near', Strategy: 'cluster' },
    TagSpecifications: [{ ResourceType: 'placement-group', Tags }],
  });
  const [instance] = await run({ GroupName: 'near', AvailabilityZone: 'us-east-1b' });
  expect(instance!.Placement).toMatchObject({ GroupName: 'near', GroupId: group.GroupId });
  await expect(run({ GroupName: 'near', AvailabilityZone: 'us-east-1a' })).rejects.toMatchObject({
    name: 'InvalidPlacementGroup.InUse',
  });
  const { Reservations } = await ec2.send(
    new DescribeInstancesCommand({
      Filters: [{ Name: 'placement-group-name', Values: ['near'] }],
    }),
  );
  expect(Reservations).toHaveLength(1);

  await expect(remove('near')).rejects.toMatchObject({ name: 'InvalidPlacementGroup.InUse' });
  const InstanceIds = [instance!.InstanceId!];
  await ec2.send(new TerminateInstancesCommand({ InstanceIds }));
  await expect
    .poll(async () => {
      const answer = await ec2.send(new DescribeInstancesCommand({ InstanceIds }));
      return answer.Reservations![0]!.Instances![0]!.State!.Name;
    })
    .toBe('terminated');
  const found = await ec2.send(
    new DescribePlacementGroupsCommand({ Filters: [{ Name: 'tag:course', Values: ['main'] }] }),
  );
  expect(found.PlacementGroups).toMatchObject([{ GroupName: 'near', Tags, State: 'available' }]);
  await remove('near');
  await expect(remove('near')).rejects.toMatchObject({ name: 'InvalidPlacementGroup.Unknown' });
  await expect(run({ GroupName: 'near' })).rejects.toMatchObject({
    name: 'InvalidPlacementGroup.Unknown',
  });
});

it('spreads a launch over its partitions, or puts it into the one that is named', async () => {
  const { GroupId } = await create({
    ...{ GroupName: 'apart', Strategy: 'partition', PartitionCount: 3 },
  });
  const partitions = (await run({ GroupId }, 4)).map((each) => each.Placement!.PartitionNumber);
  expect(partitions).toEqual([1, 2, 3, 1]);
  const [second] = await run({ GroupName: 'apart', PartitionNumber: 2 });
  expect(second!.Placement!.PartitionNumber).toBe(2);
  await expect(run({ GroupName: 'apart', PartitionNumber: 4 })).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  });
});

it('takes no types that its strategy does not go with', async () => {
  await create({ GroupName: 'close' });
  const launch = new RunInstancesCommand({
    ...{ ImageId: tiny, InstanceType: 't3.micro', MinCount: 1, MaxCount: 1 },
    Placement: { GroupName: 'close' },
  });
  await expect(ec2.send(launch)).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
});

it.each([
  [{}, 'MissingParameter'],
  [{ GroupName: 'x', Strategy: 'heap' as 'spread' }, 'InvalidParameterValue'],
  [{ GroupName: 'x', Strategy: 'partition' as const, PartitionCount: 8 }, 'InvalidParameterValue'],
  [{ GroupName: 'x', PartitionCount: 2 }, 'InvalidParameterCombination'],
  [{ GroupName: 'x', SpreadLevel: 'rack' as const }, 'InvalidParameterCombination'],
])('is refused with %o', async (change, name) => {
  await expect(create(change)).rejects.toMatchObject({ name });
});

it('has a name that no other has', async () => {
  const twice = { GroupName: 'twice', Strategy: 'spread' as const };
  expect(await create(twice)).toMatchObject({ SpreadLevel: 'rack' });
  await expect(create(twice)).rejects.toMatchObject({ name: 'InvalidPlacementGroup.Duplicate' });
});
