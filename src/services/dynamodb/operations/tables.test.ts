import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  ScanCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateTableCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';
import { dynamodb } from '../service.ts';
import { onDemand } from '../../../../test/dynamodb-table.ts';

const services = [dynamodb];
let cloud: TestCloud;
let client: DynamoDBClient;

beforeEach(async () => {
  cloud = await startTestCloud({ services });
  client = cloud.client(DynamoDBClient);
});

afterEach(() => cloud[Symbol.asyncDispose]());

const settled = () => cloud.inside.workflows.settled();

test('a table is created, described and waited for', async () => {
  const { TableDescription } = await client.send(new CreateTableCommand(onDemand('orders', 'N')));
  expect(TableDescription).toMatchObject({
    TableName: 'orders',
    TableStatus: 'CREATING',
    TableArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/orders',
    CreationDateTime: new Date('2026-11-23T12:00:00Z'),
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    ItemCount: 0,
  });
  await settled();
  await waitUntilTableExists(
    { client, minDelay: 1, maxDelay: 1, maxWaitTime: 5 },
    { TableName: 'orders' },
  );
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'orders' }));
  expect(Table).toMatchObject({
    TableStatus: 'ACTIVE',
    TableId: TableDescription?.TableId,
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    DeletionProtectionEnabled: false,
  });
});

test('a description counts the items', async () => {
  await client.send(new CreateTableCommand(onDemand('orders')));
  await settled();
  for (const pk of ['a', 'b']) {
    await client.send(new PutItemCommand({ TableName: 'orders', Item: { pk: { S: pk } } }));
  }
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'orders' }));
  expect(Table).toMatchObject({ ItemCount: 2, TableSizeBytes: 2 * (3 + 100) });
});

test('a name belongs to one table at a time, in each region', async () => {
  await client.send(new CreateTableCommand(onDemand('orders')));
  await expect(client.send(new CreateTableCommand(onDemand('orders')))).rejects.toMatchObject({
    name: 'ResourceInUseException',
    message: 'Table already exists: orders',
  });
  const elsewhere = cloud.client(DynamoDBClient, { region: 'eu-west-1' });
  const { TableDescription } = await elsewhere.send(new CreateTableCommand(onDemand('orders')));
  expect(TableDescription?.TableArn).toContain(':eu-west-1:');
});

test('a deleted table is gone with its items, and its name is free', async () => {
  await client.send(new CreateTableCommand(onDemand('orders')));
  await settled();
  const Item = { pk: { S: 'a' } };
  await client.send(new PutItemCommand({ TableName: 'orders', Item }));
  const { TableDescription } = await client.send(new DeleteTableCommand({ TableName: 'orders' }));
  expect(TableDescription?.TableStatus).toBe('DELETING');
  await settled();
  await waitUntilTableNotExists(
    { client, minDelay: 1, maxDelay: 1, maxWaitTime: 5 },
    { TableName: 'orders' },
  );
  await expect(
    client.send(new GetItemCommand({ TableName: 'orders', Key: Item })),
  ).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Requested resource not found',
  });
  await client.send(new CreateTableCommand(onDemand('orders')));
  await settled();
  const { Count } = await client.send(new ScanCommand({ TableName: 'orders' }));
  expect(Count).toBe(0);
});

test('a protected table stays until its protection is lifted', async () => {
  await client.send(
    new CreateTableCommand({ ...onDemand('orders'), DeletionProtectionEnabled: true }),
  );
  await settled();
  await expect(client.send(new DeleteTableCommand({ TableName: 'orders' }))).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining('protected against deletion') as string,
  });
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'orders' }));
  expect(Table?.TableStatus).toBe('ACTIVE');

  const lifted = { TableName: 'orders', DeletionProtectionEnabled: false };
  await client.send(new UpdateTableCommand(lifted));
  await client.send(new DeleteTableCommand({ TableName: 'orders' }));
  await settled();
  expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([]);
});

test('tables are listed by name, in pages', async () => {
  for (const name of ['soups', 'mains', 'drinks']) {
    await client.send(new CreateTableCommand(onDemand(name)));
  }
  const first = await client.send(new ListTablesCommand({ Limit: 2 }));
  expect(first).toMatchObject({
    TableNames: ['drinks', 'mains'],
    LastEvaluatedTableName: 'mains',
  });
  const rest = await client.send(
    new ListTablesCommand({ ExclusiveStartTableName: first.LastEvaluatedTableName }),
  );
  expect(rest.TableNames).toEqual(['soups']);
  expect(rest.LastEvaluatedTableName).toBeUndefined();
});

test('tags are kept, added and removed', async () => {
  const { TableDescription } = await client.send(
    new CreateTableCommand({ ...onDemand('orders'), Tags: [{ Key: 'team', Value: 'kitchen' }] }),
  );
  const ResourceArn = TableDescription!.TableArn!;
  const tags = async () => (await client.send(new ListTagsOfResourceCommand({ ResourceArn }))).Tags;
  await client.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'env', Value: 'test' }] }));
  expect(await tags()).toEqual([
    { Key: 'team', Value: 'kitchen' },
    { Key: 'env', Value: 'test' },
  ]);
  await client.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['team'] }));
  expect(await tags()).toEqual([{ Key: 'env', Value: 'test' }]);
});

test('what Terraform reads besides', async () => {
  await client.send(new CreateTableCommand(onDemand('orders')));
  const TableName = 'orders';
  const ttl = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  expect(ttl.TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'DISABLED' });
  const backups = await client.send(new DescribeContinuousBackupsCommand({ TableName }));
  expect(backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription).toEqual({
    PointInTimeRecoveryStatus: 'DISABLED',
  });
});

describe('refuses', () => {
  test.each<[string, Partial<CreateTableCommandInput>, string]>([
    [
      'provisioned throughput that is not given',
      { BillingMode: 'PROVISIONED' },
      'One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    ],
    [
      'an attribute that no key uses',
      {
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'other', AttributeType: 'S' },
        ],
      },
      'One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
    ],
    [
      'a sort key in the first place',
      { KeySchema: [{ AttributeName: 'pk', KeyType: 'RANGE' }] },
      'Invalid KeySchema: The first KeySchemaElement is not a HASH key type',
    ],
  ])('%s', async (_what, input, message) => {
    const refused = client.send(new CreateTableCommand({ ...onDemand('orders'), ...input }));
    await expect(refused).rejects.toMatchObject({ name: 'ValidationException', message });
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([]);
  });
});

describe('killed on the way, the next process finishes', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'alacarte-tables-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  const moments = (steps: readonly string[]) =>
    steps.flatMap((step) => (['before', 'done', 'recorded'] as const).map((when) => [when, step]));

  /** A cloud on the data directory whose workflows stop dead at one moment. */
  function dyingAt(when?: string, step?: string): Promise<TestCloud> {
    return startTestCloud({
      services,
      store: { dataDir },
      checkpoint: (_workflow, at, moment) => {
        if (at === step && moment === when) throw new Error('the process is gone');
      },
    });
  }

  test.each(moments(['activate']))('a creation %s %s', async (when, step) => {
    {
      await using dying = await dyingAt(when, step);
      await dying.client(DynamoDBClient).send(new CreateTableCommand(onDemand('orders')));
      await dying.inside.workflows.settled();
    }
    await using next = await dyingAt();
    await next.inside.workflows.settled();
    const { Table } = await next
      .client(DynamoDBClient)
      .send(new DescribeTableCommand({ TableName: 'orders' }));
    expect(Table?.TableStatus).toBe('ACTIVE');
  });

  test.each(moments(['purge items', 'forget table']))('a deletion %s %s', async (when, step) => {
    {
      await using dying = await dyingAt(when, step);
      const doomed = dying.client(DynamoDBClient);
      await doomed.send(new CreateTableCommand(onDemand('orders')));
      await dying.inside.workflows.settled();
      await doomed.send(new PutItemCommand({ TableName: 'orders', Item: { pk: { S: 'a' } } }));
      await doomed.send(new DeleteTableCommand({ TableName: 'orders' }));
      await dying.inside.workflows.settled();
    }
    await using next = await dyingAt();
    await next.inside.workflows.settled();
    const { TableNames } = await next.client(DynamoDBClient).send(new ListTablesCommand({}));
    expect(TableNames).toEqual([]);
  });
});
