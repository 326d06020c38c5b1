import {
  DeleteTableCommand,
  type GlobalSecondaryIndexUpdate,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import {
  TableName,
  byDish,
  deletion,
  startOnlineIndex as start,
} from '../../../../test/dynamodb-online-index.ts';

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
  const names = Array.from({ length: 225 }, (_, item) => `item-${item}`);
  await at.putAll(names);
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
