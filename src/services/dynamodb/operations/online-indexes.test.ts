import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  type GlobalSecondaryIndexUpdate,
  PutItemCommand,
  ScanCommand,
  UpdateItemCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestOptions, startTestCloud } from '../../../../test/cloud.ts';
import { onDemand } from '../../../../test/dynamodb-table.ts';
import { dynamodb } from '../service.ts';

const TableName = 'orders';
const byDish: GlobalSecondaryIndexUpdate = {
  Create: {
    IndexName: 'by-dish',
    KeySchema: [
      { AttributeName: 'dish', KeyType: 'HASH' },
      { AttributeName: 'price', KeyType: 'RANGE' },
    ],
    Projection: { ProjectionType: 'KEYS_ONLY' },
  },
};
const deletion: GlobalSecondaryIndexUpdate = { Delete: { IndexName: 'by-dish' } };

/** A cloud with an index being added to a table, and what is sent to it. */
async function start(options: TestOptions = {}) {
  const cloud = await startTestCloud({ services: [dynamodb], ...options });
  const client = cloud.client(DynamoDBClient);
  const entries = async () =>
    (await client.send(new ScanCommand({ TableName, IndexName: 'by-dish' }))).Items!.map(
      ({ pk, price }) => `${pk!.S} ${price!.N}`,
    );
  return {
    cloud,
    client,
    settled: () => cloud.inside.workflows.settled(),
    table: async () => (await client.send(new DescribeTableCommand({ TableName }))).Table!,
    put: (pk: string, price: string, dish = 'soup') =>
      client.send(
        new PutItemCommand({
          TableName,
          Item: { pk: { S: pk }, dish: { S: dish }, price: { N: price }, note: { S: 'hot' } },
        }),
      ),
    change: async (update: GlobalSecondaryIndexUpdate, attributes = 'dish:S price:N') =>
      (
        await client.send(
          new UpdateTableCommand({
            TableName,
            AttributeDefinitions: attributes.split(' ').map((text) => {
              const [AttributeName, type] = text.split(':');
              return { AttributeName, AttributeType: type as 'S' };
            }),
            GlobalSecondaryIndexUpdates: [update],
          }),
        )
      ).TableDescription!,
    /** In order. */
    entries: async () => (await entries()).toSorted(),
    async create() {
      await client.send(new CreateTableCommand(onDemand(TableName)));
      await cloud.inside.workflows.settled();
    },
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
}

test('an index is added to a table with items, and removed', async () => {
  await using at = await start();
  await at.create();
  for (const pk of ['a', 'b', 'c']) await at.put(pk, '7');
  await at.client.send(new PutItemCommand({ TableName, Item: { pk: { S: 'no dish' } } }));
  const creating = await at.change(byDish);
  expect(creating).toMatchObject({
    TableStatus: 'UPDATING',
    GlobalSecondaryIndexes: [
      { IndexName: 'by-dish', IndexStatus: 'CREATING', Backfilling: false, ItemCount: 0 },
    ],
  });
  await at.settled();
  const active = await at.table();
  expect(active).toMatchObject({
    TableStatus: 'ACTIVE',
    AttributeDefinitions: [
      { AttributeName: 'dish', AttributeType: 'S' },
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'price', AttributeType: 'N' },
    ],
    GlobalSecondaryIndexes: [{ IndexStatus: 'ACTIVE', ItemCount: 3 }],
  });
  expect(active.GlobalSecondaryIndexes![0]!.Backfilling).toBeUndefined();
  expect(await at.entries()).toEqual(['a 7', 'b 7', 'c 7']);

  const deleting = await at.change(deletion);
  expect(deleting).toMatchObject({
    TableStatus: 'UPDATING',
    GlobalSecondaryIndexes: [{ IndexStatus: 'DELETING' }],
  });
  await at.settled();
  const left = await at.table();
  expect(left.TableStatus).toBe('ACTIVE');
  expect(left.GlobalSecondaryIndexes).toBeUndefined();
  expect(left.AttributeDefinitions).toEqual([{ AttributeName: 'pk', AttributeType: 'S' }]);
  await at.change(byDish);
  await at.settled();
  expect(await at.entries()).toEqual(['a 7', 'b 7', 'c 7']);
});

test('items that cannot be in an index are left out, and can be mended', async () => {
  await using at = await start();
  await at.create();
  await at.put('a', '7');
  const Key = { pk: { S: 'b' } };
  const odd = { ...Key, dish: { S: 'soup' }, price: { S: 'dear' } };
  await at.client.send(new PutItemCommand({ TableName, Item: odd }));
  await at.change(byDish);
  await at.settled();
  expect(await at.entries()).toEqual(['a 7']);
  await expect(at.client.send(new PutItemCommand({ TableName, Item: odd }))).rejects.toMatchObject({
    name: 'ValidationException',
  });
  await at.client.send(
    new UpdateItemCommand({
      TableName,
      Key,
      UpdateExpression: 'SET price = :p',
      ExpressionAttributeValues: { ':p': { N: '9' } },
    }),
  );
  expect(await at.entries()).toEqual(['a 7', 'b 9']);
});

test('writes during the backfill are exact', async () => {
  await using at = await start();
  await at.create();
  const names = Array.from({ length: 450 }, (_, item) => `item-${item}`);
  await Promise.all(names.map((pk) => at.put(pk, '1')));
  const prices = new Map(names.map((pk) => [pk, '1']));
  const write = async (pk: string, price: string) => {
    await at.put(pk, price);
    prices.set(pk, price);
  };
  await Promise.all([
    at.change(byDish),
    ...names.filter((_pk, item) => item % 3 === 0).map((pk) => write(pk, '2')),
    ...Array.from({ length: 30 }, (_, item) => write(`new-${item}`, '3')),
  ]);
  await at.settled();
  expect(await at.entries()).toEqual([...prices].map(([pk, price]) => `${pk} ${price}`).toSorted());
});

describe('while an index is being made', () => {
  /** Whose creation stops before a step, as if that took long. */
  const stuckBefore = (stop: string) =>
    start({
      checkpoint(_workflow, step, when) {
        if (step === stop && when === 'before') throw new Error('it takes its time');
      },
    });

  test('it cannot be deleted at first, and afterwards it can', async () => {
    await using allocating = await stuckBefore('allocate');
    await allocating.create();
    await allocating.change(byDish);
    await allocating.settled();
    await expect(allocating.change(deletion)).rejects.toMatchObject({
      name: 'ResourceInUseException',
      message:
        'Attempt to change a resource which is still in use: Index creation is in resource allocation phase. Retry deletion during backfilling phase or when the index is active. Table: orders Index: by-dish',
    });

    await using backfilling = await stuckBefore('backfill');
    await backfilling.create();
    await backfilling.put('a', '7');
    await backfilling.change(byDish);
    await backfilling.settled();
    expect(await backfilling.table()).toMatchObject({
      TableStatus: 'ACTIVE',
      GlobalSecondaryIndexes: [{ IndexStatus: 'CREATING', Backfilling: true }],
    });
    await backfilling.change(deletion);
    await backfilling.settled();
    expect((await backfilling.table()).GlobalSecondaryIndexes).toBeUndefined();
  });

  test('no other comes or goes, and the table stays', async () => {
    await using at = await stuckBefore('backfill');
    await at.create();
    await at.change(byDish);
    await at.settled();
    const other = {
      Create: { ...byDish.Create, IndexName: 'other' },
    } as GlobalSecondaryIndexUpdate;
    await expect(at.change(other)).rejects.toMatchObject({
      name: 'LimitExceededException',
      message:
        'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
    });
    await expect(at.client.send(new DeleteTableCommand({ TableName }))).rejects.toMatchObject({
      name: 'ResourceInUseException',
      message:
        'Attempt to change a resource which is still in use: Cannot delete table while indexes are being created, updated, or deleted.',
    });
  });
});

test.each<[GlobalSecondaryIndexUpdate, string, string]>([
  [byDish, 'dish:S', 'Some index key attributes are not defined in AttributeDefinitions.'],
  [
    {
      Create: { ...byDish.Create, KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] },
    } as never,
    'pk:N',
    'Attributes cannot be redefined. Please check that your attribute has the same type as previously defined.',
  ],
  [
    {
      Create: {
        ...byDish.Create,
        ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
      },
    } as never,
    'dish:S price:N',
    'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: by-dish when BillingMode is PAY_PER_REQUEST',
  ],
  [deletion, 'pk:S', 'Requested resource not found: Index by-dish for table orders'],
])('refuses %#', async (update, attributes, message) => {
  await using at = await start();
  await at.create();
  await expect(at.change(update, attributes)).rejects.toThrow(message);
  expect((await at.table()).GlobalSecondaryIndexes).toBeUndefined();
});

describe('killed on the way, the next process finishes', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'alacarte-indexes-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  const dyingAt = (when?: string, step?: string) =>
    start({
      store: { dataDir },
      checkpoint: (_workflow, at, moment) => {
        if (at === step && moment === when) throw new Error('the process is gone');
      },
    });
  const moments = (steps: readonly string[]) =>
    steps.flatMap((step) => (['before', 'done', 'recorded'] as const).map((when) => [when, step]));

  test.each(moments(['allocate', 'backfill', 'open index']))(
    'an addition %s %s',
    async (when, step) => {
      {
        await using dying = await dyingAt(when, step);
        await dying.create();
        for (const pk of ['a', 'b']) await dying.put(pk, '7');
        await dying.change(byDish);
        await dying.settled();
        await dying.put('b', '8');
      }
      await using next = await dyingAt();
      await next.put('c', '9');
      await next.settled();
      expect(await next.table()).toMatchObject({
        GlobalSecondaryIndexes: [{ IndexStatus: 'ACTIVE' }],
      });
      expect(await next.entries()).toEqual(['a 7', 'b 8', 'c 9']);
    },
  );

  test.each(moments(['purge entries', 'forget index']))('a removal %s %s', async (when, step) => {
    {
      await using dying = await dyingAt(when, step);
      await dying.create();
      await dying.put('a', '7');
      await dying.change(byDish);
      await dying.settled();
      await dying.change(deletion);
      await dying.settled();
    }
    await using next = await dyingAt();
    await next.settled();
    expect((await next.table()).GlobalSecondaryIndexes).toBeUndefined();
  });

  test('a change of throughput', async () => {
    {
      await using dying = await dyingAt('before', 'settle');
      await dying.create();
      await dying.client.send(
        new UpdateTableCommand({ TableName, TableClass: 'STANDARD_INFREQUENT_ACCESS' }),
      );
      await dying.settled();
      expect((await dying.table()).TableStatus).toBe('UPDATING');
    }
    await using next = await dyingAt();
    await next.settled();
    expect(await next.table()).toMatchObject({
      TableStatus: 'ACTIVE',
      TableClassSummary: { TableClass: 'STANDARD_INFREQUENT_ACCESS' },
    });
  });
});
