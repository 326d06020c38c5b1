import {
  DescribeInstancesCommand,
  EC2Client,
  GetConsoleOutputCommand,
  RunInstancesCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../../test/cloud.ts';

let cloud: TestCloud;
let ec2: EC2Client;
/** What the last answer said of how real it is. */
let realization: string | undefined;

beforeAll(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
  ec2.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers } = result.response as { headers: Record<string, string> };
      realization = headers['x-alacarte-realization'];
      return result;
    },
    { step: 'deserialize' },
  );
});
afterAll(() => cloud[Symbol.asyncDispose]());
afterEach(() => vi.unstubAllEnvs());

async function launch(driver: string): Promise<string> {
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
      InstanceType: 't3.nano',
      MinCount: 1,
      MaxCount: 1,
      TagSpecifications: [
        { ResourceType: 'instance', Tags: [{ Key: 'alacarte:driver', Value: driver }] },
      ],
    }),
  );
  return Instances![0]!.InstanceId!;
}

test('a driver that does not work here is refused with the reason, and not replaced', async () => {
  vi.stubEnv('DOCKER_HOST', 'unix:///nowhere/engine.sock');
  await expect(launch('docker')).rejects.toMatchObject({
    name: 'UnsupportedOperation',
    message:
      'The tag alacarte:driver: The compute driver docker cannot be used: The container engine at DOCKER_HOST (unix:///nowhere/engine.sock) does not answer: ENOENT.',
  });
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({}));
  expect(Reservations).toEqual([]);
});

test('a name that no driver has is refused', async () => {
  await expect(launch('kvm')).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    message:
      'Value (kvm) for parameter alacarte:driver is invalid. Expected one of qemu, namespaces, docker, mock.',
  });
});

test('what is asked of a mock says that it is one, whatever the cloud runs on', async () => {
  // The cloud's own driver passes for a real one: what is told must come from the instance.
  const { driver } = cloud.inside.compute;
  const own = { realization: driver.realization };
  Object.assign(driver, { realization: 'real' });
  try {
    const id = await launch('mock');
    expect(realization).toBe('mock');
    const said: (string | undefined)[] = [];
    await ec2.send(new GetConsoleOutputCommand({ InstanceId: id }));
    said.push(realization);
    await ec2.send(new DescribeInstancesCommand({}));
    said.push(realization);
    await expect
      .poll(async () => {
        const { Reservations } = await ec2.send(new DescribeInstancesCommand({}));
        return Reservations![0]!.Instances![0]!.State!.Name;
      })
      .toBe('running');
    await ec2.send(new StopInstancesCommand({ InstanceIds: [id] }));
    said.push(realization);
    expect(said).toEqual(['mock', 'mock', 'mock']);
  } finally {
    Object.assign(driver, own);
  }
});
