import {
  CreateFleetCommand,
  CreateLaunchTemplateCommand,
  DeleteFleetsCommand,
  DescribeFleetHistoryCommand,
  DescribeFleetInstancesCommand,
  DescribeFleetsCommand,
  DescribeInstancesCommand,
  EC2Client,
  ModifyFleetCommand,
  TerminateInstancesCommand,
  type CreateFleetCommandInput,
  type FleetLaunchTemplateOverridesRequest,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

let cloud: TestCloud;
let ec2: EC2Client;
let LaunchTemplateId: string;

beforeAll(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
  const ImageId = 'resolve:ssm:/aws/service/alacarte/tiny';
  const { LaunchTemplate } = await ec2.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: 'menu',
      LaunchTemplateData: { ImageId, InstanceType: 't3.micro' },
    }),
  );
  LaunchTemplateId = LaunchTemplate!.LaunchTemplateId!;
});
afterAll(() => cloud[Symbol.asyncDispose]());

function create(
  Overrides: FleetLaunchTemplateOverridesRequest[],
  change: Partial<CreateFleetCommandInput> = {},
) {
  const LaunchTemplateSpecification = { LaunchTemplateId, Version: '$Latest' };
  return ec2.send(
    new CreateFleetCommand({
      Type: 'instant',
      LaunchTemplateConfigs: [{ LaunchTemplateSpecification, Overrides }],
      TargetCapacitySpecification: {
        ...{ TotalTargetCapacity: 3, DefaultTargetCapacityType: 'on-demand' },
      },
      ...change,
    }),
  );
}

async function fleet(id: string | undefined) {
  return (await ec2.send(new DescribeFleetsCommand({ FleetIds: [id!] }))).Fleets![0]!;
}

async function active(FleetId: string | undefined) {
  return (await ec2.send(new DescribeFleetInstancesCommand({ FleetId }))).ActiveInstances!;
}

async function events(FleetId: string | undefined, StartTime = new Date(0)) {
  const answer = await ec2.send(new DescribeFleetHistoryCommand({ FleetId, StartTime }));
  return answer.HistoryRecords!.map((each) => each.EventInformation!.EventSubType);
}

it('launches at once by the override that comes first and can be launched', async () => {
  const Tags = [{ Key: 'Name', Value: 'crew' }];
  const request = {
    ClientToken: 'crew',
    OnDemandOptions: { AllocationStrategy: 'prioritized' as const },
    TagSpecifications: [{ ResourceType: 'fleet' as const, Tags }],
  };
  const overrides = [
    { InstanceType: 't3.nano' as const, Priority: 3 },
    { InstanceType: 't3.small' as const, Priority: 2, WeightedCapacity: 2 },
    { InstanceType: 't4g.micro' as const, Priority: 1 },
  ];
  const { FleetId, Instances, Errors } = await create(overrides, request);
  expect(Errors).toMatchObject([{ ErrorCode: 'InvalidParameterValue', Lifecycle: 'on-demand' }]);
  expect(Instances).toMatchObject([
    {
      ...{ InstanceType: 't3.small', Lifecycle: 'on-demand' },
      InstanceIds: [expect.stringMatching(/^i-/), expect.stringMatching(/^i-/)],
      LaunchTemplateAndOverrides: {
        LaunchTemplateSpecification: { LaunchTemplateId, Version: '1' },
      },
    },
  ]);
  expect(await create(overrides, request)).toMatchObject({ FleetId, Instances });
  const launched = await ec2.send(
    new DescribeInstancesCommand({
      Filters: [{ Name: 'tag:aws:ec2:fleet-id', Values: [FleetId!] }],
    }),
  );
  expect(launched.Reservations!.flatMap((each) => each.Instances!)).toHaveLength(2);

  const { Fleets } = await ec2.send(new DescribeFleetsCommand({ FleetIds: [FleetId!] }));
  expect(Fleets).toMatchObject([
    { FleetId, FleetState: 'active', Type: 'instant', FulfilledCapacity: 4, Tags },
  ]);
  expect((await ec2.send(new DescribeFleetsCommand({}))).Fleets).toEqual([]);
  await expect(ec2.send(new DescribeFleetInstancesCommand({ FleetId }))).rejects.toMatchObject({
    name: 'UnsupportedOperation',
  });
});

it('is deleted with its instances', async () => {
  const { FleetId, Instances } = await create([{ InstanceType: 't3.nano' }]);
  const nobody = 'fleet-00000000-0000-4000-8000-000000000000';
  const answer = await ec2.send(
    new DeleteFleetsCommand({ FleetIds: [FleetId!, nobody], TerminateInstances: true }),
  );
  expect(answer.SuccessfulFleetDeletions).toMatchObject([
    { FleetId, PreviousFleetState: 'active', CurrentFleetState: 'deleted_terminating' },
  ]);
  expect(answer.UnsuccessfulFleetDeletions).toMatchObject([
    { FleetId: nobody, Error: { Code: 'fleetIdDoesNotExist' } },
  ]);
  const { Reservations } = await ec2.send(
    new DescribeInstancesCommand({ InstanceIds: Instances![0]!.InstanceIds }),
  );
  const states = Reservations!.flatMap((each) => each.Instances!.map(({ State }) => State!.Name));
  expect(states).toHaveLength(3);
  expect(states.filter((state) => state !== 'shutting-down' && state !== 'terminated')).toEqual([]);
});

it('takes Spot capacity by what is cheapest for its weight', async () => {
  const overrides = [
    { InstanceType: 'm5.large' as const },
    { InstanceType: 'm5.xlarge' as const, WeightedCapacity: 3 },
  ];
  const target = { TotalTargetCapacity: 4, OnDemandTargetCapacity: 1 };
  const { FleetId, Instances } = await create(overrides, { TargetCapacitySpecification: target });
  expect(Instances).toMatchObject([
    { Lifecycle: 'on-demand', InstanceType: 'm5.xlarge' },
    { Lifecycle: 'spot', InstanceType: 'm5.xlarge', InstanceIds: [expect.any(String)] },
  ]);
  expect(await fleet(FleetId)).toMatchObject({
    ...{ FulfilledCapacity: 6, FulfilledOnDemandCapacity: 3 },
    TargetCapacitySpecification: { OnDemandTargetCapacity: 1, SpotTargetCapacity: 3 },
  });
  const SpotOptions = { AllocationStrategy: 'diversified' as const };
  const apart = await create([{ InstanceType: 't3.nano' }, { InstanceType: 't3.micro' }], {
    ...{ SpotOptions, TargetCapacitySpecification: { TotalTargetCapacity: 4 } },
  });
  expect(apart.Instances!.map(({ InstanceIds }) => InstanceIds!.length)).toEqual([2, 2]);
  const three = ['t3.micro', 't3.small', 't3.nano'].map((InstanceType) => ({
    InstanceType: InstanceType as 't3.micro',
  }));
  const cheap = await create(three, {
    SpotOptions: { AllocationStrategy: 'lowest-price', InstancePoolsToUseCount: 2 },
    TargetCapacitySpecification: { TotalTargetCapacity: 4 },
  });
  expect(cheap.Instances).toMatchObject([
    { InstanceType: 't3.nano', InstanceIds: [expect.any(String), expect.any(String)] },
    { InstanceType: 't3.micro', InstanceIds: [expect.any(String), expect.any(String)] },
  ]);
});

it('keeps as many instances as it shall have, and tells what it did', async () => {
  const StartTime = new Date(cloud.inside.clock.now());
  const { FleetId, Instances } = await create([{ InstanceType: 't3.nano' }], {
    ...{ Type: 'maintain', TargetCapacitySpecification: { TotalTargetCapacity: 3 } },
  });
  expect(Instances).toBeUndefined();
  await expect.poll(() => active(FleetId)).toHaveLength(3);
  await expect
    .poll(() => fleet(FleetId))
    .toMatchObject({
      ...{ FleetState: 'active', ActivityStatus: 'fulfilled', FulfilledCapacity: 3 },
    });
  const [first] = await active(FleetId);
  expect(first!.SpotInstanceRequestId).toMatch(/^sir-/);
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [first!.InstanceId!] }));
  await expect.poll(async () => (await events(FleetId, StartTime)).length).toBe(7);
  expect(await events(FleetId, StartTime)).toEqual([
    ...['submitted', 'launched', 'launched', 'launched', 'active', 'terminated', 'launched'],
  ]);
  expect(await active(FleetId)).toHaveLength(3);

  const modify = (change: object) => ec2.send(new ModifyFleetCommand({ FleetId, ...change }));
  await modify({ TargetCapacitySpecification: { TotalTargetCapacity: 1 } });
  await expect.poll(() => active(FleetId)).toHaveLength(1);
  await expect.poll(async () => (await fleet(FleetId)).FleetState).toBe('active');
  const gone = await ec2.send(
    new DeleteFleetsCommand({ FleetIds: [FleetId!], TerminateInstances: true }),
  );
  expect(gone.SuccessfulFleetDeletions).toHaveLength(1);
  await expect.poll(async () => (await fleet(FleetId)).FleetState).toBe('deleted');
  expect(await active(FleetId)).toEqual([]);
  await expect(modify({})).rejects.toMatchObject({ name: 'UnsupportedOperation' });
});

it('of the type request launches once, and leaves its instances behind', async () => {
  const { FleetId } = await create([{ InstanceType: 't3.nano' }], { Type: 'request' });
  await expect.poll(() => active(FleetId)).toHaveLength(3);
  await expect.poll(async () => (await fleet(FleetId)).FleetState).toBe('active');
  const [first] = await active(FleetId);
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [first!.InstanceId!] }));
  await expect.poll(async () => (await events(FleetId)).at(-1)).toBe('terminated');
  expect(await active(FleetId)).toHaveLength(2);
  await expect(ec2.send(new ModifyFleetCommand({ FleetId }))).rejects.toMatchObject({
    name: 'UnsupportedOperation',
  });
  const once = new DeleteFleetsCommand({ FleetIds: [FleetId!], TerminateInstances: false });
  expect((await ec2.send(once)).SuccessfulFleetDeletions).toMatchObject([
    { CurrentFleetState: 'deleted_running' },
  ]);
  expect((await ec2.send(once)).UnsuccessfulFleetDeletions).toMatchObject([
    { Error: { Code: 'fleetNotInDeletableState' } },
  ]);
  expect(await active(FleetId)).toHaveLength(2);
});

it('says why it has nothing, and tries again later', async () => {
  const { FleetId } = await create([{ InstanceType: 't4g.micro' }], { Type: 'maintain' });
  await expect.poll(async () => (await fleet(FleetId)).ActivityStatus).toBe('error');
  expect(await events(FleetId)).toContain('launchSpecTemporarilyBlacklisted');
  const Overrides = [{ InstanceType: 't3.nano' as const }];
  const LaunchTemplateSpecification = { LaunchTemplateId, Version: '1' };
  await ec2.send(
    new ModifyFleetCommand({
      ...{ FleetId, LaunchTemplateConfigs: [{ LaunchTemplateSpecification, Overrides }] },
    }),
  );
  await expect.poll(() => active(FleetId)).toHaveLength(3);
});

it.each([
  [{ Type: 'forever' as 'maintain' }, 'InvalidParameterValue'],
  [{ SpotOptions: { MaxTotalPrice: '1.0' } }, 'UnsupportedOperation'],
  [
    { SpotOptions: { AllocationStrategy: 'diversified' as const, InstancePoolsToUseCount: 2 } },
    'InvalidFleetConfig',
  ],
  [{ TargetCapacitySpecification: { TotalTargetCapacity: 0 } }, 'InvalidParameterValue'],
  [
    { TargetCapacitySpecification: { TotalTargetCapacity: 1, OnDemandTargetCapacity: 2 } },
    'InvalidParameterCombination',
  ],
  [
    {
      LaunchTemplateConfigs: [
        { LaunchTemplateSpecification: { LaunchTemplateName: 'nobody', Version: '1' } },
      ],
    },
    'InvalidLaunchTemplateName.NotFoundException',
  ],
])('is refused with %o', async (change, name) => {
  await expect(create([{}], change)).rejects.toMatchObject({ name });
});
