import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AttributeValue,
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  ScanCommand,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient, type _Record } from '@aws-sdk/client-dynamodb-streams';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ServerProcess, startServer } from '../../tools/server-process.ts';
import { readStream } from '../dynamodb-stream.ts';
import { onDemand } from '../dynamodb-table.ts';

type Item = Record<string, AttributeValue>;

const ROUNDS = 5;
const KEYS = 12;
const source = ['--import', 'tsx', 'src/cli/main.ts'];
const directory = mkdtempSync(join(tmpdir(), 'chaos-'));
let server: ServerProcess;
let tables: DynamoDBClient;
let streams: DynamoDBStreamsClient;
let streamArn: string;

beforeAll(async () => {
  await start();
  const { TableDescription } = await tables.send(
    new CreateTableCommand({
      ...onDemand('items'),
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  );
  streamArn = TableDescription!.LatestStreamArn!;
  const TableName = 'items';
  await until(async () => {
    const { Table } = await tables.send(new DescribeTableCommand({ TableName }));
    return Table?.TableStatus === 'ACTIVE';
  });
  await tables.send(
    new UpdateTimeToLiveCommand({
      TableName,
      TimeToLiveSpecification: { Enabled: true, AttributeName: 'expires' },
    }),
  );
}, 60_000);

afterAll(async () => {
  await server?.stop();
  rmSync(directory, { recursive: true, force: true });
}, 60_000);

async function start(): Promise<void> {
  const options = ['--port', '0', '--data-dir', directory, '--compute', 'mock'];
  server = await startServer(source, [...options, '--log-level', 'error']);
  const configuration = {
    endpoint: server.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  };
  tables = new DynamoDBClient(configuration);
  streams = new DynamoDBStreamsClient(configuration);
}

/** Moves the clock, which a killed server forgets: its successor's time goes back. */
async function advance(seconds: number): Promise<void> {
  const body = JSON.stringify({ advanceSeconds: seconds });
  const answer = await fetch(`${server.endpoint}/_alacarte/clock`, { method: 'POST', body });
  expect(answer.status).toBe(200);
}

/** Writes of every kind to a few keys; each but a deletion leaves a mark of its own, which is noted once it is acknowledged. */
async function write(mark: string, acknowledged: Set<string>): Promise<void> {
  const key = { pk: { S: `key-${Math.floor(Math.random() * KEYS)}` } };
  const TableName = 'items';
  const second = Math.floor(Date.now() / 1000) + (Math.random() < 0.3 ? -5 : 3600);
  const expires = { N: String(second) };
  if (Math.random() < 0.2) {
    await tables.send(new DeleteItemCommand({ TableName, Key: key }));
    return;
  }
  if (Math.random() < 0.5) {
    const Item = { ...key, mark: { S: mark }, expires };
    await tables.send(new PutItemCommand({ TableName, Item }));
    acknowledged.add(mark);
    return;
  }
  await tables.send(
    new UpdateItemCommand({
      TableName,
      Key: key,
      UpdateExpression: 'SET mark = :mark ADD changes :one',
      ExpressionAttributeValues: { ':mark': { S: mark }, ':one': { N: '1' } },
    }),
  );
  acknowledged.add(mark);
}

/** What the stream says stands in the table, each record following on what stood before. */
function replay(records: readonly _Record[]): Map<string, Item> {
  const standing = new Map<string, Item>();
  for (const { dynamodb: change } of records) {
    const pk = change!.Keys!['pk']!.S!;
    expect(change!.OldImage).toEqual(standing.get(pk));
    if (change!.NewImage) standing.set(pk, change!.NewImage);
    else standing.delete(pk);
  }
  return standing;
}

test(
  'a stream has each change once and in order, whenever the server is killed',
  { timeout: 120_000 },
  async () => {
    const acknowledged = new Set<string>();
    let records: _Record[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      if (round === 2) await advance(10 * 60);
      const writes = Array.from({ length: 60 }, (_, number) => `${round}-${number}`).map((mark) =>
        write(mark, acknowledged),
      );
      const over = Promise.allSettled(writes);
      // The last round is left to finish, so that something is acknowledged on any machine.
      if (round < ROUNDS - 1) await sleep(Math.random() * 300);
      else await over;
      await server.stop('SIGKILL');
      await over;
      await start();

      const before = records.map(({ eventID }) => eventID);
      const read = async () => {
        records = await readStream(streams, streamArn);
        const { Items = [] } = await tables.send(
          new ScanCommand({ TableName: 'items', ConsistentRead: true }),
        );
        return new Map(Items.map((item) => [item['pk']!.S!, item]));
      };
      // What has expired is taken away at start.
      await until(async () => {
        return [...(await read()).values()].every(({ expires }) => isAhead(expires));
      });
      const standing = await read();
      expect(replay(records)).toEqual(standing);
      const events = records.map(({ eventID }) => eventID);
      expect(events.slice(0, before.length)).toEqual(before);
      expect(new Set(events).size).toBe(events.length);
    }
    const told = new Set(records.flatMap(({ dynamodb: change }) => change!.NewImage?.['mark']?.S));
    const deletions = records.filter(({ eventName }) => eventName === 'REMOVE');
    expect(deletions.some(({ userIdentity }) => userIdentity)).toBe(true);
    expect(deletions.some(({ userIdentity }) => !userIdentity)).toBe(true);
    expect(acknowledged.size).toBeGreaterThan(0);
    expect([...acknowledged].filter((mark) => !told.has(mark))).toEqual([]);
  },
);

function isAhead(expires: AttributeValue | undefined): boolean {
  return expires === undefined || Number(expires.N) > Date.now() / 1000;
}

/** Looks again until it is so; what never becomes so ends in the test's own time limit. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(20);
}
