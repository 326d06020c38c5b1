import {
  CreateFleetCommand,
  CreateLaunchTemplateCommand,
  DeleteFleetsCommand,
  DescribeFleetInstancesCommand,
  DescribeFleetsCommand,
  DescribeInstancesCommand,
  EC2Client,
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

it.each([
  [{ Type: 'maintain' as const }, 'UnsupportedOperation'],
  [{ TargetCapacitySpecification: { TotalTargetCapacity: 1 } }, 'UnsupportedOperation'],
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
