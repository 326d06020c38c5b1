import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateBackupCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  ListBackupsCommand,
  ListTablesCommand,
  PutItemCommand,
  RestoreTableFromBackupCommand,
  RestoreTableToPointInTimeCommand,
  UpdateContinuousBackupsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestCloud } from '../../../../test/cloud.ts';
import { itemsIn, onDemand } from '../../../../test/dynamodb-table.ts';
import { failingAfter, type FailingEngine } from '../../../../test/failing-engine.ts';
import { dynamodb } from '../service.ts';

/** More than one step of a copy. */
const ITEMS = 520;

let root: string;
let seeded: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'backup-crashes-'));
  seeded = join(root, 'seeded');
  await using cloud = await open(seeded);
  const { client } = cloud;
  await client.send(new CreateTableCommand(onDemand('orders')));
  await cloud.settled();
  const recovery = { PointInTimeRecoveryEnabled: true };
  await client.send(
    new UpdateContinuousBackupsCommand({
      TableName: 'orders',
      PointInTimeRecoverySpecification: recovery,
    }),
  );
  await Promise.all(Array.from({ length: ITEMS }, (_, n) => put(client, n, 'before')));
}, 30_000);

afterAll(() => rmSync(root, { recursive: true }));

async function open(dataDir: string, failing?: FailingEngine) {
  const cloud = await startTestCloud({
    services: [dynamodb],
    store: { dataDir },
    ...(failing && { between: failing.between }),
  });
  return {
    client: cloud.client(DynamoDBClient),
    settled: () => cloud.inside.workflows.settled(),
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
}

const put = (client: DynamoDBClient, n: number, when: string) =>
  client.send(
    new PutItemCommand({
      TableName: 'orders',
      Item: { pk: { S: String(n) }, when: { S: when } },
    }),
  );

/** What must not show in what was ordered before. */
async function changeMuch(client: DynamoDBClient): Promise<void> {
  for (let n = 0; n < 3; n++) await put(client, n, 'after');
  await put(client, ITEMS, 'after');
  await client.send(new DeleteItemCommand({ TableName: 'orders', Key: { pk: { S: '3' } } }));
}

const backup = new CreateBackupCommand({ TableName: 'orders', BackupName: 'nightly' });
const restore = new RestoreTableToPointInTimeCommand({
  SourceTableName: 'orders',
  TargetTableName: 'restored',
  UseLatestRestorableTime: true,
});

test.each([
  { name: 'backup', order: (client: DynamoDBClient) => client.send(backup) },
  { name: 'restore', order: (client: DynamoDBClient) => client.send(restore) },
])(
  'a $name that is cut off at any commit ends as if it had not been',
  async ({ name, order }) => {
    let crashes = 0;
    const made: object[] = [];
    for (let commits = 0; ; commits++) {
      const path = join(root, `${name} ${commits}`);
      cpSync(seeded, path, { recursive: true });
      const crashed = await cutOff(path, order, failingAfter(commits));
      const restored = await restoredIn(path);
      rmSync(path, { recursive: true });
      if (restored) {
        const when = [...new Set(restored.map((item) => item['when']!.S))];
        made.push({ commits, items: restored.length, when });
      }
      if (!crashed) break;
      crashes += 1;
    }
    // the order, two steps of a copy, five changes and the progress of each step
    expect(crashes).toBeGreaterThan(10);
    // where the very first commit is refused, nobody has ordered anything
    expect(made).toEqual(
      Array.from({ length: crashes }, (_, n) => ({
        ...{ commits: n + 1, items: ITEMS, when: ['before'] },
      })),
    );
  },
  60_000,
);

/** @returns whether the order was cut off, and not over before */
async function cutOff(
  path: string,
  order: (client: DynamoDBClient) => Promise<unknown>,
  failing: FailingEngine,
): Promise<boolean> {
  await using cloud = await open(path, failing);
  const over = order(cloud.client)
    .then(() => changeMuch(cloud.client))
    .then(() => cloud.settled());
  return await failing.cutsOff(over);
}

/** What was ordered, finished by the next process: `undefined` where no order was taken. */
async function restoredIn(path: string) {
  await using cloud = await open(path);
  const { client, settled } = cloud;
  await settled();
  const { BackupSummaries = [] } = await client.send(new ListBackupsCommand({}));
  for (const { BackupArn } of BackupSummaries) {
    await client.send(
      new RestoreTableFromBackupCommand({ BackupArn, TargetTableName: 'restored' }),
    );
  }
  await settled();
  const { TableNames } = await client.send(new ListTablesCommand({}));
  return TableNames!.includes('restored') ? await itemsIn(client, 'restored') : undefined;
}
