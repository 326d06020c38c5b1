import {
  CancelSpotInstanceRequestsCommand,
  CreateLaunchTemplateCommand,
  DescribeInstancesCommand,
  DescribeSpotInstanceRequestsCommand,
  DescribeSpotPriceHistoryCommand,
  EC2Client,
  RequestSpotInstancesCommand,
  RunInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
  type RequestSpotInstancesCommandInput,
  type SpotMarketOptions,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

const ImageId = 'resolve:ssm:/aws/service/alacarte/tiny';
const HOUR_MS = 3_600_000;

let cloud: TestCloud;
let ec2: EC2Client;

beforeAll(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
});
afterAll(() => cloud[Symbol.asyncDispose]());

async function ask(change: RequestSpotInstancesCommandInput = {}) {
  const LaunchSpecification = { ImageId, InstanceType: 'm5.large' as const };
  const { SpotInstanceRequests } = await ec2.send(
    new RequestSpotInstancesCommand({ LaunchSpecification, ...change }),
  );
  return SpotInstanceRequests!.map((each) => each.SpotInstanceRequestId!);
}

async function run(SpotOptions?: SpotMarketOptions) {
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ...{ ImageId, MinCount: 1, MaxCount: 1 },
      InstanceMarketOptions: { MarketType: 'spot', SpotOptions },
    }),
  );
  return Instances![0]!;
}

async function request(id: string) {
  const { SpotInstanceRequests } = await ec2.send(
    new DescribeSpotInstanceRequestsCommand({ SpotInstanceRequestIds: [id] }),
  );
  return SpotInstanceRequests![0]!;
}

async function instance(id: string) {
  const answer = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
  return answer.Reservations![0]!.Instances![0]!;
}

const codeOf = async (id: string) => {
  const { State, Status } = await request(id);
  return `${State} ${Status!.Code}`;
};
const stateOf = async (id: string) => (await instance(id)).State!.Name;
const cancel = async (id: string) => {
  const command = new CancelSpotInstanceRequestsCommand({ SpotInstanceRequestIds: [id] });
  return (await ec2.send(command)).CancelledSpotInstanceRequests![0]!.State;
};
const terminate = (id: string) => ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
const stop = (id: string) => ec2.send(new StopInstancesCommand({ InstanceIds: [id] }));

it('launches what is asked for, and is closed once its instance is terminated', async () => {
  const Tags = [{ Key: 'course', Value: 'leftovers' }];
  const [first, second] = await ask({
    ...{ InstanceCount: 2, SpotPrice: '0.05', LaunchGroup: 'party' },
    TagSpecifications: [{ ResourceType: 'spot-instances-request', Tags }],
  });
  await expect.poll(() => codeOf(first!)).toBe('active fulfilled');
  await expect.poll(() => codeOf(second!)).toBe('active fulfilled');
  const fulfilled = await request(first!);
  expect(fulfilled).toMatchObject({
    ...{ Type: 'one-time', SpotPrice: '0.050000', LaunchGroup: 'party', Tags },
    LaunchSpecification: { InstanceType: 'm5.large', ImageId: expect.stringMatching(/^ami-/) },
    ...{ LaunchedAvailabilityZone: 'us-east-1a', InstanceInterruptionBehavior: 'terminate' },
    ValidUntil: new Date('2026-11-30T12:00:00Z'),
  });
  const id = fulfilled.InstanceId!;
  expect(await instance(id)).toMatchObject({
    ...{ InstanceLifecycle: 'spot', SpotInstanceRequestId: first },
  });
  await expect(stop(id)).rejects.toMatchObject({ name: 'UnsupportedOperation' });
  await terminate(id);
  expect(await codeOf(first!)).toBe('closed instance-terminated-by-user');
  expect(await cancel(first!)).toBe('closed');
  const { SpotInstanceRequests } = await ec2.send(
    new DescribeSpotInstanceRequestsCommand({
      Filters: [
        { Name: 'state', Values: ['active'] },
        { Name: 'tag:course', Values: ['leftovers'] },
      ],
    }),
  );
  expect(SpotInstanceRequests!.map((each) => each.SpotInstanceRequestId)).toEqual([second]);
});

it('launches another instance for a persistent request until that is cancelled', async () => {
  const [id] = await ask({ Type: 'persistent' });
  await expect.poll(() => codeOf(id!)).toBe('active fulfilled');
  const first = (await request(id!)).InstanceId!;
  await terminate(first);
  await expect.poll(async () => (await request(id!)).InstanceId).not.toBe(first);
  await expect.poll(() => codeOf(id!)).toBe('active fulfilled');
  const second = (await request(id!)).InstanceId!;
  expect(await cancel(id!)).toBe('cancelled');
  expect(await codeOf(id!)).toBe('cancelled request-canceled-and-instance-running');
  expect(['pending', 'running']).toContain(await stateOf(second));
  await terminate(second);
  await expect.poll(() => stateOf(second)).toBe('terminated');
  expect(await codeOf(id!)).toBe('cancelled instance-terminated-by-user');
  expect((await request(id!)).InstanceId).toBe(second);
});

it('waits with a price that is too low, and until its time has come', async () => {
  const [poor] = await ask({ SpotPrice: '0.0001' });
  await expect.poll(() => codeOf(poor!)).toBe('open price-too-low');
  expect(await cancel(poor!)).toBe('cancelled');
  expect(await codeOf(poor!)).toBe('cancelled canceled-before-fulfillment');

  const inHours = (hours: number) => new Date(cloud.inside.clock.now() + hours * HOUR_MS);
  const [late] = await ask({ ValidFrom: inHours(1), ValidUntil: inHours(3) });
  const [never] = await ask({ SpotPrice: '0.0001', ValidUntil: inHours(1) });
  await expect.poll(() => codeOf(late!)).toBe('open not-scheduled-yet');
  cloud.inside.clock.advance(2 * HOUR_MS);
  await expect.poll(() => codeOf(late!)).toBe('active fulfilled');
  expect(await codeOf(never!)).toBe('closed schedule-expired');
});

it('is made by a launch that asks for the market, and by a template', async () => {
  const { SpotInstanceRequestId: once } = await run();
  expect(await request(once!)).toMatchObject({
    ...{ State: 'active', Status: { Code: 'fulfilled' }, Type: 'one-time' },
    LaunchSpecification: { InstanceType: 't3.micro', SecurityGroups: [{ GroupName: 'default' }] },
  });
  const TagSpecifications = [
    { ResourceType: 'spot-instances-request' as const, Tags: [{ Key: 'of', Value: 'template' }] },
  ];
  await ec2.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: 'leftovers',
      LaunchTemplateData: {
        ...{ ImageId, TagSpecifications, InstanceMarketOptions: { MarketType: 'spot' } },
      },
    }),
  );
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      LaunchTemplate: { LaunchTemplateName: 'leftovers' },
      ...{ MinCount: 1, MaxCount: 1 },
    }),
  );
  const { SpotInstanceRequestId, InstanceId } = Instances![0]!;
  expect(await request(SpotInstanceRequestId!)).toMatchObject({
    ...{ InstanceId, Tags: [{ Key: 'of', Value: 'template' }] },
  });
});

it('stops and starts an instance of a persistent request, which ends with it when cancelled', async () => {
  const { InstanceId: id, SpotInstanceRequestId: requestId } = await run({
    ...{ SpotInstanceType: 'persistent', InstanceInterruptionBehavior: 'stop' },
  });
  await expect.poll(() => stateOf(id!)).toBe('running');
  await stop(id!);
  await expect.poll(() => stateOf(id!)).toBe('stopped');
  expect(await codeOf(requestId!)).toBe('disabled instance-stopped-by-user');
  await ec2.send(new StartInstancesCommand({ InstanceIds: [id!] }));
  await expect.poll(() => stateOf(id!)).toBe('running');
  expect(await codeOf(requestId!)).toBe('active fulfilled');
  await stop(id!);
  await expect.poll(() => stateOf(id!)).toBe('stopped');
  expect(await cancel(requestId!)).toBe('cancelled');
  await expect.poll(() => stateOf(id!)).toBe('terminated');
});

it.each<[SpotMarketOptions, string]>([
  [{ MaxPrice: '0.000001' }, 'SpotMaxPriceTooLow'],
  [{ MaxPrice: 'cheap' }, 'InvalidParameterValue'],
  [{ SpotInstanceType: 'persistent' }, 'InvalidParameterCombination'],
  [{ InstanceInterruptionBehavior: 'stop' }, 'InvalidParameterCombination'],
  [{ ValidUntil: new Date('2026-11-24T12:00:00Z') }, 'InvalidParameterCombination'],
  [{ BlockDurationMinutes: 60 }, 'UnsupportedOperation'],
])('no launch takes %o', async (options, name) => {
  await expect(run(options)).rejects.toMatchObject({ name });
});

it.each<[RequestSpotInstancesCommandInput, string]>([
  [{ LaunchSpecification: undefined }, 'MissingParameter'],
  [{ LaunchSpecification: { ImageId: 'ami-12345678' } }, 'InvalidAMIID.NotFound'],
  [{ InstanceCount: 0 }, 'InvalidParameterValue'],
  [{ ValidUntil: new Date('2020-01-01') }, 'InvalidParameterValue'],
  [{ DryRun: true }, 'DryRunOperation'],
])('is refused with %o', async (change, name) => {
  await expect(ask(change)).rejects.toMatchObject({ name });
});

it('is one however often it is repeated with its token', async () => {
  const once = { ClientToken: 'spot-once', SpotPrice: '0.0001' };
  expect(await ask(once)).toEqual(await ask(once));
  await expect(ask({ ...once, SpotPrice: '0.0002' })).rejects.toMatchObject({
    name: 'IdempotentParameterMismatch',
  });
  await expect(cancel('sir-00000000')).rejects.toMatchObject({
    name: 'InvalidSpotInstanceRequestID.NotFound',
  });
});

it('tells prices by type and zone', async () => {
  const { SpotPriceHistory } = await ec2.send(
    new DescribeSpotPriceHistoryCommand({
      ...{ InstanceTypes: ['m5.large'], AvailabilityZone: 'us-east-1b' },
      ProductDescriptions: ['Linux/UNIX'],
    }),
  );
  expect(SpotPriceHistory).toMatchObject([
    { InstanceType: 'm5.large', AvailabilityZone: 'us-east-1b', SpotPrice: '0.038400' },
  ]);
  const all = await ec2.send(new DescribeSpotPriceHistoryCommand({ MaxResults: 10 }));
  expect(all.SpotPriceHistory).toHaveLength(10);
  expect(all.NextToken).toBeDefined();
});
