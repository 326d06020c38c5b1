import {
  AllocateHostsCommand,
  AssociateInstanceEventWindowCommand,
  CreateInstanceEventWindowCommand,
  CreateTagsCommand,
  DeleteInstanceEventWindowCommand,
  DeregisterInstanceEventNotificationAttributesCommand,
  DescribeElasticGpusCommand,
  DescribeInstanceCreditSpecificationsCommand,
  DescribeInstanceEventNotificationAttributesCommand,
  DescribeInstanceEventWindowsCommand,
  DescribeInstanceTopologyCommand,
  DescribeInstancesCommand,
  DisassociateInstanceEventWindowCommand,
  EC2Client,
  GetDefaultCreditSpecificationCommand,
  GetInstanceTypesFromInstanceRequirementsCommand,
  ModifyDefaultCreditSpecificationCommand,
  ModifyInstanceAttributeCommand,
  ModifyInstanceCpuOptionsCommand,
  ModifyInstanceEventWindowCommand,
  ModifyInstanceNetworkPerformanceOptionsCommand,
  RegisterInstanceEventNotificationAttributesCommand,
  ReportInstanceStatusCommand,
  RunInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  waitUntilInstanceRunning,
  waitUntilInstanceStopped,
  type CreateInstanceEventWindowCommandInput,
  type InstanceRequirementsRequest,
  type RunInstancesCommandInput,
  type UnlimitedSupportedInstanceFamily,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

let cloud: TestCloud;
let ec2: EC2Client;

beforeEach(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
});
afterEach(() => cloud[Symbol.asyncDispose]());

async function launch(input: Partial<RunInstancesCommandInput> = {}): Promise<string> {
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ...{ ImageId: 'resolve:ssm:/aws/service/alacarte/tiny', MinCount: 1, MaxCount: 1 },
      ...input,
    }),
  );
  await cloud.inside.workflows.settled();
  return Instances![0]!.InstanceId!;
}

const waiting = () => ({ client: ec2, minDelay: 0.01, maxDelay: 0.1, maxWaitTime: 30 });

test('burstable instances are launched with the credits that their account says', async () => {
  const get = async (InstanceFamily: UnlimitedSupportedInstanceFamily) =>
    (await ec2.send(new GetDefaultCreditSpecificationCommand({ InstanceFamily })))
      .InstanceFamilyCreditSpecification;
  expect(await get('t2')).toEqual({ InstanceFamily: 't2', CpuCredits: 'standard' });
  expect(await get('t3')).toEqual({ InstanceFamily: 't3', CpuCredits: 'unlimited' });
  const creditsOf = async (id: string) =>
    (await ec2.send(new DescribeInstanceCreditSpecificationsCommand({ InstanceIds: [id] })))
      .InstanceCreditSpecifications![0]!.CpuCredits;
  expect(await creditsOf(await launch())).toBe('unlimited');
  await ec2.send(
    new ModifyDefaultCreditSpecificationCommand({ InstanceFamily: 't3', CpuCredits: 'standard' }),
  );
  expect([await get('t3'), await get('t4g')]).toMatchObject([
    { CpuCredits: 'standard' },
    { CpuCredits: 'unlimited' },
  ]);
  expect(await creditsOf(await launch())).toBe('standard');
  const asked = await launch({ CreditSpecification: { CpuCredits: 'unlimited' } });
  expect(await creditsOf(asked)).toBe('unlimited');
  await expect(get('m5' as 't3')).rejects.toMatchObject({ name: 'InvalidParameterValue' });
});

describe('event windows', () => {
  const nights = '* 0-4,20-23 * * 1,5';
  const create = (input: CreateInstanceEventWindowCommandInput) =>
    ec2.send(new CreateInstanceEventWindowCommand(input));
  const described = async (input: object = {}) =>
    (await ec2.send(new DescribeInstanceEventWindowsCommand(input))).InstanceEventWindows!;

  test('are made, changed, tagged and deleted', async () => {
    const { InstanceEventWindow } = await create({
      ...{ Name: 'nights', CronExpression: nights },
      TagSpecifications: [
        { ResourceType: 'instance-event-window', Tags: [{ Key: 'for', Value: 'soup' }] },
      ],
    });
    expect(InstanceEventWindow).toMatchObject({ Name: 'nights', State: 'creating' });
    const { InstanceEventWindowId } = InstanceEventWindow!;
    await ec2.send(
      new CreateTagsCommand({
        Resources: [InstanceEventWindowId!],
        Tags: [{ Key: 'at', Value: 'night' }],
      }),
    );
    const Filters = [{ Name: 'tag:at', Values: ['night'] }];
    expect(await described({ Filters })).toMatchObject([
      { InstanceEventWindowId, CronExpression: nights, State: 'active', Tags: [{}, {}] },
    ]);
    const TimeRanges = [
      { StartWeekDay: 'saturday', StartHour: 22, EndWeekDay: 'sunday', EndHour: 6 } as const,
    ];
    await ec2.send(new ModifyInstanceEventWindowCommand({ InstanceEventWindowId, TimeRanges }));
    const [after] = await described();
    expect(after).toMatchObject({ Name: 'nights', TimeRanges });
    expect(after).not.toHaveProperty('CronExpression');
    const gone = await ec2.send(new DeleteInstanceEventWindowCommand({ InstanceEventWindowId }));
    expect(gone.InstanceEventWindowState).toEqual({ InstanceEventWindowId, State: 'deleting' });
    expect(await described()).toEqual([]);
    await expect(
      ec2.send(new DeleteInstanceEventWindowCommand({ InstanceEventWindowId })),
    ).rejects.toMatchObject({ name: 'InvalidInstanceEventWindowID.NotFound' });
  });

  test.each([
    '* * * * *',
    '0 0-4 * * *',
    '* 0-1,4-8 * * *',
    '* 0-3 * * MON',
    '* 0-24 * * MON',
    '* 0-4 * * 7',
    'nightly',
  ])('are not made for %s', async (CronExpression) => {
    await expect(create({ CronExpression })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
  });

  test('are made of ranges that are long enough', async () => {
    const monday = (StartHour: number, EndHour: number) =>
      ({ StartWeekDay: 'monday', StartHour, EndWeekDay: 'monday', EndHour }) as const;
    for (const TimeRanges of [[monday(0, 1), monday(4, 8)], [monday(0, 3)], [monday(5, 24)]]) {
      await expect(create({ TimeRanges })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    }
    const TimeRanges = [monday(0, 2), monday(4, 6)];
    await expect(create({ TimeRanges, CronExpression: nights })).rejects.toMatchObject({
      name: 'InvalidParameterCombination',
    });
    await expect(create({})).rejects.toMatchObject({ name: 'MissingParameter' });
    await create({ TimeRanges });
    await create({ CronExpression: '* 0-2 * * SUN,MON' });
    expect(await described()).toHaveLength(2);
  });

  test('are for instances, for tags or for hosts', async () => {
    const InstanceId = await launch();
    const { HostIds } = await ec2.send(
      new AllocateHostsCommand({
        ...{ AvailabilityZone: 'us-east-1a', InstanceType: 'm5.large', Quantity: 1 },
      }),
    );
    const { InstanceEventWindow } = await create({ CronExpression: nights });
    const { InstanceEventWindowId } = InstanceEventWindow!;
    const associate = (AssociationTarget: object) =>
      ec2.send(
        new AssociateInstanceEventWindowCommand({ InstanceEventWindowId, AssociationTarget }),
      );
    await expect(associate({ InstanceIds: ['i-00000000000000000'] })).rejects.toMatchObject({
      name: 'InvalidInstanceID.NotFound',
    });
    await associate({ InstanceIds: [InstanceId] });
    const InstanceTags = [{ Key: 'for', Value: 'soup' }];
    for (const other of [{ InstanceTags }, { DedicatedHostIds: HostIds }]) {
      await expect(associate(other)).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
    }
    const Filters = [{ Name: 'instance-id', Values: [InstanceId] }];
    expect(await described({ Filters })).toMatchObject([
      { AssociationTarget: { InstanceIds: [InstanceId] } },
    ]);
    await expect(
      ec2.send(new DeleteInstanceEventWindowCommand({ InstanceEventWindowId })),
    ).rejects.toMatchObject({ name: 'DependencyViolation' });
    const disassociate = () =>
      ec2.send(
        new DisassociateInstanceEventWindowCommand({
          InstanceEventWindowId,
          AssociationTarget: { InstanceIds: [InstanceId] },
        }),
      );
    await disassociate();
    await expect(disassociate()).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await associate({ DedicatedHostIds: HostIds });
    await ec2.send(
      new DeleteInstanceEventWindowCommand({ InstanceEventWindowId, ForceDelete: true }),
    );
    expect(await described()).toEqual([]);
  });
});

test('tags are registered for notifications of events', async () => {
  const register = (InstanceTagAttribute: object) =>
    ec2.send(new RegisterInstanceEventNotificationAttributesCommand({ InstanceTagAttribute }));
  const deregister = (InstanceTagAttribute: object) =>
    ec2.send(new DeregisterInstanceEventNotificationAttributesCommand({ InstanceTagAttribute }));
  const described = async () =>
    (await ec2.send(new DescribeInstanceEventNotificationAttributesCommand({})))
      .InstanceTagAttribute;
  expect(await described()).toMatchObject({ IncludeAllTagsOfInstance: false });
  await register({ InstanceTagKeys: ['soup', 'pan'] });
  await register({ IncludeAllTagsOfInstance: true });
  const all = { IncludeAllTagsOfInstance: true, InstanceTagKeys: ['pan', 'soup'] };
  expect(await described()).toEqual(all);
  await deregister({ IncludeAllTagsOfInstance: false });
  const { InstanceTagAttribute } = await deregister({ InstanceTagKeys: ['soup'] });
  expect(InstanceTagAttribute).toEqual({
    ...{ IncludeAllTagsOfInstance: false, InstanceTagKeys: ['pan'] },
  });
  await expect(register({})).rejects.toMatchObject({ name: 'MissingParameter' });
});

test('instances are reported on while they run, and shown in a network without nodes', async () => {
  const InstanceId = await launch();
  const report = (id: string) =>
    ec2.send(
      new ReportInstanceStatusCommand({
        ...{ Instances: [id], Status: 'impaired', ReasonCodes: ['unresponsive'] },
      }),
    );
  await report(InstanceId);
  await expect(report('i-00000000000000000')).rejects.toMatchObject({
    name: 'InvalidInstanceID.NotFound',
  });
  const { Instances } = await ec2.send(new DescribeInstanceTopologyCommand({}));
  expect(Instances).toMatchObject([{ InstanceId, InstanceType: 't3.micro', NetworkNodes: [] }]);
  const { ElasticGpuSet } = await ec2.send(new DescribeElasticGpusCommand({}));
  expect(ElasticGpuSet).toEqual([]);
});

describe('CPU options', () => {
  const m5 = { InstanceType: 'm5.xlarge' } as const;
  const shown = async (id: string) => {
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
    return Reservations![0]!.Instances![0]!.CpuOptions;
  };
  const processors = async (id: string) =>
    (await cloud.inside.compute.driver.find(id))?.given?.vcpus;

  test('are what an instance is launched with, and has a machine for', async () => {
    const id = await launch({ ...m5, CpuOptions: { CoreCount: 2, ThreadsPerCore: 1 } });
    expect(await shown(id)).toEqual({ CoreCount: 2, ThreadsPerCore: 1 });
    expect(await processors(id)).toBe(2);
    const usual = await launch(m5);
    expect(await shown(usual)).toEqual({ CoreCount: 2, ThreadsPerCore: 2 });
    expect(await processors(usual)).toBe(4);
  });

  test('are changed while it is stopped, and lost with its type', async () => {
    const InstanceId = await launch(m5);
    const InstanceIds = [InstanceId];
    const change = (CoreCount: number, ThreadsPerCore?: number) =>
      ec2.send(new ModifyInstanceCpuOptionsCommand({ InstanceId, CoreCount, ThreadsPerCore }));
    await expect(change(1, 1)).rejects.toMatchObject({ name: 'IncorrectInstanceState' });
    await ec2.send(new StopInstancesCommand({ InstanceIds, Force: true }));
    await waitUntilInstanceStopped(waiting(), { InstanceIds });
    expect(await change(1, 2)).toMatchObject({ InstanceId, CoreCount: 1, ThreadsPerCore: 2 });
    await ec2.send(new StartInstancesCommand({ InstanceIds }));
    await waitUntilInstanceRunning(waiting(), { InstanceIds });
    expect([await shown(InstanceId), await processors(InstanceId)]).toEqual([
      { CoreCount: 1, ThreadsPerCore: 2 },
      2,
    ]);
    await ec2.send(new StopInstancesCommand({ InstanceIds, Force: true }));
    await waitUntilInstanceStopped(waiting(), { InstanceIds });
    await expect(change(3, 1)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(change(1, 3)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(change(1)).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
    await ec2.send(
      new ModifyInstanceAttributeCommand({ InstanceId, InstanceType: { Value: 'm5.2xlarge' } }),
    );
    expect(await shown(InstanceId)).toEqual({ CoreCount: 4, ThreadsPerCore: 2 });
    const weigh = (BandwidthWeighting: 'default' | 'vpc-1') =>
      ec2.send(
        new ModifyInstanceNetworkPerformanceOptionsCommand({ InstanceId, BandwidthWeighting }),
      );
    expect(await weigh('default')).toMatchObject({ InstanceId, BandwidthWeighting: 'default' });
    await expect(weigh('vpc-1')).rejects.toMatchObject({ name: 'UnsupportedOperation' });
  });
});

describe('instance types', () => {
  const types = async (
    requirements: Partial<InstanceRequirementsRequest>,
    architecture: 'x86_64' | 'arm64' = 'x86_64',
  ) => {
    const { InstanceTypes } = await ec2.send(
      new GetInstanceTypesFromInstanceRequirementsCommand({
        ...{ ArchitectureTypes: [architecture], VirtualizationTypes: ['hvm'] },
        InstanceRequirements: { VCpuCount: { Min: 0 }, MemoryMiB: { Min: 0 }, ...requirements },
      }),
    );
    return InstanceTypes!.map(({ InstanceType }) => InstanceType!);
  };
  const of = (name: string) => ({ AllowedInstanceTypes: [name] });

  test('are found by what they are to have', async () => {
    const small = { VCpuCount: { Min: 2, Max: 2 }, MemoryMiB: { Min: 8192, Max: 8192 } };
    const found = await types({ ...small, CpuManufacturers: ['intel'] });
    expect(found).toContain('m5.large');
    expect(found).not.toContain('m5a.large');
    expect(found).not.toContain('t3.large');
    expect(await types({ ...small, BurstablePerformance: 'required' })).toContain('t3.large');
    expect(await types(small, 'arm64')).toContain('m6g.large');
    expect(await types({ ...of('m5.metal'), BareMetal: 'included' })).toEqual(['m5.metal']);
    expect(await types(of('m5.metal'))).toEqual([]);
    expect(await types({ MemoryGiBPerVCpu: { Max: 2 }, ...of('*.large') })).toContain('c5.large');
    expect(await types({ MemoryGiBPerVCpu: { Max: 2 }, ...of('m*') })).toEqual([]);
    expect(await types({ ExcludedInstanceTypes: ['m5*'] })).not.toContain('m5.large');
    expect(await types({ AcceleratorCount: { Min: 1 } })).toEqual([]);
    expect(await types({ LocalStorage: 'required' })).toEqual([]);
  });

  test('are asked for in a way that can be met', async () => {
    const wrong: [Partial<InstanceRequirementsRequest>, string][] = [
      [{ VCpuCount: { Min: 4, Max: 2 } }, 'InvalidParameterValue'],
      [{ ...of('m5*'), ExcludedInstanceTypes: ['m5a*'] }, 'InvalidParameterCombination'],
      [{ NetworkBandwidthGbps: { Min: 1 } }, 'UnsupportedOperation'],
      [{ BareMetal: 'maybe' as 'included' }, 'InvalidParameterValue'],
    ];
    for (const [asked, name] of wrong) await expect(types(asked)).rejects.toMatchObject({ name });
  });
});
