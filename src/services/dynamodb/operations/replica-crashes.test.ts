import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestCloud } from '../../../../test/cloud.ts';
import { itemsIn, onDemand } from '../../../../test/dynamodb-table.ts';
import { failingAfter, type FailingEngine } from '../../../../test/failing-engine.ts';
import { dynamodb } from '../service.ts';

/** More than one step of a copy. */
const ITEMS = 505;
const REGIONS = ['us-east-1', 'eu-west-1'];

let root: string;
let seeded: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'replica-crashes-'));
  seeded = join(root, 'seeded');
  await using cloud = await open(seeded);
  await cloud.east.send(new CreateTableCommand(onDemand('orders')));
  await cloud.settled();
  await Promise.all(Array.from({ length: ITEMS }, (_, n) => put(cloud.east, `before-${n}`, '')));
}, 30_000);

afterAll(() => rmSync(root, { recursive: true }));

async function open(dataDir: string, failing?: FailingEngine) {
  const cloud = await startTestCloud({
    services: [dynamodb],
    store: { dataDir },
    ...(failing && { between: failing.between }),
  });
  const [east, west] = REGIONS.map((region) => cloud.client(DynamoDBClient, { region }));
  return {
    east: east!,
    west: west!,
    settled: () => cloud.inside.workflows.settled(),
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
}

type OpenCloud = Awaited<ReturnType<typeof open>>;

const put = (client: DynamoDBClient, pk: string, from: string) =>
  client.send(
    new PutItemCommand({ TableName: 'orders', Item: { pk: { S: pk }, from: { S: from } } }),
  );

const replicate = new UpdateTableCommand({
  TableName: 'orders',
  ReplicaUpdates: [{ Create: { RegionName: 'eu-west-1' } }],
});

test('a replica that is cut off at any commit has everything in the end', async () => {
  const ends: object[] = [];
  for (let commits = 1; ; commits++) {
    const path = join(root, String(commits));
    cpSync(seeded, path, { recursive: true });
    const acknowledged: string[] = [];
    const crashed = await cutOff(path, failingAfter(commits), acknowledged);
    ends.push({ commits, ...(await endOf(path, acknowledged)) });
    rmSync(path, { recursive: true });
    if (!crashed) break;
  }
  expect(ends).toEqual(
    ends.map((_, n) => ({ commits: n + 1, status: 'ACTIVE', before: ITEMS, lost: [] })),
  );
  // the order, two steps of a copy, six writes, what replication makes of them, and progress
  expect(ends.length).toBeGreaterThan(15);
}, 60_000);

/** @returns whether it was cut off, and not over before */
async function cutOff(
  path: string,
  failing: FailingEngine,
  acknowledged: string[],
): Promise<boolean> {
  await using cloud = await open(path, failing);
  const write = async (client: DynamoDBClient, pk: string, from: string) => {
    await put(client, pk, from);
    acknowledged.push(pk);
  };
  const order = async () => {
    await cloud.east.send(replicate);
    await cloud.settled();
    for (const round of ['one', 'two']) {
      await Promise.all([
        write(cloud.east, `east-${round}`, 'east'),
        write(cloud.west, `west-${round}`, 'west'),
        write(cloud.east, 'both', `east-${round}`),
        write(cloud.west, 'both', `west-${round}`),
      ]);
    }
    await same(cloud);
  };
  return await failing.cutsOff(order());
}

/** What the next process makes of it. */
async function endOf(path: string, acknowledged: readonly string[]) {
  await using cloud = await open(path);
  await cloud.settled();
  const { Table } = await cloud.west.send(new DescribeTableCommand({ TableName: 'orders' }));
  const found = (await same(cloud)).map(({ pk }) => pk!.S!);
  return {
    status: Table!.TableStatus,
    before: found.filter((pk) => pk.startsWith('before')).length,
    lost: acknowledged.filter((pk) => !found.includes(pk)),
  };
}

/** Waits until what has happened in each region has come to the other; then both are the same. */
async function same({ east, west }: OpenCloud) {
  await put(east, 'mark-east', 'east');
  await put(west, 'mark-west', 'west');
  // changes come in the order in which they were made
  await expect
    .poll(async () => (await has(west, 'mark-east')) && (await has(east, 'mark-west')), {
      interval: 5,
    })
    .toBe(true);
  const [there, here] = await Promise.all([itemsIn(east, 'orders'), itemsIn(west, 'orders')]);
  expect(there).toEqual(here);
  return there;
}

async function has(client: DynamoDBClient, pk: string): Promise<boolean> {
  const Key = { pk: { S: pk } };
  return (await client.send(new GetItemCommand({ TableName: 'orders', Key }))).Item !== undefined;
}
