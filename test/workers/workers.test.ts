import { Agent } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ResourceNotFoundException,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ServerProcess, startServer } from '../../tools/server-process.ts';
import { onDemand } from '../dynamodb-table.ts';
import { checkHistory } from '../linearizability/history.ts';

let directory: string;
let server: ServerProcess;
const clients: DynamoDBClient[] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'workers-'));
  server = await startServer(
    ['--import', 'tsx', 'src/cli/main.ts'],
    [
      ...['--data-dir', directory, '--port', '0', '--compute', 'mock', '--allow-reset'],
      ...['--workers', '2', '--log-level', 'silent'],
    ],
  );
  await make('counters');
}, 60_000);

afterAll(async () => {
  for (const each of clients) each.destroy();
  await server?.stop();
  rmSync(directory, { recursive: true, force: true });
}, 60_000);

/** A client with one connection of its own: whichever process takes it serves all of its calls. */
function client(accessKeyId = 'test'): DynamoDBClient {
  const made = new DynamoDBClient({
    endpoint: server.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey: 'test' },
    maxAttempts: 1,
    requestHandler: { httpAgent: new Agent({ keepAlive: true, maxSockets: 1 }) },
  });
  clients.push(made);
  return made;
}

async function make(TableName: string): Promise<void> {
  const any = client();
  await any.send(new CreateTableCommand(onDemand(TableName)));
  await until(async () => {
    const { Table } = await any.send(new DescribeTableCommand({ TableName }));
    return Table?.TableStatus === 'ACTIVE';
  });
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  // oxlint-disable-next-line no-await-in-loop -- one look after the other
  while (!(await holds())) await sleep(20);
}

/** None where the connection was to a process that has just died. */
async function processIds(): Promise<readonly number[]> {
  try {
    const answer = await fetch(`${server.endpoint}/_alacarte/health`);
    return ((await answer.json()) as { processIds: number[] }).processIds;
  } catch {
    return [];
  }
}

/** Adds one to a counter by compare and set, as often as it takes. */
async function increment(by: DynamoDBClient): Promise<void> {
  const TableName = 'counters';
  for (;;) {
    const { Item } = await by.send(
      new GetItemCommand({ TableName, Key: { pk: { S: 'n' } }, ConsistentRead: true }),
    );
    const now = Number(Item?.['n']?.N ?? 0);
    const put = new PutItemCommand({
      TableName,
      Item: { pk: { S: 'n' }, n: { N: String(now + 1) } },
      ConditionExpression: now === 0 ? 'attribute_not_exists(n)' : 'n = :now',
      ...(now > 0 && { ExpressionAttributeValues: { ':now': { N: String(now) } } }),
    });
    try {
      await by.send(put);
      return;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}

test('concurrent increments through every process are all counted', async () => {
  const crowd = Array.from({ length: 12 }, () => client());
  await Promise.all(
    crowd.map(async (by) => {
      for (let round = 0; round < 5; round++) await increment(by);
    }),
  );
  const { Item } = await crowd[0]!.send(
    new GetItemCommand({ TableName: 'counters', Key: { pk: { S: 'n' } } }),
  );
  expect(Item?.['n']?.N).toBe('60');
});

test('concurrent additions through every process, by themselves and in transactions, are all counted', async () => {
  await make('totals');
  const adding = (name: string) => ({
    TableName: 'totals',
    Key: { pk: { S: name } },
    UpdateExpression: 'ADD n :one',
    ExpressionAttributeValues: { ':one': { N: '1' } },
  });
  const both = [{ Update: adding('all') }, { Update: adding('in transactions') }];
  /** As often as it takes: a transaction meets others of its own process on the way. */
  const certainly = async (add: () => Promise<unknown>): Promise<void> => {
    for (;;) {
      try {
        await add();
        return;
      } catch (error) {
        if (
          !(error instanceof Error && /TransactionConflict/.test(`${error.name} ${error.message}`))
        )
          throw error;
      }
    }
  };
  const crowd = Array.from({ length: 8 }, () => client());
  await Promise.all(
    crowd.map(async (by) => {
      for (let round = 0; round < 8; round++) {
        await certainly(() => by.send(new UpdateItemCommand(adding('all'))));
        await certainly(() => by.send(new TransactWriteItemsCommand({ TransactItems: both })));
      }
    }),
  );
  const { Responses } = await crowd[0]!.send(
    new TransactGetItemsCommand({
      TransactItems: both.map(({ Update: { TableName, Key } }) => ({ Get: { TableName, Key } })),
    }),
  );
  expect(Responses?.map(({ Item }) => Item?.['n']?.N)).toEqual(['128', '64']);
});

test('one order explains what clients of all processes are answered', async () => {
  await make('histories');
  const crowd = Array.from({ length: 8 }, () => client());
  const calls = await checkHistory(crowd, 'histories', { calls: 40, seed: Date.now() });
  expect(calls).toHaveLength(320);
});

test('what one process deleted is gone in all of them, what it made is there', async () => {
  const crowd = Array.from({ length: 12 }, () => client());
  const Key = { pk: { S: 'a' } };
  for (const TableName of ['first', 'second']) {
    await make(TableName);
    await Promise.all(crowd.map((by) => by.send(new PutItemCommand({ TableName, Item: Key }))));
    await crowd[0]!.send(new DeleteTableCommand({ TableName }));
    const outcomes = await Promise.allSettled(
      crowd.map((by) => by.send(new GetItemCommand({ TableName, Key }))),
    );
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ reason: expect.any(ResourceNotFoundException) as unknown });
    }
  }
});

test('calls of every process are in the activity', async () => {
  const crowd = Array.from({ length: 12 }, () => client('seen'));
  const Key = { pk: { S: 'seen' } };
  for (const by of crowd) await by.send(new GetItemCommand({ TableName: 'counters', Key }));
  const calls = async (): Promise<number> => {
    const answer = await fetch(`${server.endpoint}/_alacarte/activity?follow=false`);
    return (await answer.text()).split('\n').filter((line) => line.includes('"seen"')).length;
  };
  await until(async () => (await calls()) >= crowd.length);
  expect(await calls()).toBe(crowd.length);
});

test('a process that dies is replaced, and nothing is lost', async () => {
  const [leader, worker] = await processIds();
  expect(leader).toBe(server.pid);
  process.kill(worker!, 'SIGKILL');
  await until(async () => {
    const [, now] = await processIds();
    return now !== undefined && now !== worker;
  });
  const crowd = Array.from({ length: 12 }, () => client());
  await Promise.all(crowd.map(increment));
  const { Item } = await crowd[0]!.send(
    new GetItemCommand({ TableName: 'counters', Key: { pk: { S: 'n' } } }),
  );
  expect(Item?.['n']?.N).toBe('72');
});

test('a reset empties all of them', async () => {
  const crowd = Array.from({ length: 12 }, () => client());
  const Key = { pk: { S: 'n' } };
  await Promise.all(crowd.map((by) => by.send(new GetItemCommand({ TableName: 'counters', Key }))));
  expect((await fetch(`${server.endpoint}/_alacarte/reset`, { method: 'POST' })).status).toBe(200);
  await make('counters');
  const found = await Promise.all(
    crowd.map((by) => by.send(new GetItemCommand({ TableName: 'counters', Key }))),
  );
  expect(found.map(({ Item }) => Item)).toEqual(crowd.map(() => undefined));
});
