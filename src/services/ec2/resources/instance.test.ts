import { CreateSecurityGroupCommand, EC2Client } from '@aws-sdk/client-ec2';
import { expect, it } from 'vitest';
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
    ...{ ImageId: desired.ImageId, InstanceType: desired.InstanceType },
    ...{ SecurityGroupIds: [GroupId!], UserData, Monitoring: true },
  });
  const changed = await made.read();
  expect(changed).toMatchObject({
    ...{ SecurityGroupIds: [GroupId], UserData, Monitoring: true, SourceDestCheck: true },
    State: { Name: 'running' },
  });
  expect(changed).not.toHaveProperty('Tags');

  await made.delete();
  expect(await made.read()).toBeUndefined();
  expect(await harness.list(type)).toEqual([]);
});

it('replaces an instance for another type of it, and keeps it for other groups', async () => {
  await using harness = await startResourceHarness();
  const made = await harness.create(type, desired);
  expect(made.replaces('InstanceType', { ...desired, InstanceType: 't3.small' })).toBe(true);
  expect(made.replaces('SecurityGroupIds', desired)).toBe(false);
});

it('does not terminate a protected instance', async () => {
  await using harness = await startResourceHarness();
  const made = await harness.create(type, { ...desired, DisableApiTermination: true });
  await expect(made.delete()).rejects.toMatchObject({ code: 'OperationNotPermitted' });
  await made.update({ ...desired, DisableApiTermination: false });
  await made.delete();
});
