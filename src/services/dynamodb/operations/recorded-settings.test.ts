import {
  CreateTableCommand,
  DeleteResourcePolicyCommand,
  DescribeContributorInsightsCommand,
  DescribeKinesisStreamingDestinationCommand,
  DescribeTableReplicaAutoScalingCommand,
  DisableKinesisStreamingDestinationCommand,
  DynamoDBClient,
  EnableKinesisStreamingDestinationCommand,
  GetResourcePolicyCommand,
  ListContributorInsightsCommand,
  PutResourcePolicyCommand,
  UpdateContributorInsightsCommand,
  UpdateKinesisStreamingDestinationCommand,
  UpdateTableCommand,
  type UpdateTableCommandInput,
  UpdateTableReplicaAutoScalingCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';
import { onDemand } from '../../../../test/dynamodb-table.ts';
import { dynamodb } from '../service.ts';

const TableName = 'orders';
const ResourceArn = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders';
let cloud: TestCloud;
let client: DynamoDBClient;

beforeEach(async () => {
  cloud = await startTestCloud({ services: [dynamodb] });
  client = cloud.client(DynamoDBClient);
  await client.send(
    new CreateTableCommand({
      ...onDemand(TableName),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-pk',
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  await cloud.inside.workflows.settled();
});
afterEach(() => cloud[Symbol.asyncDispose]());

const policy = (Action: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: '000000000000' }, Action, Resource: '*' }],
  });

test('a resource policy is put, replaced by its revision, and deleted', async () => {
  const put = (Policy: string, ExpectedRevisionId?: string) =>
    client.send(new PutResourcePolicyCommand({ ResourceArn, Policy, ExpectedRevisionId }));
  const get = () => client.send(new GetResourcePolicyCommand({ ResourceArn }));
  await expect(get()).rejects.toMatchObject({
    name: 'PolicyNotFoundException',
    message: `Resource-based policy not found for the provided ResourceArn: ${ResourceArn}`,
  });
  const { RevisionId: first } = await put(policy('dynamodb:GetItem'), 'NO_POLICY');
  expect(await get()).toMatchObject({ Policy: policy('dynamodb:GetItem'), RevisionId: first });
  cloud.inside.clock.advance(20_000);
  expect((await put(policy('dynamodb:GetItem'))).RevisionId).toBe(first);
  const { RevisionId: second } = await put(policy('dynamodb:Query'), first);
  expect(second).not.toBe(first);
  await expect(put(policy('dynamodb:Scan'), first)).rejects.toMatchObject({
    name: 'PolicyNotFoundException',
    message: expect.stringContaining(
      `Requested update for policy with revision id ${first}, but the policy associated to target table orders has revision id ${second}.`,
    ) as string,
  });
  await expect(put('{')).rejects.toThrow('Invalid policy document');
  const gone = await client.send(new DeleteResourcePolicyCommand({ ResourceArn }));
  expect(gone.RevisionId).toBe(second);
  await expect(get()).rejects.toMatchObject({ name: 'PolicyNotFoundException' });
});

test('contributor insights are kept for table and global index', async () => {
  const update = (ContributorInsightsAction: 'ENABLE' | 'DISABLE', IndexName?: string) =>
    client.send(
      new UpdateContributorInsightsCommand({ TableName, ContributorInsightsAction, IndexName }),
    );
  const describe = async (IndexName?: string) => {
    const sent = new DescribeContributorInsightsCommand({ TableName, IndexName });
    return (await client.send(sent)).ContributorInsightsStatus;
  };
  expect(await describe()).toBe('DISABLED');
  expect(await update('ENABLE')).toMatchObject({
    ContributorInsightsStatus: 'ENABLING',
    ContributorInsightsMode: 'ACCESSED_AND_THROTTLED_KEYS',
  });
  expect(await describe()).toBe('ENABLED');
  expect(await describe('by-pk')).toBe('DISABLED');
  await update('ENABLE', 'by-pk');
  const { ContributorInsightsSummaries: listed } = await client.send(
    new ListContributorInsightsCommand({}),
  );
  expect(listed).toMatchObject([{ TableName }, { TableName, IndexName: 'by-pk' }]);
  await update('DISABLE');
  expect(await describe()).toBe('DISABLED');
  await expect(update('ENABLE', 'nope')).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Requested resource not found: Index: nope not found for table: orders',
  });
});

test('one Kinesis stream at a time is a destination', async () => {
  const StreamArn = 'arn:aws:kinesis:us-east-1:000000000000:stream/changes';
  const given = { TableName, StreamArn };
  const destinations = async () => {
    const sent = new DescribeKinesisStreamingDestinationCommand({ TableName });
    return (await client.send(sent)).KinesisDataStreamDestinations;
  };
  expect(await destinations()).toEqual([]);
  const enable = () => client.send(new EnableKinesisStreamingDestinationCommand(given));
  expect(await enable()).toMatchObject({ DestinationStatus: 'ENABLING' });
  expect(await destinations()).toEqual([{ StreamArn, DestinationStatus: 'ACTIVE' }]);
  await expect(enable()).rejects.toThrow('must be DISABLED or ENABLE_FAILED to perform ENABLE');
  await client.send(
    new UpdateKinesisStreamingDestinationCommand({
      ...given,
      UpdateKinesisStreamingConfiguration: { ApproximateCreationDateTimePrecision: 'MICROSECOND' },
    }),
  );
  const disable = () => client.send(new DisableKinesisStreamingDestinationCommand(given));
  await disable();
  expect(await destinations()).toEqual([
    {
      StreamArn,
      DestinationStatus: 'DISABLED',
      ApproximateCreationDateTimePrecision: 'MICROSECOND',
    },
  ]);
  await expect(disable()).rejects.toThrow('must be ACTIVE to perform DISABLE operation.');
});

test('a table without replicas has no auto scaling of them', async () => {
  const sent = new DescribeTableReplicaAutoScalingCommand({ TableName });
  await expect(client.send(sent)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: "Global table with name: 'orders' does not exist.",
  });
});

test('auto scaling of replicas is kept for each region', async () => {
  const update = async (input: Omit<UpdateTableCommandInput, 'TableName'>) => {
    await client.send(new UpdateTableCommand({ TableName, ...input }));
    await cloud.inside.workflows.settled();
  };
  await update({
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  });
  await update({ ReplicaUpdates: [{ Create: { RegionName: 'eu-west-1' } }] });
  const scaling = (MaximumUnits: number) => ({ MinimumUnits: 1, MaximumUnits });
  await client.send(
    new UpdateTableReplicaAutoScalingCommand({
      TableName,
      ProvisionedWriteCapacityAutoScalingUpdate: scaling(20),
      ReplicaUpdates: [
        {
          RegionName: 'eu-west-1',
          ReplicaProvisionedReadCapacityAutoScalingUpdate: scaling(30),
        },
      ],
    }),
  );
  const { TableAutoScalingDescription: described } = await client.send(
    new DescribeTableReplicaAutoScalingCommand({ TableName }),
  );
  expect(described?.Replicas).toMatchObject([
    {
      RegionName: 'us-east-1',
      GlobalSecondaryIndexes: [{ IndexName: 'by-pk' }],
      ReplicaProvisionedReadCapacityAutoScalingSettings: { AutoScalingDisabled: true },
      ReplicaProvisionedWriteCapacityAutoScalingSettings: scaling(20),
    },
    {
      RegionName: 'eu-west-1',
      ReplicaProvisionedReadCapacityAutoScalingSettings: scaling(30),
      ReplicaProvisionedWriteCapacityAutoScalingSettings: scaling(20),
    },
  ]);
});

test('answers say that they are only kept', async () => {
  let realization: string | undefined;
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers } = result.response as { headers: Record<string, string> };
      realization = headers['x-alacarte-realization'];
      return result;
    },
    { step: 'deserialize', priority: 'low' },
  );
  await client.send(new ListContributorInsightsCommand({ TableName }));
  expect(realization).toBe('recorded');
});
