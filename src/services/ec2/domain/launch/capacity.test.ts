import { DescribeInstancesCommand, EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../../test/cloud.ts';

const small = {
  ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
  InstanceType: 't3.micro',
} as const;

/** A cloud whose host carries so many more machines, whatever their size. */
function carry(cloud: TestCloud, machines: number): EC2Client {
  Object.assign(cloud.inside.compute.driver, { capacity: () => Promise.resolve(machines) });
  return cloud.client(EC2Client);
}

test('a launch gets as many instances as the host carries, up to MaxCount', async () => {
  await using cloud = await startTestCloud();
  const run = new RunInstancesCommand({ ...small, MinCount: 1, MaxCount: 5 });
  expect((await carry(cloud, 3).send(run)).Instances).toHaveLength(3);
  expect((await carry(cloud, 9).send(run)).Instances).toHaveLength(5);
});

test('a launch of which MinCount does not fit is refused, and leaves nothing behind', async () => {
  await using cloud = await startTestCloud();
  const ec2 = carry(cloud, 1);
  const run = new RunInstancesCommand({ ...small, MinCount: 2, MaxCount: 5 });
  await expect(ec2.send(run)).rejects.toMatchObject({
    name: 'InsufficientInstanceCapacity',
    $metadata: { httpStatusCode: 500 },
  });
  expect((await ec2.send(new DescribeInstancesCommand({}))).Reservations).toEqual([]);
});

test('a repeated request is answered though the host is full by now', async () => {
  await using cloud = await startTestCloud();
  const run = new RunInstancesCommand({ ...small, MinCount: 1, MaxCount: 1, ClientToken: 'once' });
  const first = await carry(cloud, 1).send(run);
  const again = await carry(cloud, 0).send(run);
  expect(again.Instances?.[0]?.InstanceId).toBe(first.Instances?.[0]?.InstanceId);
});
