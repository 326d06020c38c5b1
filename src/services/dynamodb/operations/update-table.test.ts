import {
  CreateTableCommand,
  DeleteTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
  UpdateTableCommand,
  type UpdateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TestCloud, startTestCloud } from '../../../../test/cloud.ts';
import { onDemand } from '../../../../test/dynamodb-table.ts';
import { dynamodb } from '../service.ts';

const TableName = 'menu';
const units = (ReadCapacityUnits: number, WriteCapacityUnits = ReadCapacityUnits) => ({
  ReadCapacityUnits,
  WriteCapacityUnits,
});

let cloud: TestCloud;
let client: DynamoDBClient;

beforeEach(async () => {
  cloud = await startTestCloud({ services: [dynamodb] });
  client = cloud.client(DynamoDBClient);
});
afterEach(() => cloud[Symbol.asyncDispose]());

const settled = () => cloud.inside.workflows.settled();
const table = async () => (await client.send(new DescribeTableCommand({ TableName }))).Table!;

async function create(change: Partial<CreateTableCommandInput>) {
  await client.send(new CreateTableCommand({ ...onDemand(TableName), ...change }));
  await settled();
}

async function update(change: Omit<UpdateTableCommandInput, 'TableName'>) {
  const sent = await client.send(new UpdateTableCommand({ TableName, ...change }));
  await settled();
  return sent.TableDescription!;
}

const provisioned: Partial<CreateTableCommandInput> = {
  BillingMode: 'PROVISIONED',
  ProvisionedThroughput: units(5),
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-pk',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
      ProvisionedThroughput: units(2),
    },
  ],
};

const updateIndex = (read: number) => [
  { Update: { IndexName: 'by-pk', ProvisionedThroughput: units(read) } },
];

test('provisioned units change while the table is UPDATING', async () => {
  await create(provisioned);
  const changing = await update({ ProvisionedThroughput: units(6, 5) });
  expect(changing).toMatchObject({ TableStatus: 'UPDATING', ProvisionedThroughput: units(5) });
  expect(await table()).toMatchObject({
    TableStatus: 'ACTIVE',
    ProvisionedThroughput: {
      ...units(6, 5),
      LastIncreaseDateTime: new Date(cloud.inside.clock.now()),
      NumberOfDecreasesToday: 0,
    },
    WarmThroughput: { ReadUnitsPerSecond: 6, WriteUnitsPerSecond: 5 },
  });
});

test('the fifth decrease of a day has to wait for an hour, for table and index each', async () => {
  await create(provisioned);
  for (const read of [4, 3, 2, 1]) await update({ ProvisionedThroughput: units(read, 5) });
  expect((await table()).ProvisionedThroughput).toMatchObject({ NumberOfDecreasesToday: 4 });
  await expect(update({ ProvisionedThroughput: units(1, 4) })).rejects.toMatchObject({
    name: 'LimitExceededException',
    message: expect.stringContaining(
      'Number of decreases today: 4. Last decrease at Monday, November 23, 2026 at 12:00:00',
    ) as string,
  });
  await update({ GlobalSecondaryIndexUpdates: updateIndex(1) });
  cloud.inside.clock.advance(3600_000);
  await update({ ProvisionedThroughput: units(1, 4) });
  const described = await table();
  expect(described.ProvisionedThroughput).toMatchObject({
    ...units(1, 4),
    NumberOfDecreasesToday: 5,
  });
  expect(described.GlobalSecondaryIndexes?.[0]).toMatchObject({
    IndexStatus: 'ACTIVE',
    ProvisionedThroughput: { ...units(1), NumberOfDecreasesToday: 1 },
  });
});

test('the billing mode changes for table and indexes together', async () => {
  await create(provisioned);
  cloud.inside.clock.advance(1_000);
  const changing = await update({
    BillingMode: 'PAY_PER_REQUEST',
    OnDemandThroughput: { MaxReadRequestUnits: 10 },
  });
  expect(changing).toMatchObject({
    TableStatus: 'UPDATING',
    BillingModeSummary: {
      BillingMode: 'PAY_PER_REQUEST',
      LastUpdateToPayPerRequestDateTime: new Date(cloud.inside.clock.now()),
    },
    OnDemandThroughput: { MaxReadRequestUnits: 10, MaxWriteRequestUnits: -1 },
  });
  expect(await table()).toMatchObject({
    TableStatus: 'ACTIVE',
    GlobalSecondaryIndexes: [{ IndexStatus: 'ACTIVE', ProvisionedThroughput: units(0) }],
    WarmThroughput: { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4_000 },
  });
  const back = { BillingMode: 'PROVISIONED', ProvisionedThroughput: units(3) } as const;
  await expect(update(back)).rejects.toThrow(
    'ProvisionedThroughput must be specified for index: by-pk',
  );
  await update({ ...back, GlobalSecondaryIndexUpdates: updateIndex(4) });
  const described = await table();
  expect(described).toMatchObject({
    BillingModeSummary: { BillingMode: 'PROVISIONED' },
    ProvisionedThroughput: units(3),
    GlobalSecondaryIndexes: [{ ProvisionedThroughput: units(4) }],
  });
  expect(described.OnDemandThroughput).toBeUndefined();
});

test('table class, encryption, warm throughput and protection are kept', async () => {
  await create({});
  await update({ TableClass: 'STANDARD_INFREQUENT_ACCESS' });
  await update({ SSESpecification: { Enabled: true } });
  await update({ WarmThroughput: { ReadUnitsPerSecond: 13_000 } });
  await update({ DeletionProtectionEnabled: true });
  expect(await table()).toMatchObject({
    TableClassSummary: { TableClass: 'STANDARD_INFREQUENT_ACCESS' },
    SSEDescription: { Status: 'ENABLED', SSEType: 'KMS' },
    WarmThroughput: { ReadUnitsPerSecond: 13_000, WriteUnitsPerSecond: 4_000, Status: 'ACTIVE' },
    DeletionProtectionEnabled: true,
  });
  await update({ SSESpecification: { Enabled: false } });
  expect((await table()).SSEDescription).toBeUndefined();
});

test.each<[Omit<UpdateTableCommandInput, 'TableName'>, string]>([
  [{}, 'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled,'],
  [
    { ProvisionedThroughput: units(5) },
    'The provisioned throughput for the table will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the table: 5. Requested ReadCapacityUnits: 5.',
  ],
  [
    { GlobalSecondaryIndexUpdates: updateIndex(2) },
    'The provisioned throughput for the index by-pk will not change.',
  ],
  [
    { BillingMode: 'PROVISIONED' },
    'ProvisionedThroughput must be specified when BillingMode is PROVISIONED',
  ],
  [
    { BillingMode: 'PAY_PER_REQUEST', ProvisionedThroughput: units(1) },
    'ProvisionedThroughput cannot be specified when BillingMode is PAY_PER_REQUEST',
  ],
  [
    { OnDemandThroughput: { MaxReadRequestUnits: 1 } },
    'MaxReadRequestUnits for OnDemandThroughput cannot be specified when the table BillingMode is PROVISIONED',
  ],
  [
    { WarmThroughput: { ReadUnitsPerSecond: 1 } },
    'Requested ReadUnitsPerSecond for WarmThroughput for table is lower than current WarmThroughput, decreasing WarmThroughput is not supported',
  ],
  [
    { SSESpecification: { Enabled: true }, TableClass: 'STANDARD' },
    'Server-Side Encryption modification must be the only operation in the request',
  ],
  [{ SSESpecification: { Enabled: false } }, 'Table is already encrypted by default'],
  [
    { SSESpecification: { Enabled: true, KMSMasterKeyId: 'alias/x' } },
    'SSEType KMS is required if KMSMasterKeyId is specified',
  ],
  [
    { GlobalSecondaryIndexUpdates: [...updateIndex(3), ...updateIndex(4)] },
    'Only one global secondary index update per index is allowed simultaneously. Index: by-pk',
  ],
  [
    { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'nope' } }] },
    'Requested resource not found: Index nope for table menu',
  ],
])('refuses %#', async (change, message) => {
  await create(provisioned);
  const before = await table();
  await expect(update(change)).rejects.toThrow(message);
  expect(await table()).toEqual(before);
});

test('while a change is under way, others that touch the same have to wait', async () => {
  await using stuck = await startTestCloud({
    services: [dynamodb],
    checkpoint(_workflow, step) {
      if (step === 'settle') throw new Error('it takes its time');
    },
  });
  const send = stuck.client(DynamoDBClient);
  const change = (input: object) => send.send(new UpdateTableCommand({ TableName, ...input }));
  await send.send(new CreateTableCommand({ ...onDemand(TableName), ...provisioned }));
  await stuck.inside.workflows.settled();
  await change({ ProvisionedThroughput: units(6) });
  await expect(change({ ProvisionedThroughput: units(7) })).rejects.toMatchObject({
    name: 'ResourceInUseException',
    message:
      'Attempt to change a resource which is still in use: Table IOPS are currently being updated. Table: menu',
  });
  await expect(send.send(new DeleteTableCommand({ TableName }))).rejects.toMatchObject({
    name: 'ResourceInUseException',
    message:
      'Attempt to change a resource which is still in use: Table: menu is in the process of being updated.',
  });
  await change({ GlobalSecondaryIndexUpdates: updateIndex(3) });
  await expect(change({ GlobalSecondaryIndexUpdates: updateIndex(4) })).rejects.toThrow(
    'Index is being updated. Table: menu Index: by-pk',
  );
  const described = await change({ DeletionProtectionEnabled: true });
  expect(described.TableDescription).toMatchObject({
    TableStatus: 'UPDATING',
    DeletionProtectionEnabled: true,
    GlobalSecondaryIndexes: [{ IndexStatus: 'UPDATING', ProvisionedThroughput: units(2) }],
  });
});
