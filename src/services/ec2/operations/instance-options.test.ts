import {
  DescribeInstancesCommand,
  EC2Client,
  GetPasswordDataCommand,
  ModifyInstanceAttributeCommand,
  ModifyInstanceMaintenanceOptionsCommand,
  ModifyPrivateDnsNameOptionsCommand,
  ResetInstanceAttributeCommand,
  RunInstancesCommand,
  StopInstancesCommand,
  waitUntilInstanceRunning,
  waitUntilInstanceStopped,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

let cloud: TestCloud;
let ec2: EC2Client;
let InstanceId: string;

beforeAll(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
      ...{ MinCount: 1, MaxCount: 1 },
    }),
  );
  InstanceId = Instances![0]!.InstanceId!;
  await waitUntilInstanceRunning(waiting(), { InstanceIds: [InstanceId] });
});
afterAll(() => cloud[Symbol.asyncDispose]());

const waiting = () => ({ client: ec2, minDelay: 0.01, maxDelay: 0.1, maxWaitTime: 30 });

async function shown() {
  const { Reservations } = await ec2.send(
    new DescribeInstancesCommand({ InstanceIds: [InstanceId] }),
  );
  return Reservations![0]!.Instances![0]!;
}

it('has no password to tell of an instance that does not run Windows', async () => {
  expect(await ec2.send(new GetPasswordDataCommand({ InstanceId }))).toMatchObject({
    ...{ InstanceId, PasswordData: '', Timestamp: expect.any(Date) },
  });
});

it('changes how it is recovered', async () => {
  const answer = await ec2.send(
    new ModifyInstanceMaintenanceOptionsCommand({ InstanceId, AutoRecovery: 'disabled' }),
  );
  expect(answer).toMatchObject({ InstanceId, AutoRecovery: 'disabled' });
  expect((await shown()).MaintenanceOptions).toMatchObject({ AutoRecovery: 'disabled' });
});

it('resets the check of source and destination, and nothing that it does not have', async () => {
  await ec2.send(
    new ModifyInstanceAttributeCommand({ InstanceId, SourceDestCheck: { Value: false } }),
  );
  expect(await shown()).toMatchObject({ SourceDestCheck: false });
  await ec2.send(new ResetInstanceAttributeCommand({ InstanceId, Attribute: 'sourceDestCheck' }));
  expect(await shown()).toMatchObject({ SourceDestCheck: true });
  await expect(
    ec2.send(new ResetInstanceAttributeCommand({ InstanceId, Attribute: 'instanceType' })),
  ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
});

it('changes its DNS records at any time, and the type of its host name while it is stopped', async () => {
  const change = () =>
    ec2.send(
      new ModifyPrivateDnsNameOptionsCommand({
        ...{ InstanceId, PrivateDnsHostnameType: 'resource-name' },
      }),
    );
  await ec2.send(
    new ModifyPrivateDnsNameOptionsCommand({ InstanceId, EnableResourceNameDnsARecord: true }),
  );
  await expect(change()).rejects.toMatchObject({ name: 'IncorrectInstanceState' });
  await ec2.send(new StopInstancesCommand({ InstanceIds: [InstanceId] }));
  await waitUntilInstanceStopped(waiting(), { InstanceIds: [InstanceId] });
  await change();
  expect((await shown()).PrivateDnsNameOptions).toEqual({
    HostnameType: 'resource-name',
    EnableResourceNameDnsARecord: true,
    EnableResourceNameDnsAAAARecord: false,
  });
});
