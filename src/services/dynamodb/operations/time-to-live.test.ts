import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  PutItemCommand,
  ScanCommand,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { expect, test, vi } from 'vitest';
import { MovableClock } from '../../../kernel/clock.ts';
import { startTestCloud, type TestOptions } from '../../../../test/cloud.ts';
import { onDemand } from '../../../../test/dynamodb-table.ts';
import { readStream } from '../../../../test/dynamodb-stream.ts';
import { dynamodbstreams } from '../../dynamodbstreams/service.ts';
import { dynamodb } from '../service.ts';

const HOUR_MS = 60 * 60 * 1000;
/** When the tests' clock stands still, in seconds. */
const NOW = new Date('2026-11-23T12:00:00Z').getTime() / 1000;

async function start(options: TestOptions = {}) {
  const cloud = await startTestCloud({ services: [dynamodb, dynamodbstreams], ...options });
  const client = cloud.client(DynamoDBClient);
  const settled = () => cloud.inside.workflows.settled();
  return {
    cloud,
    client,
    settled,
    async createTable(more: Partial<CreateTableCommand['input']> = {}) {
      await client.send(new CreateTableCommand({ ...onDemand('sessions'), ...more }));
      await settled();
    },
    put: (pk: string, expires: number | string, attribute = 'expires') =>
      client.send(
        new PutItemCommand({
          TableName: 'sessions',
          Item: {
            pk: { S: pk },
            [attribute]: typeof expires === 'number' ? { N: `${expires}` } : { S: expires },
          },
        }),
      ),
    async enable(Enabled = true, AttributeName = 'expires') {
      const TimeToLiveSpecification = { Enabled, AttributeName };
      const answer = await client.send(
        new UpdateTimeToLiveCommand({ TableName: 'sessions', TimeToLiveSpecification }),
      );
      await settled();
      return answer.TimeToLiveSpecification;
    },
    async status() {
      const answer = await client.send(new DescribeTimeToLiveCommand({ TableName: 'sessions' }));
      return answer.TimeToLiveDescription;
    },
    async standing() {
      const { Items } = await client.send(new ScanCommand({ TableName: 'sessions' }));
      return Items!.map(({ pk }) => pk!.S!).toSorted((a, b) => (a < b ? -1 : 1));
    },
    /** Moves the clock and waits until an item that has expired by then is gone. */
    async advance(toSecond: number, gone: string) {
      const { clock } = cloud.inside;
      clock.advance((NOW + toSecond) * 1000 - clock.now());
      await vi.waitFor(async () => expect(await this.standing()).not.toContain(gone));
    },
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
}

test('items go when their second has passed', async () => {
  await using table = await start();
  await table.createTable();
  await table.put('before', NOW + 60); // stands before time to live is turned on
  expect(await table.enable()).toEqual({ Enabled: true, AttributeName: 'expires' });
  expect(await table.status()).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' });
  await table.put('after', NOW + 90);
  await table.put('later', NOW + 600);
  await table.put('prolonged', NOW + 60);
  await table.put('text', String(NOW));
  await table.put('long ago', NOW - 6 * 365 * 24 * 60 * 60);
  await table.client.send(
    new UpdateItemCommand({
      TableName: 'sessions',
      Key: { pk: { S: 'prolonged' } },
      UpdateExpression: 'SET expires = :later',
      ExpressionAttributeValues: { ':later': { N: String(NOW + 600) } },
    }),
  );
  expect(await table.standing()).toHaveLength(6);
  await table.advance(180, 'after');
  expect(await table.standing()).toEqual(['later', 'long ago', 'prolonged', 'text']);
  await table.advance(700, 'later');
  expect(await table.standing()).toEqual(['long ago', 'text']);
});

test('a deletion by time to live is seen in indexes and, signed, in the stream', async () => {
  await using table = await start();
  await table.createTable({
    AttributeDefinitions: ['pk', 'expires'].map((AttributeName) => ({
      AttributeName,
      AttributeType: AttributeName === 'pk' ? 'S' : 'N',
    })),
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-expiry',
        KeySchema: [{ AttributeName: 'expires', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'OLD_IMAGE' },
  });
  await table.enable();
  await table.put('a', NOW + 1);
  const described = async () =>
    (await table.client.send(new DescribeTableCommand({ TableName: 'sessions' }))).Table!;
  const indexed = async () => (await described()).GlobalSecondaryIndexes![0]!.ItemCount;
  expect(await indexed()).toBe(1);
  await table.advance(120, 'a');
  expect(await indexed()).toBe(0);

  const records = await readStream(
    table.cloud.client(DynamoDBStreamsClient),
    (await described()).LatestStreamArn!,
  );
  expect(records).toMatchObject([
    { eventName: 'INSERT' },
    {
      eventName: 'REMOVE',
      userIdentity: { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' },
      dynamodb: { OldImage: { pk: { S: 'a' } } },
    },
  ]);
  expect(records[0]!.userIdentity).toBeUndefined();
});

test('an item that was prolonged while its deletion was due stays', async () => {
  await using table = await start();
  await table.createTable();
  await table.enable();
  await table.put('a', NOW + 60);
  table.cloud.inside.clock.advance(59_000);
  await table.put('a', NOW + 200);
  await table.put('b', NOW + 61);
  await table.advance(130, 'b');
  expect(await table.standing()).toEqual(['a']);
});

test('the setting is changed as AWS lets it be', async () => {
  await using table = await start();
  await expect(table.enable()).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Requested resource not found: Table: sessions not found',
  });
  await table.createTable();
  const refused = (message: string) => ({ name: 'ValidationException', message });
  expect(await table.status()).toEqual({ TimeToLiveStatus: 'DISABLED' });
  await expect(table.enable(false)).rejects.toMatchObject(
    refused('TimeToLive is already disabled'),
  );
  await table.enable();
  await expect(table.enable()).rejects.toMatchObject(refused('TimeToLive is already enabled'));
  for (const enabled of [true, false]) {
    await expect(table.enable(enabled, 'other')).rejects.toMatchObject(
      refused(
        'TimeToLive is active on a different AttributeName: current AttributeName is expires',
      ),
    );
  }
  await expect(table.enable(false)).rejects.toMatchObject(
    refused('Time to live has been modified multiple times within a fixed interval'),
  );
  table.cloud.inside.clock.advance(HOUR_MS);
  expect(await table.enable(false)).toEqual({ Enabled: false, AttributeName: 'expires' });
  expect(await table.status()).toEqual({ TimeToLiveStatus: 'DISABLED' });
});

test('nothing goes once it is turned off, and by the new attribute once it is on again', async () => {
  await using table = await start();
  await table.createTable();
  await table.enable();
  await table.put('a', NOW + 2 * 3600);
  table.cloud.inside.clock.advance(HOUR_MS);
  await table.enable(false);
  await table.put('b', NOW + 2 * 3600);
  table.cloud.inside.clock.advance(HOUR_MS);
  await table.enable(true, 'other');
  await table.put('c', NOW + 2 * 3600, 'other');
  await table.advance(2 * 3600 + 120, 'c');
  expect(await table.standing()).toEqual(['a', 'b']);
});

test('a table of the same name inherits nothing', async () => {
  await using table = await start();
  await table.createTable();
  await table.enable();
  await table.put('a', NOW + 60);
  await table.client.send(new DeleteTableCommand({ TableName: 'sessions' }));
  await table.settled();
  await table.createTable();
  await table.put('a', NOW + 60);
  await table.put('b', NOW + 60);
  await table.enable(true, 'other');
  await table.put('c', NOW + 60, 'other');
  await table.advance(180, 'c');
  expect(await table.standing()).toEqual(['a', 'b']);
});

test('what expired while no server ran goes when one starts, each item with a record', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'time-to-live-'));
  try {
    const store = { dataDir };
    {
      await using before = await start({ store });
      await before.createTable({
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
      });
      for (const pk of ['a', 'b', 'c']) await before.put(pk, NOW + 60);
      await before.put('d', NOW + 6000);
      await before.enable();
    }
    const clock = new MovableClock((NOW + 600) * 1000);
    await using after = await start({ store, clock });
    await after.advance(600, 'a');
    expect(await after.standing()).toEqual(['d']);
    const { Table } = await after.client.send(new DescribeTableCommand({ TableName: 'sessions' }));
    const records = await readStream(
      after.cloud.client(DynamoDBStreamsClient),
      Table!.LatestStreamArn!,
    );
    const names = records.map(({ eventName }) => eventName);
    expect(names).toEqual([...Array(4).fill('INSERT'), ...Array(3).fill('REMOVE')]);
  } finally {
    await rm(dataDir, { recursive: true });
  }
});
