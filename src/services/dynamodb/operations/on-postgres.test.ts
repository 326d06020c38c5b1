import {
  DeleteTableCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readStream } from '../../../../test/dynamodb-stream.ts';
import { startTestTable } from '../../../../test/dynamodb-table.ts';
import { dynamodbstreams } from '../../dynamodbstreams/service.ts';
import { dynamodb } from '../service.ts';
import { findPostgres, type PostgresServer, startPostgres } from '../../../../test/postgres.ts';

const programs = findPostgres();

describe.skipIf(!programs)('on PostgreSQL', () => {
  let postgres: PostgresServer;
  let dataDir: string;

  beforeAll(async () => {
    postgres = await startPostgres(programs!);
    dataDir = await mkdtemp(join(tmpdir(), 'alacarte-postgres-'));
  }, 60_000);

  afterAll(async () => {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  test('items are put on conditions, queried in order, scanned and deleted with their table', async () => {
    await using table = await startTestTable('N', {
      store: { dataDir, url: await postgres.database() },
    });
    const { client, TableName } = table;
    const put = (n: number) =>
      client.send(
        new PutItemCommand({
          TableName,
          Item: { pk: { S: 'a' }, sk: { N: String(n) } },
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
    await Promise.all([10, -1, 9, 0].map(put));
    const again = await Promise.allSettled([put(11), put(11), put(11)]);
    expect(again.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { Items } = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk AND sk >= :n',
        ExpressionAttributeValues: { ':pk': { S: 'a' }, ':n': { N: '0' } },
      }),
    );
    expect(Items?.map(({ sk }) => sk?.N)).toEqual(['0', '9', '10', '11']);
    const page = await client.send(new ScanCommand({ TableName, Limit: 3 }));
    expect(page).toMatchObject({ Count: 3, LastEvaluatedKey: { sk: { N: '9' } } });
    await client.send(new DeleteTableCommand({ TableName }));
    await table.cloud.inside.workflows.settled();
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([]);
  });

  test('what expires goes, and is seen in the stream', async () => {
    await using table = await startTestTable(undefined, {
      services: [dynamodb, dynamodbstreams],
      store: { dataDir, url: await postgres.database() },
    });
    const { client, cloud, TableName } = table;
    const enabled = await client.send(
      new UpdateTableCommand({
        TableName,
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
      }),
    );
    await client.send(
      new UpdateTimeToLiveCommand({
        TableName,
        TimeToLiveSpecification: { Enabled: true, AttributeName: 'expires' },
      }),
    );
    await cloud.inside.workflows.settled();
    const second = Math.floor(cloud.inside.clock.now() / 1000);
    for (const [pk, inSeconds] of [
      ['a', 10],
      ['b', 1000],
    ] as const) {
      const Item = { pk: { S: pk }, expires: { N: String(second + inSeconds) } };
      await client.send(new PutItemCommand({ TableName, Item }));
    }
    cloud.inside.clock.advance(100_000);
    await vi.waitFor(async () => {
      const { Items } = await client.send(new ScanCommand({ TableName }));
      expect(Items?.map(({ pk }) => pk?.S)).toEqual(['b']);
    });
    const records = await readStream(
      cloud.client(DynamoDBStreamsClient),
      enabled.TableDescription!.LatestStreamArn!,
    );
    expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'INSERT', 'REMOVE']);
  });
});
