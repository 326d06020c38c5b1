import {
  DescribeInstanceAttributeCommand,
  DescribeInstanceCreditSpecificationsCommand,
  DescribeInstanceStatusCommand,
  DescribeInstancesCommand,
  DescribeVolumesCommand,
  EC2Client,
  GetConsoleOutputCommand,
  ModifyInstanceAttributeCommand,
  ModifyInstanceCreditSpecificationCommand,
  ModifyInstanceMetadataOptionsCommand,
  MonitorInstancesCommand,
  RebootInstancesCommand,
  RunInstancesCommand,
  SendDiagnosticInterruptCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
  UnmonitorInstancesCommand,
  waitUntilInstanceRunning,
  waitUntilInstanceStatusOk,
  type DescribeInstanceAttributeCommandInput,
  type ModifyInstanceAttributeCommandInput,
  type RunInstancesCommandInput,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

const missing = 'i-0123456789abcdef0';

let cloud: TestCloud;
let ec2: EC2Client;

beforeAll(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
});
afterAll(() => cloud[Symbol.asyncDispose]());

async function launch(change: Partial<RunInstancesCommandInput> = {}): Promise<string[]> {
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
      MinCount: 1,
      MaxCount: 1,
      ...change,
    }),
  );
  await cloud.inside.workflows.settled();
  return Instances!.map((each) => each.InstanceId!);
}

async function describeOne([id]: string[]) {
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id!] }));
  return Reservations![0]!.Instances![0]!;
}

function reached(state: string, InstanceIds: string[]): Promise<void> {
  return vi.waitFor(async () => expect((await describeOne(InstanceIds)).State!.Name).toBe(state), {
    interval: 5,
  });
}

const waiter = () => ({ client: ec2, maxWaitTime: 10, minDelay: 1, maxDelay: 1 });

describe('the life of an instance', () => {
  it('goes through every state, and keeps its address while it is stopped', async () => {
    const InstanceIds = await launch();
    await waitUntilInstanceRunning(waiter(), { InstanceIds });
    await waitUntilInstanceStatusOk(waiter(), { InstanceIds });
    const before = await describeOne(InstanceIds);

    const stopping = await ec2.send(new StopInstancesCommand({ InstanceIds }));
    expect(stopping.StoppingInstances).toEqual([
      {
        InstanceId: InstanceIds[0],
        PreviousState: { Code: 16, Name: 'running' },
        CurrentState: { Code: 64, Name: 'stopping' },
      },
    ]);
    await reached('stopped', InstanceIds);
    const stopped = await describeOne(InstanceIds);
    expect(stopped).toMatchObject({
      State: { Code: 80 },
      PrivateIpAddress: before.PrivateIpAddress,
      StateReason: { Code: 'Client.UserInitiatedShutdown' },
      StateTransitionReason: 'User initiated (2026-11-23 12:00:00 GMT)',
    });
    expect(stopped.PublicIpAddress).toBeUndefined();

    cloud.inside.clock.advance(60_000);
    const starting = await ec2.send(new StartInstancesCommand({ InstanceIds }));
    expect(starting.StartingInstances![0]).toMatchObject({
      PreviousState: { Code: 80 },
      CurrentState: { Code: 0 },
    });
    await reached('running', InstanceIds);
    const after = await describeOne(InstanceIds);
    expect(after.LaunchTime!.getTime()).toBe(before.LaunchTime!.getTime() + 60_000);
    expect(after.PublicIpAddress).toBeDefined();
    expect(after.StateReason).toBeUndefined();

    await ec2.send(new RebootInstancesCommand({ InstanceIds }));
    await cloud.inside.workflows.settled();
    await ec2.send(new SendDiagnosticInterruptCommand({ InstanceId: InstanceIds[0] }));
    expect((await describeOne(InstanceIds)).State!.Name).toBe('running');

    const ending = await ec2.send(new TerminateInstancesCommand({ InstanceIds }));
    expect(ending.TerminatingInstances![0]).toMatchObject({
      PreviousState: { Code: 16 },
      CurrentState: { Code: 32 },
    });
    await reached('terminated', InstanceIds);
    const gone = await describeOne(InstanceIds);
    expect(gone).toMatchObject({ State: { Code: 48 }, NetworkInterfaces: [], PublicDnsName: '' });
    expect(gone.VpcId).toBeUndefined();
    const disks = { Filters: [{ Name: 'attachment.instance-id', Values: InstanceIds }] };
    expect((await ec2.send(new DescribeVolumesCommand(disks))).Volumes).toEqual([]);
  });

  it('lets what is done already be asked for again', async () => {
    const InstanceIds = await launch();
    const started = await ec2.send(new StartInstancesCommand({ InstanceIds }));
    expect(started.StartingInstances![0]).toMatchObject({
      PreviousState: { Name: 'running' },
      CurrentState: { Name: 'running' },
    });
    for (const _ of [1, 2]) {
      const { TerminatingInstances } = await ec2.send(
        new TerminateInstancesCommand({ InstanceIds }),
      );
      expect(TerminatingInstances).toHaveLength(1);
    }
  });

  it('prints on its console', async () => {
    const [InstanceId] = await launch();
    const { Output } = await ec2.send(new GetConsoleOutputCommand({ InstanceId }));
    expect(Buffer.from(Output!, 'base64').toString()).toContain(`Mock machine ${InstanceId}`);
  });
});

describe('refusals', () => {
  const wrongIds = [
    [missing, 'InvalidInstanceID.NotFound', `The instance ID '${missing}' does not exist`],
    ['i-x', 'InvalidInstanceID.Malformed', 'Invalid id: "i-x"'],
  ] as const;
  it.each(wrongIds)('%s is %s for every operation', async (id, code, message) => {
    const InstanceIds = [id];
    const tries = [
      () => ec2.send(new StartInstancesCommand({ InstanceIds })),
      () => ec2.send(new StopInstancesCommand({ InstanceIds })),
      () => ec2.send(new RebootInstancesCommand({ InstanceIds })),
      () => ec2.send(new SendDiagnosticInterruptCommand({ InstanceId: id })),
      () => ec2.send(new TerminateInstancesCommand({ InstanceIds })),
      () => ec2.send(new DescribeInstancesCommand({ InstanceIds })),
      () => ec2.send(new DescribeInstanceStatusCommand({ InstanceIds })),
      () => ec2.send(new GetConsoleOutputCommand({ InstanceId: id })),
    ];
    for (const attempt of tries) {
      await expect(attempt()).rejects.toMatchObject({
        name: code,
        message: expect.stringContaining(message),
      });
    }
  });

  it('changes none of several where one cannot be changed', async () => {
    const [id] = await launch();
    const InstanceIds = [id!, missing];
    await expect(ec2.send(new StopInstancesCommand({ InstanceIds }))).rejects.toMatchObject({
      name: 'InvalidInstanceID.NotFound',
    });
    expect((await describeOne([id!])).State!.Name).toBe('running');
  });

  it('does not start, stop or reboot what is terminated', async () => {
    const InstanceIds = await launch();
    await ec2.send(new TerminateInstancesCommand({ InstanceIds }));
    await reached('terminated', InstanceIds);
    const tries = [
      () => ec2.send(new StartInstancesCommand({ InstanceIds })),
      () => ec2.send(new StopInstancesCommand({ InstanceIds })),
      () => ec2.send(new RebootInstancesCommand({ InstanceIds })),
      () => ec2.send(new SendDiagnosticInterruptCommand({ InstanceId: InstanceIds[0] })),
    ];
    for (const attempt of tries) {
      await expect(attempt()).rejects.toMatchObject({ name: 'IncorrectInstanceState' });
    }
  });

  it('protects from termination and from stopping until told otherwise', async () => {
    const InstanceIds = await launch({ DisableApiTermination: true, DisableApiStop: true });
    const [InstanceId] = InstanceIds;
    const terminate = () => ec2.send(new TerminateInstancesCommand({ InstanceIds }));
    const stop = () => ec2.send(new StopInstancesCommand({ InstanceIds }));
    for (const attempt of [terminate, stop]) {
      await expect(attempt()).rejects.toMatchObject({ name: 'OperationNotPermitted' });
    }
    await ec2.send(
      new ModifyInstanceAttributeCommand({ InstanceId, DisableApiTermination: { Value: false } }),
    );
    await ec2.send(
      new ModifyInstanceAttributeCommand({
        InstanceId,
        Attribute: 'disableApiStop',
        Value: 'false',
      }),
    );
    await stop();
    await terminate();
  });
});

describe('attributes', () => {
  type Name = DescribeInstanceAttributeCommandInput['Attribute'];
  let InstanceId: string;
  beforeAll(async () => {
    [InstanceId] = (await launch({ UserData: Buffer.from('#!/bin/sh').toString('base64') })) as [
      string,
    ];
  });
  const read = (Attribute: Name) =>
    ec2.send(new DescribeInstanceAttributeCommand({ InstanceId, Attribute }));
  const modify = (change: Partial<ModifyInstanceAttributeCommandInput>) =>
    ec2.send(new ModifyInstanceAttributeCommand({ InstanceId, ...change }));

  it('are read one by one', async () => {
    expect((await read('userData')).UserData!.Value).toBe('IyEvYmluL3No');
    expect((await read('disableApiStop')).DisableApiStop!.Value).toBe(false);
    expect((await read('instanceType')).InstanceType!.Value).toBe('t3.micro');
    expect((await read('rootDeviceName')).RootDeviceName!.Value).toBe('/dev/xvda');
    expect((await read('groupSet')).Groups).toHaveLength(1);
    await expect(read('nonsense' as Name)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  it('are changed one by one', async () => {
    await modify({ InstanceInitiatedShutdownBehavior: { Value: 'terminate' } });
    const behavior = await read('instanceInitiatedShutdownBehavior');
    expect(behavior.InstanceInitiatedShutdownBehavior!.Value).toBe('terminate');
    await modify({ SourceDestCheck: { Value: false } });
    expect((await read('sourceDestCheck')).SourceDestCheck!.Value).toBe(false);
    await expect(
      modify({ SourceDestCheck: { Value: true }, DisableApiStop: { Value: true } }),
    ).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
    await expect(modify({})).rejects.toMatchObject({ name: 'MissingParameter' });
  });

  it('of a running instance keep user data and type', async () => {
    const UserData = { Value: Buffer.from('new') };
    const InstanceType = { Value: 't3.small' };
    for (const change of [{ UserData }, { InstanceType }]) {
      await expect(modify(change)).rejects.toMatchObject({
        name: 'IncorrectInstanceState',
        message: `The instance '${InstanceId}' is not in the 'stopped' state.`,
      });
    }
    await ec2.send(new StopInstancesCommand({ InstanceIds: [InstanceId] }));
    await reached('stopped', [InstanceId]);
    await modify({ UserData });
    expect((await read('userData')).UserData!.Value).toBe(Buffer.from('new').toString('base64'));
  });

  it('include the type of a stopped one, whose machine then starts with its new size', async () => {
    await ec2.send(new StopInstancesCommand({ InstanceIds: [InstanceId] }));
    await reached('stopped', [InstanceId]);
    await expect(modify({ InstanceType: { Value: 'tea.cup' } })).rejects.toMatchObject({
      name: 'InvalidInstanceAttributeValue',
    });
    await expect(modify({ InstanceType: { Value: 't4g.micro' } })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
    await modify({ Attribute: 'instanceType', Value: 'm5.large' });
    const changed = await describeOne([InstanceId]);
    expect(changed).toMatchObject({ InstanceType: 'm5.large', CpuOptions: { CoreCount: 1 } });
    await ec2.send(new StartInstancesCommand({ InstanceIds: [InstanceId] }));
    await reached('running', [InstanceId]);
    const machines = await cloud.inside.compute.driver.list();
    expect(machines.find(({ id }) => id === InstanceId)!.given).toEqual({
      ...{ vcpus: 2, memoryMib: 8_192 },
    });
  });

  it('include monitoring and metadata options, which have operations of their own', async () => {
    const InstanceIds = await launch();
    const [id] = InstanceIds;
    await ec2.send(new MonitorInstancesCommand({ InstanceIds }));
    expect((await describeOne(InstanceIds)).Monitoring!.State).toBe('enabled');
    await ec2.send(new UnmonitorInstancesCommand({ InstanceIds }));
    expect((await describeOne(InstanceIds)).Monitoring!.State).toBe('disabled');
    const options = (change: object) =>
      ec2.send(new ModifyInstanceMetadataOptionsCommand({ InstanceId: id, ...change }));
    await options({ HttpTokens: 'required', HttpPutResponseHopLimit: 3 });
    expect((await describeOne(InstanceIds)).MetadataOptions).toMatchObject({
      HttpTokens: 'required',
      HttpPutResponseHopLimit: 3,
      HttpEndpoint: 'enabled',
    });
    await expect(options({ HttpPutResponseHopLimit: 65 })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
  });

  it('change credits where there are some', async () => {
    const [burstable] = await launch();
    const [steady] = await launch({ InstanceType: 'm5.large' });
    const answer = await ec2.send(
      new ModifyInstanceCreditSpecificationCommand({
        InstanceCreditSpecifications: [burstable, steady].map((id) => ({
          InstanceId: id!,
          CpuCredits: 'standard',
        })),
      }),
    );
    expect(answer.SuccessfulInstanceCreditSpecifications).toEqual([{ InstanceId: burstable }]);
    expect(answer.UnsuccessfulInstanceCreditSpecifications).toMatchObject([{ InstanceId: steady }]);
  });

  it('hold the credits of burstable types', async () => {
    const InstanceIds = [...(await launch()), ...(await launch({ InstanceType: 't2.micro' }))];
    const { InstanceCreditSpecifications } = await ec2.send(
      new DescribeInstanceCreditSpecificationsCommand({ InstanceIds }),
    );
    const credits = InstanceCreditSpecifications!.map((each) => each.CpuCredits!);
    expect(credits.toSorted()).toEqual(['standard', 'unlimited']);
  });
});
