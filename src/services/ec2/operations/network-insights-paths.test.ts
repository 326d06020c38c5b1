import {
  CreateNetworkInsightsPathCommand,
  DeleteNetworkInsightsPathCommand,
  DescribeNetworkInsightsPathsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

let cloud: TestCloud;
let ec2: EC2Client;
const Source = 'i-0123456789abcdef0';
const Destination = 'igw-0123456789abcdef0';
const path = { Source, Destination, Protocol: 'tcp', DestinationPort: 443 } as const;

beforeAll(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
});
afterAll(() => cloud[Symbol.asyncDispose]());

it('keeps a path until it is deleted, with its tags', async () => {
  const Tags = [{ Key: 'door', Value: 'front' }];
  const ResourceType = 'network-insights-path';
  const { NetworkInsightsPath: made } = await ec2.send(
    new CreateNetworkInsightsPathCommand({ ...path, TagSpecifications: [{ ResourceType, Tags }] }),
  );
  const id = made!.NetworkInsightsPathId!;
  expect(id).toMatch(/^nip-[0-9a-f]{17}$/);
  expect(made).toMatchObject({
    ...path,
    NetworkInsightsPathArn: `arn:aws:ec2:us-east-1:000000000000:network-insights-path/${id}`,
    SourceArn: `arn:aws:ec2:us-east-1:000000000000:instance/${Source}`,
    DestinationArn: `arn:aws:ec2:us-east-1:000000000000:internet-gateway/${Destination}`,
    CreatedDate: expect.any(Date),
    Tags,
  });
  await ec2.send(new CreateNetworkInsightsPathCommand({ ...path, Protocol: 'udp' }));
  const ofTcp = new DescribeNetworkInsightsPathsCommand({
    Filters: [{ Name: 'protocol', Values: ['tcp'] }],
  });
  expect((await ec2.send(ofTcp)).NetworkInsightsPaths).toEqual([made]);
  const first = await ec2.send(new DescribeNetworkInsightsPathsCommand({ MaxResults: 1 }));
  const { NextToken } = first;
  const second = await ec2.send(new DescribeNetworkInsightsPathsCommand({ NextToken }));
  const both = [...first.NetworkInsightsPaths!, ...second.NetworkInsightsPaths!];
  expect(new Set(both.map(({ Protocol }) => Protocol))).toEqual(new Set(['tcp', 'udp']));
  expect(both).toHaveLength(2);

  const remove = new DeleteNetworkInsightsPathCommand({ NetworkInsightsPathId: id });
  expect(await ec2.send(remove)).toMatchObject({ NetworkInsightsPathId: id });
  await expect(ec2.send(remove)).rejects.toMatchObject({
    name: 'InvalidNetworkInsightsPathId.NotFound',
  });
  expect((await ec2.send(ofTcp)).NetworkInsightsPaths).toEqual([]);
});

it('makes one path for one token', async () => {
  const again = new CreateNetworkInsightsPathCommand({ ...path, ClientToken: 'once' });
  const { NetworkInsightsPath: one } = await ec2.send(again);
  const { NetworkInsightsPath: same } = await ec2.send(again);
  expect(same).toEqual(one);
  const other = { ...path, DestinationPort: 80, ClientToken: 'once' };
  await expect(ec2.send(new CreateNetworkInsightsPathCommand(other))).rejects.toMatchObject({
    name: 'IdempotentParameterMismatch',
  });
});

it.each([
  ['a source of another kind', { Source: 'subnet-0123456789abcdef0' }, 'InvalidParameterValue'],
  ['no destination at all', { Destination: undefined }, 'MissingParameter'],
  ['no address', { DestinationIp: '10.0.0.300' }, 'InvalidParameterValue'],
  ['a dry run', { DryRun: true }, 'DryRunOperation'],
  [
    'a port beside a filter',
    { FilterAtSource: { DestinationPortRange: { FromPort: 1, ToPort: 2 } } },
    'InvalidParameterCombination',
  ],
])('makes no path for %s', async (_, change, name) => {
  const before = await ec2.send(new DescribeNetworkInsightsPathsCommand({}));
  const bad = new CreateNetworkInsightsPathCommand({ ...path, ...change });
  await expect(ec2.send(bad)).rejects.toMatchObject({ name });
  const after = await ec2.send(new DescribeNetworkInsightsPathsCommand({}));
  expect(after.NetworkInsightsPaths).toEqual(before.NetworkInsightsPaths);
});

it('takes an address for a destination, and ARNs', async () => {
  const { NetworkInsightsPath: made } = await ec2.send(
    new CreateNetworkInsightsPathCommand({
      Source: `arn:aws:ec2:us-east-1:000000000000:instance/${Source}`,
      DestinationIp: '10.0.0.30',
      Protocol: 'tcp',
    }),
  );
  expect(made).toMatchObject({ Source, DestinationIp: '10.0.0.30' });
});
