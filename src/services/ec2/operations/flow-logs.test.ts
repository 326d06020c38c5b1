import {
  CreateFlowLogsCommand,
  type CreateFlowLogsCommandInput,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteFlowLogsCommand,
  DescribeFlowLogsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

const S3 = 'arn:aws:s3:::flows';
let cloud: TestCloud;
let ec2: EC2Client;
let vpc: string;
let subnets: string[];

beforeAll(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  vpc = Vpc!.VpcId!;
  subnets = [];
  for (const CidrBlock of ['10.0.1.0/24', '10.0.2.0/24']) {
    const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: vpc, CidrBlock }));
    subnets.push(Subnet!.SubnetId!);
  }
});
afterAll(() => cloud[Symbol.asyncDispose]());

function creation(change: Partial<CreateFlowLogsCommandInput> = {}) {
  return new CreateFlowLogsCommand({
    ...{ ResourceIds: [vpc], ResourceType: 'VPC', TrafficType: 'ALL' },
    ...{ LogDestinationType: 's3', LogDestination: S3, ...change },
  });
}

it('keeps a flow log of each resource until it is deleted', async () => {
  const Tags = [{ Key: 'for', Value: 'audit' }];
  const both = creation({
    ...{ ResourceIds: subnets, ResourceType: 'Subnet', ClientToken: 'once' },
    TagSpecifications: [{ ResourceType: 'vpc-flow-log', Tags }],
  });
  const { FlowLogIds = [], Unsuccessful } = await ec2.send(both);
  expect(FlowLogIds).toEqual([expect.stringMatching(/^fl-/), expect.stringMatching(/^fl-/)]);
  expect(Unsuccessful).toEqual([]);
  expect((await ec2.send(both)).FlowLogIds!.toSorted()).toEqual(FlowLogIds.toSorted());
  const ofOne = { Filter: [{ Name: 'resource-id', Values: [subnets[0]!] }] };
  const { FlowLogs } = await ec2.send(new DescribeFlowLogsCommand(ofOne));
  expect(FlowLogs).toEqual([
    {
      ...{ FlowLogId: FlowLogIds[0], ResourceId: subnets[0], FlowLogStatus: 'ACTIVE', Tags },
      ...{ TrafficType: 'ALL', LogDestinationType: 's3', LogDestination: S3 },
      LogFormat: expect.stringMatching(/^\$\{version\} .* \$\{log-status\}$/) as string,
      ...{ MaxAggregationInterval: 600, CreationTime: expect.any(Date) as Date },
    },
  ]);
  const again = creation({ ResourceIds: subnets, ResourceType: 'Subnet' });
  await expect(ec2.send(again)).rejects.toMatchObject({ name: 'FlowLogAlreadyExists' });
  const remove = new DeleteFlowLogsCommand({ FlowLogIds });
  expect((await ec2.send(remove)).Unsuccessful).toEqual([]);
  await expect(ec2.send(remove)).rejects.toMatchObject({ name: 'InvalidFlowLogId.NotFound' });
  expect((await ec2.send(new DescribeFlowLogsCommand({}))).FlowLogs).toEqual([]);
  expect((await ec2.send(again)).FlowLogIds).toHaveLength(2);
});

it.each<[string, Partial<CreateFlowLogsCommandInput>, string]>([
  ['a VPC that is not there', { ResourceIds: ['vpc-0123456789abcdef0'] }, 'InvalidVpcID.NotFound'],
  ['an ID of another kind', { ResourceIds: ['i-0123456789abcdef0'] }, 'InvalidVpcID.Malformed'],
  ['no traffic', { TrafficType: undefined }, 'MissingParameter'],
  ['no destination', { LogDestination: undefined }, 'InvalidParameter'],
  ['two destinations', { LogGroupName: 'flows' }, 'InvalidParameter'],
  ['logs without a role', { LogDestinationType: 'cloud-watch-logs' }, 'InvalidParameter'],
  ['an odd interval', { MaxAggregationInterval: 30 }, 'InvalidParameter'],
  ['a dry run', { DryRun: true }, 'DryRunOperation'],
])('makes none for %s', async (_, change, name) => {
  const before = await ec2.send(new DescribeFlowLogsCommand({}));
  await expect(ec2.send(creation(change))).rejects.toMatchObject({ name });
  expect((await ec2.send(new DescribeFlowLogsCommand({}))).FlowLogs).toEqual(before.FlowLogs);
});
