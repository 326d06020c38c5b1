import {
  CreateSecurityGroupCommand,
  DescribeInstanceCreditSpecificationsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { expect, it } from 'vitest';
import * as model from '../../../models/generated/ec2.ts';
import { startResourceHarness } from '../../../../test/resource-harness.ts';

const type = 'AWS::EC2::Instance';
const desired = {
  ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
  InstanceType: 't3.micro',
  Tags: [{ Key: 'Name', Value: 'pan' }],
};

it('makes an instance that runs, changes it, and terminates it', async () => {
  await using harness = await startResourceHarness();
  const made = await harness.create(type, { ...desired, SourceDestCheck: false });
  expect(await made.read()).toMatchObject({
    InstanceId: made.identifier,
    State: { Code: '16', Name: 'running' },
    PrivateIp: expect.stringMatching(/^172\.31\./),
    PublicIp: expect.stringMatching(/^127\./),
    SourceDestCheck: false,
    Tags: desired.Tags,
  });
  expect(await harness.list(type)).toEqual([made.identifier]);

  const ec2 = harness.cloud.client(EC2Client);
  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'kitchen', Description: 'who may come in' }),
  );
  const UserData = Buffer.from('#!/bin/sh\ntrue\n').toString('base64');
  await made.update({
    ...{ ImageId: desired.ImageId, InstanceType: 't3.small' },
    ...{ SecurityGroupIds: [GroupId!], UserData, Monitoring: true },
  });
  const changed = await made.read();
  expect(changed).toMatchObject({
    ...{ SecurityGroupIds: [GroupId], UserData, Monitoring: true, SourceDestCheck: true },
    ...{ InstanceId: made.identifier, InstanceType: 't3.small', State: { Name: 'running' } },
  });
  const [machine] = await harness.cloud.inside.compute.driver.list();
  expect(machine!.given).toEqual({ vcpus: 2, memoryMib: 2_048 });
  expect(changed).not.toHaveProperty('Tags');

  await made.delete();
  expect(await made.read()).toBeUndefined();
  expect(await harness.list(type)).toEqual([]);
});

it('keeps an instance for another type and other groups, and replaces it for another tenancy', async () => {
  await using harness = await startResourceHarness();
  const made = await harness.create(type, desired);
  expect(made.replaces('InstanceType', { ...desired, InstanceType: 't3.small' })).toBe(false);
  expect(made.replaces('SecurityGroupIds', desired)).toBe(false);
  expect(made.replaces('Tenancy', desired)).toBe(true);
});

it('takes up a change of type that was cut off at any point', async () => {
  await using harness = await startResourceHarness();
  const made = await harness.create(type, desired);
  const cutOff = [model.StopInstances, model.ModifyInstanceAttribute, model.StartInstances];
  for (const [at, operation] of cutOff.entries()) {
    const InstanceType = at % 2 === 0 ? 't3.small' : 't3.micro';
    harness.crashBefore(operation);
    await expect(made.update({ ...desired, InstanceType })).rejects.toThrow('crashed');
    await made.update({ ...desired, InstanceType });
    expect(await made.read()).toMatchObject({ InstanceType, State: { Name: 'running' } });
  }
});

it('goes back to the usual metadata options and credits where none are said any more', async () => {
  await using harness = await startResourceHarness();
  const ec2 = harness.cloud.client(EC2Client);
  const credits = async (InstanceId: string) => {
    const command = new DescribeInstanceCreditSpecificationsCommand({ InstanceIds: [InstanceId] });
    return (await ec2.send(command)).InstanceCreditSpecifications![0]?.CpuCredits;
  };
  const plain = await harness.create(type, desired);
  const { MetadataOptions: usual } = (await plain.read())!;
  const made = await harness.create(type, {
    ...{ ...desired, CreditSpecification: { CPUCredits: 'standard' } },
    MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 5 },
  });
  expect(await credits(made.identifier)).toBe('standard');
  expect((await made.read())!.MetadataOptions).not.toEqual(usual);

  await made.update(desired);
  expect(await credits(made.identifier)).toBe('unlimited');
  expect((await made.read())!.MetadataOptions).toEqual(usual);
});

it('does not terminate a protected instance', async () => {
  await using harness = await startResourceHarness();
  const made = await harness.create(type, { ...desired, DisableApiTermination: true });
  await expect(made.delete()).rejects.toMatchObject({ code: 'OperationNotPermitted' });
  await made.update({ ...desired, DisableApiTermination: false });
  await made.delete();
});
