import {
  DescribeInstancesCommand,
  EC2Client,
  RunInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  waitUntilInstanceStopped,
} from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../../test/cloud.ts';

const small = {
  ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
  InstanceType: 't3.micro',
} as const;

/** A cloud whose host carries so many more machines, whatever their size. */
function carry(cloud: TestCloud, machines: number): EC2Client {
  Object.assign(cloud.inside.compute.of('mock'), { capacity: () => Promise.resolve(machines) });
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

test('launches that are under way are reckoned with', async () => {
  await using cloud = await startTestCloud();
  const ec2 = carry(cloud, 3);
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  Object.assign(cloud.inside.compute.of('mock'), { create: () => released });
  const run = new RunInstancesCommand({ ...small, MinCount: 2, MaxCount: 2 });
  expect((await ec2.send(run)).Instances).toHaveLength(2);
  await expect(ec2.send(run)).rejects.toMatchObject({ name: 'InsufficientInstanceCapacity' });
  const one = new RunInstancesCommand({ ...small, MinCount: 1, MaxCount: 5 });
  expect((await ec2.send(one)).Instances).toHaveLength(1);
  await expect(carry(cloud, 0).send(one)).rejects.toMatchObject({
    name: 'InsufficientInstanceCapacity',
  });
  release();
});

test('stopped instances start where the host carries all of them', async () => {
  await using cloud = await startTestCloud();
  const ec2 = carry(cloud, 2);
  const run = new RunInstancesCommand({ ...small, MinCount: 2, MaxCount: 2 });
  const ids = (await ec2.send(run)).Instances!.map(({ InstanceId }) => InstanceId!);
  await cloud.inside.workflows.settled();
  await ec2.send(new StopInstancesCommand({ InstanceIds: ids }));
  const waiting = { client: ec2, minDelay: 0.01, maxDelay: 0.1, maxWaitTime: 30 };
  await waitUntilInstanceStopped(waiting, { InstanceIds: ids });
  const start = new StartInstancesCommand({ InstanceIds: ids });
  await expect(carry(cloud, 1).send(start)).rejects.toMatchObject({
    name: 'InsufficientInstanceCapacity',
  });
  const { StartingInstances } = await carry(cloud, 2).send(start);
  expect(StartingInstances).toHaveLength(2);
});
