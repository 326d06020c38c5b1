import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeInstancesCommand,
  EC2Client,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTestCloud, type TestCloud } from '../cloud.ts';
import { onDemand } from '../dynamodb-table.ts';
import { findPostgres, type PostgresServer, startPostgres } from '../postgres.ts';

const programs = findPostgres();
const TableName = 'orders';

describe.skipIf(!programs)('a cloud whose state is in PostgreSQL', { timeout: 60_000 }, () => {
  let postgres: PostgresServer;
  let dataDir: string;
  let url: string;
  let cloud: TestCloud;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'on-postgres-'));
    postgres = await startPostgres(programs!);
    url = await postgres.database();
    cloud = await startTestCloud({ store: { dataDir, url } });
  }, 60_000);

  afterAll(async () => {
    await cloud?.[Symbol.asyncDispose]();
    await postgres?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }, 60_000);

  const settled = (): Promise<void> => cloud.inside.workflows.settled();
  const item = (at: number) => ({
    pk: { S: `customer ${at % 2}` },
    sk: { N: String(at) },
    note: { S: 'x'.repeat(1000) },
  });

  test('takes a table through its life, with items, queries and scans', async () => {
    const client = cloud.client(DynamoDBClient);
    const status = async () =>
      (await client.send(new DescribeTableCommand({ TableName }))).Table?.TableStatus;
    await client.send(new CreateTableCommand(onDemand(TableName, 'N')));
    await settled();
    expect(await status()).toBe('ACTIVE');
    await expect(
      client.send(new CreateTableCommand(onDemand(TableName, 'N'))),
    ).rejects.toMatchObject({ name: 'ResourceInUseException' });

    for (let at = 0; at < 10; at++) {
      await client.send(new PutItemCommand({ TableName, Item: item(at) }));
    }
    const { note: _, ...Key } = item(3);
    expect((await client.send(new GetItemCommand({ TableName, Key }))).Item).toEqual(item(3));
    const ConditionExpression = 'attribute_not_exists(pk)';
    await expect(
      client.send(new PutItemCommand({ TableName, Item: item(3), ConditionExpression })),
    ).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });

    const of = {
      TableName,
      KeyConditionExpression: 'pk = :pk AND sk > :least',
      ExpressionAttributeValues: { ':pk': { S: 'customer 1' }, ':least': { N: '1' } },
      ScanIndexForward: false,
    };
    const first = await client.send(new QueryCommand({ ...of, Limit: 3 }));
    expect(first.Items).toEqual([item(9), item(7), item(5)]);
    const ExclusiveStartKey = first.LastEvaluatedKey!;
    const rest = await client.send(new QueryCommand({ ...of, ExclusiveStartKey }));
    expect(rest.Items).toEqual([item(3)]);

    await client.send(new DeleteItemCommand({ TableName, Key }));
    expect((await client.send(new ScanCommand({ TableName }))).Count).toBe(9);

    await client.send(new DeleteTableCommand({ TableName }));
    await settled();
    await expect(status()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([]);
  });

  test('is emptied by a reset', async () => {
    const client = cloud.client(DynamoDBClient);
    await client.send(new CreateTableCommand(onDemand(TableName, 'N')));
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([TableName]);
    await cloud.inside.reset();
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([]);
  });

  test('takes an instance through its life', async () => {
    const ec2 = cloud.client(EC2Client);
    const { Instances } = await ec2.send(
      new RunInstancesCommand({
        ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
        MinCount: 1,
        MaxCount: 1,
      }),
    );
    const InstanceIds = [Instances![0]!.InstanceId!];
    const reached = (state: string): Promise<void> =>
      vi.waitFor(
        async () => {
          const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds }));
          expect(Reservations![0]!.Instances![0]!.State!.Name).toBe(state);
        },
        { interval: 20, timeout: 10_000 },
      );
    await settled();
    await reached('running');
    await ec2.send(new TerminateInstancesCommand({ InstanceIds }));
    await reached('terminated');
  });

  test('knows sessions and tables again when it is started anew', async () => {
    const { Credentials } = await cloud.client(STSClient).send(new GetSessionTokenCommand({}));
    await cloud
      .client(DynamoDBClient)
      .send(new CreateTableCommand(onDemand('kept')))
      .then(settled);
    await cloud[Symbol.asyncDispose]();
    cloud = await startTestCloud({ store: { dataDir, url } });

    const credentials = {
      accessKeyId: Credentials!.AccessKeyId!,
      secretAccessKey: Credentials!.SecretAccessKey!,
      sessionToken: Credentials!.SessionToken!,
    };
    const { Arn } = await cloud
      .client(STSClient, { credentials })
      .send(new GetCallerIdentityCommand({}));
    expect(Arn).toBe('arn:aws:iam::000000000000:root');
    const { TableNames } = await cloud.client(DynamoDBClient).send(new ListTablesCommand({}));
    expect(TableNames).toEqual(['kept']);
  });
});
