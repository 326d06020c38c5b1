import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  PutItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { MovableClock } from '../../../kernel/clock.ts';
import { startTestCloud } from '../../../../test/cloud.ts';
import { itemsIn, onDemand } from '../../../../test/dynamodb-table.ts';
import { failingAfter, type FailingEngine } from '../../../../test/failing-engine.ts';
import { dynamodb } from '../service.ts';

const TableName = 'sessions';
const NOW_MS = new Date('2026-11-23T12:00:00Z').getTime();

let root: string;
let seeded: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'time-to-live-crashes-'));
  seeded = join(root, 'seeded');
  await using cloud = await open(seeded, NOW_MS);
  await cloud.client.send(new CreateTableCommand(onDemand(TableName)));
  await cloud.settled();
  for (const [pk, inSeconds] of [
    ['a', 10],
    ['b', 20],
    ['c', 10_000],
  ] as const) {
    const Item = { pk: { S: pk }, expires: { N: String(NOW_MS / 1000 + inSeconds) } };
    await cloud.client.send(new PutItemCommand({ TableName, Item }));
  }
});

afterAll(() => rmSync(root, { recursive: true }));

async function open(dataDir: string, nowMs: number, failing?: FailingEngine) {
  const cloud = await startTestCloud({
    services: [dynamodb],
    store: { dataDir },
    clock: new MovableClock(nowMs),
    ...(failing && { between: failing.between }),
  });
  return {
    client: cloud.client(DynamoDBClient),
    settled: () => cloud.inside.workflows.settled(),
    minutePasses: () => cloud.inside.clock.advance(60_000),
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
}

const enable = new UpdateTimeToLiveCommand({
  TableName,
  TimeToLiveSpecification: { Enabled: true, AttributeName: 'expires' },
});

/** @returns whether the store refused a commit */
async function cutOff(dataDir: string, failing: FailingEngine): Promise<boolean> {
  await using cloud = await open(dataDir, NOW_MS, failing);
  return await failing.cutsOff(cloud.client.send(enable).then(() => cloud.settled()));
}

test('enabling that is cut off at any commit goes on, and what expired goes', async () => {
  const ends: object[] = [];
  for (let commits = 0, crashed = true; crashed; commits++) {
    const path = join(root, `after ${commits}`);
    cpSync(seeded, path, { recursive: true });
    crashed = await cutOff(path, failingAfter(commits));
    await using cloud = await open(path, NOW_MS + 60_000);
    await cloud.settled();
    const { TimeToLiveDescription } = await cloud.client.send(
      new DescribeTimeToLiveCommand({ TableName }),
    );
    const status = TimeToLiveDescription!.TimeToLiveStatus!;
    const left = status === 'ENABLED' ? ['c'] : ['a', 'b', 'c'];
    await vi.waitFor(async () => {
      cloud.minutePasses();
      const items = await itemsIn(cloud.client, TableName);
      expect(new Set(items.map(({ pk }) => pk!.S))).toEqual(new Set(left));
    });
    ends.push({ commits, status });
  }
  // where the very first commit is refused, nothing has been ordered
  expect(ends.length).toBeGreaterThan(4);
  expect(ends).toEqual(
    ends.map((_, commits) => ({ commits, status: commits === 0 ? 'DISABLED' : 'ENABLED' })),
  );
});
