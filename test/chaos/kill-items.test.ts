import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AttributeValue,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient, type _Record } from '@aws-sdk/client-dynamodb-streams';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ServerProcess, startServer } from '../../tools/server-process.ts';
import { readStream } from '../dynamodb-stream.ts';
import { built } from '../built.ts';
import { until } from './until.ts';

type Item = Record<string, AttributeValue>;

const ROUNDS = 4;
const WRITES = 60;
const ACCOUNTS = 5;
const BALANCE = 100;
const TableName = 'items';
const directory = mkdtempSync(join(tmpdir(), 'chaos-'));
let server: ServerProcess;
let tables: DynamoDBClient;
let streams: DynamoDBStreamsClient;
let streamArn: string;

beforeAll(async () => {
  await start();
  streamArn = await createTable();
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
  for (let number = 0; number < ACCOUNTS; number++) {
    const Item = { ...account(number), balance: { N: String(BALANCE) }, rank: { N: '1' } };
    await tables.send(new PutItemCommand({ TableName, Item }));
  }
}, 60_000);

afterAll(async () => {
  await server?.stop();
  rmSync(directory, { recursive: true, force: true });
}, 60_000);

async function start(): Promise<void> {
  const options = ['--port', '0', '--data-dir', directory, '--compute', 'mock'];
  server = await startServer(built, [...options, '--log-level', 'error']);
  const configuration = {
    endpoint: server.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  };
  tables = new DynamoDBClient(configuration);
  streams = new DynamoDBStreamsClient(configuration);
}

/** @returns the ARN of its stream */
async function createTable(): Promise<string> {
  const key = (hashKey: string, rangeKey: string) => [
    { AttributeName: hashKey, KeyType: 'HASH' as const },
    { AttributeName: rangeKey, KeyType: 'RANGE' as const },
  ];
  const { TableDescription } = await tables.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'group', 'rank'].map((AttributeName) => ({
        AttributeName,
        AttributeType: AttributeName === 'rank' ? 'N' : 'S',
      })),
      KeySchema: key('pk', 'sk'),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-group',
          KeySchema: key('group', 'rank'),
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      LocalSecondaryIndexes: [
        {
          IndexName: 'by-rank',
          KeySchema: key('pk', 'rank'),
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  );
  return TableDescription!.LatestStreamArn!;
}

/** Moves the clock, which a killed server forgets: its successor's time goes back. */
async function advance(seconds: number): Promise<void> {
  const body = JSON.stringify({ advanceSeconds: seconds });
  const answer = await fetch(`${server.endpoint}/_alacarte/clock`, { method: 'POST', body });
  expect(answer.status).toBe(200);
}

const secondsAgo = (count: number) => Math.floor(Date.now() / 1000) - count;
const random = (below: number) => Math.floor(Math.random() * below);
const account = (number: number): Item => ({ pk: { S: 'account' }, sk: { S: String(number) } });
const anyKey = (): Item => ({ pk: { S: `p${random(3)}` }, sk: { S: `s${random(4)}` } });

/** An item that may be in either index, or have expired already. */
function anyItem(key: Item, mark: string): Item {
  const second = secondsAgo(Math.random() < 0.3 ? 5 : -3600);
  return {
    ...key,
    mark: { S: mark },
    expires: { N: String(second) },
    ...(Math.random() < 0.7 && { rank: { N: String(random(5)) } }),
    ...(Math.random() < 0.7 && { group: { S: `g${random(3)}` } }),
  };
}

/** Writes of every kind; each answers once it is acknowledged. `mark` is its own. */
const kinds: readonly ((mark: string) => Promise<unknown>)[] = [
  (mark) => tables.send(new PutItemCommand({ TableName, Item: anyItem(anyKey(), mark) })),
  (mark) =>
    tables.send(
      new UpdateItemCommand({
        TableName,
        Key: anyKey(),
        UpdateExpression: 'SET mark = :mark, #rank = :rank ADD changes :one',
        ExpressionAttributeNames: { '#rank': 'rank' },
        ExpressionAttributeValues: {
          ':mark': { S: mark },
          ':rank': { N: String(random(5)) },
          ':one': { N: '1' },
        },
      }),
    ),
  () => tables.send(new DeleteItemCommand({ TableName, Key: anyKey() })),
  (mark) => {
    const pk = { S: `p${random(3)}` };
    const requests = ['s0', 's1', 's2', 's3'].map((sk) => {
      const key = { pk, sk: { S: sk } };
      return sk === 's3'
        ? { DeleteRequest: { Key: key } }
        : { PutRequest: { Item: anyItem(key, mark) } };
    });
    return tables.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
  },
  (mark) => {
    const from = random(ACCOUNTS);
    const to = (from + 1 + random(ACCOUNTS - 1)) % ACCOUNTS;
    const move = (number: number, amount: number) => ({
      Update: {
        TableName,
        Key: account(number),
        UpdateExpression: 'SET mark = :mark, #rank = :rank ADD balance :amount',
        ConditionExpression: 'balance > :least',
        ExpressionAttributeNames: { '#rank': 'rank' },
        ExpressionAttributeValues: {
          ':mark': { S: mark },
          ':rank': { N: String(random(5)) },
          ':amount': { N: String(amount) },
          ':least': { N: '10' },
        },
      },
    });
    const amount = 1 + random(10);
    const TransactItems = [move(from, -amount), move(to, amount)];
    return tables.send(new TransactWriteItemsCommand({ TransactItems }));
  },
];

const placeOf = ({ pk, sk }: Item) => `${pk!.S}/${sk!.S}`;

async function scan(IndexName?: string): Promise<Map<string, Item>> {
  const { Items = [] } = await tables.send(new ScanCommand({ TableName, IndexName }));
  const places = new Map(Items.map((item) => [placeOf(item), item]));
  expect(places.size).toBe(Items.length);
  return places;
}

/** What the stream says stands in the table, each record following on what stood before. */
function replay(records: readonly _Record[]): Map<string, Item> {
  const standing = new Map<string, Item>();
  for (const { dynamodb: change } of records) {
    const place = placeOf(change!.Keys!);
    expect(change!.OldImage).toEqual(standing.get(place));
    if (change!.NewImage) standing.set(place, change!.NewImage);
    else standing.delete(place);
  }
  return standing;
}

async function indexesAgreeWith(standing: ReadonlyMap<string, Item>): Promise<void> {
  const entries = [...standing];
  const grouped = entries.filter(([, { group, rank }]) => group && rank);
  const ranked = entries.filter(([, { rank }]) => rank);
  expect(await scan('by-group')).toEqual(new Map(grouped));
  expect(await scan('by-rank')).toEqual(
    new Map(ranked.map(([place, { pk, sk, rank }]) => [place, { pk, sk, rank }])),
  );
}

function nothingIsHalfDone(records: readonly _Record[], standing: ReadonlyMap<string, Item>): void {
  const balances = [...standing.values()].flatMap(({ balance }) => balance ?? []);
  expect(balances).toHaveLength(ACCOUNTS);
  const sum = balances.reduce((total, { N }) => total + Number(N), 0);
  expect(sum).toBe(ACCOUNTS * BALANCE);
  const moves = new Map<string, number>();
  for (const { dynamodb: change } of records) {
    const { pk, mark } = change!.NewImage ?? {};
    if (pk?.S === 'account' && mark) moves.set(mark.S!, (moves.get(mark.S!) ?? 0) + 1);
  }
  expect(new Set(moves.values())).toEqual(new Set(moves.size > 0 ? [2] : []));
}

test(
  'items, indexes, streams and transactions agree, whenever the server is killed',
  { timeout: 120_000 },
  async () => {
    const acknowledged = new Set<string>();
    let records: _Record[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      if (round === 2) await advance(10 * 60);
      const writes = Array.from({ length: WRITES }, async (_, number) => {
        const kind = number % kinds.length;
        const mark = `${round}-${number}`;
        await kinds[kind]!(mark);
        // a deletion leaves no mark
        if (kind !== 2) acknowledged.add(mark);
      });
      const over = Promise.allSettled(writes);
      // The last round is left to finish, so that every kind of write is there on any machine.
      if (round < ROUNDS - 1) await sleep(Math.random() * 300);
      else {
        await over;
        const Item = {
          pk: { S: 'gone' },
          sk: { S: 'gone' },
          expires: { N: String(secondsAgo(5)) },
        };
        await tables.send(new PutItemCommand({ TableName, Item }));
      }
      await server.stop('SIGKILL');
      await over;
      await start();

      // What has expired is taken away at start.
      await until(async () => [...(await scan()).values()].every(isAhead));
      const before = records.map(({ eventID }) => eventID);
      records = await readStream(streams, streamArn);
      const events = records.map(({ eventID }) => eventID);
      expect(events.slice(0, before.length)).toEqual(before);
      expect(new Set(events).size).toBe(events.length);
      const standing = await scan();
      expect(replay(records)).toEqual(standing);
      await indexesAgreeWith(standing);
      nothingIsHalfDone(records, standing);
    }
    const told = new Set(records.map(({ dynamodb: change }) => change!.NewImage?.['mark']?.S));
    expect(acknowledged.size).toBeGreaterThan(0);
    expect([...acknowledged].filter((mark) => !told.has(mark))).toEqual([]);
    const deletions = records.filter(({ eventName }) => eventName === 'REMOVE');
    expect(deletions.some(({ userIdentity }) => userIdentity)).toBe(true);
  },
);

function isAhead({ expires }: Item): boolean {
  return expires === undefined || Number(expires.N) > Date.now() / 1000;
}
