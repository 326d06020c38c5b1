import type { StreamSpecification } from '@aws-sdk/client-dynamodb';
import {
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeGlobalTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type TestTable,
  itemsIn,
  onDemand,
  startTestTable,
} from '../../../../test/dynamodb-table.ts';
import { type GatedEngine, gatedAt } from '../../../../test/gated-engine.ts';

const REGIONS = ['us-east-1', 'eu-west-1', 'ap-south-1'];

describe('global tables', () => {
  let table: TestTable;
  let cursors: GatedEngine;
  let clients: DynamoDBClient[];
  let [virginia, ireland, mumbai]: DynamoDBClient[] = [];

  beforeEach(async () => {
    cursors = gatedAt('replica-cursor');
    table = await startTestTable(undefined, { between: cursors.between });
    clients = REGIONS.map((region) => table.cloud.client(DynamoDBClient, { region }));
    [virginia, ireland, mumbai] = clients;
  });

  afterEach(() => table[Symbol.asyncDispose]());

  const settled = () => table.cloud.inside.workflows.settled();

  const put = (client: DynamoDBClient, pk: string, from: string) =>
    client.send(
      new PutItemCommand({ TableName: 'orders', Item: { pk: { S: pk }, from: { S: from } } }),
    );

  async function replicate(client: DynamoDBClient, RegionName: string): Promise<void> {
    await client.send(
      new UpdateTableCommand({
        TableName: 'orders',
        ReplicaUpdates: [{ Create: { RegionName } }],
      }),
    );
    await settled();
  }

  const described = async (client: DynamoDBClient, TableName = 'orders') =>
    (await client.send(new DescribeTableCommand({ TableName }))).Table!;

  const replicasOf = async (client: DynamoDBClient) =>
    (await described(client)).Replicas?.map(({ RegionName, ReplicaStatus }) => [
      RegionName,
      ReplicaStatus,
    ]);

  test('take over what stands, and then what happens in each region', async () => {
    await put(virginia!, 'a', 'before');
    await replicate(virginia!, 'eu-west-1');
    expect(await described(ireland!)).toMatchObject({
      TableStatus: 'ACTIVE',
      GlobalTableVersion: '2019.11.21',
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TableArn: expect.stringContaining('eu-west-1') as string,
    });
    expect(await replicasOf(virginia!)).toEqual([['eu-west-1', 'ACTIVE']]);
    expect(await replicasOf(ireland!)).toEqual([['us-east-1', 'ACTIVE']]);
    // the operations of the older version know nothing of it
    const old = new DescribeGlobalTableCommand({ GlobalTableName: 'orders' });
    await expect(virginia!.send(old)).rejects.toMatchObject({
      name: 'GlobalTableNotFoundException',
    });
    expect(await itemsIn(ireland!, 'orders')).toEqual([{ pk: { S: 'a' }, from: { S: 'before' } }]);
    await replicate(ireland!, 'ap-south-1');
    await put(virginia!, 'b', 'virginia');
    await put(ireland!, 'c', 'ireland');
    await put(mumbai!, 'd', 'mumbai');
    await mumbai!.send(new DeleteItemCommand({ TableName: 'orders', Key: { pk: { S: 'a' } } }));
    for (const client of clients) {
      await expect
        .poll(async () => (await itemsIn(client, 'orders')).map(({ from }) => from!.S))
        .toEqual(['virginia', 'ireland', 'mumbai']);
    }
  });

  test('come to the same after writes in all regions at once', async () => {
    await replicate(virginia!, 'eu-west-1');
    await replicate(virginia!, 'ap-south-1');
    const orders = Array.from({ length: 30 }, (_, n) => {
      const pk = `pk-${n % 5}`;
      return clients.map((client, at) =>
        n % 7 === at
          ? client.send(new DeleteItemCommand({ TableName: 'orders', Key: { pk: { S: pk } } }))
          : put(client, pk, `${REGIONS[at]}-${n}`),
      );
    });
    await Promise.all(orders.flat());
    table.cloud.inside.clock.advance(1);
    // what is written last is the last to arrive
    await Promise.all(clients.map((client, at) => put(client, `last-${at}`, 'last')));
    for (const client of clients) {
      await expect
        .poll(async () =>
          (await itemsIn(client, 'orders')).filter(({ from }) => from!.S === 'last'),
        )
        .toHaveLength(3);
    }
    const [first, ...others] = await Promise.all(clients.map((one) => itemsIn(one, 'orders')));
    for (const other of others) expect(other).toEqual(first);
  });

  test('let the later region win where both wrote in one moment, unaware of each other', async () => {
    await replicate(virginia!, 'eu-west-1');
    let release!: () => void;
    const released = new Promise<void>((resolve) => (release = resolve));
    cursors.close(() => released);
    await put(virginia!, 'a', 'virginia');
    const origins = async (client: DynamoDBClient) =>
      (await itemsIn(client, 'orders')).map(({ from }) => from!.S);
    // what replication has given it has not noted yet, so it gives nothing more
    await expect.poll(() => origins(ireland!)).toEqual(['virginia']);
    await Promise.all([put(virginia!, 'b', 'virginia'), put(ireland!, 'b', 'ireland')]);
    await ireland!.send(new DeleteItemCommand({ TableName: 'orders', Key: { pk: { S: 'a' } } }));
    await put(virginia!, 'a', 'virginia again');
    expect(await origins(ireland!)).toEqual(['ireland']);
    expect(await origins(virginia!)).toEqual(['virginia again', 'virginia']);
    cursors.open();
    release();
    // Ireland's deletion came on top of what Virginia wrote, as did Virginia's own
    for (const client of [ireland!, virginia!]) {
      await expect.poll(() => origins(client)).toEqual(['virginia again', 'virginia']);
    }
  });

  test('are left by a replica that is removed or deleted', async () => {
    await replicate(virginia!, 'eu-west-1');
    await replicate(virginia!, 'ap-south-1');
    const { TableDescription } = await virginia!.send(
      new UpdateTableCommand({
        TableName: 'orders',
        ReplicaUpdates: [{ Delete: { RegionName: 'eu-west-1' } }],
      }),
    );
    expect(TableDescription).toMatchObject({ TableStatus: 'UPDATING' });
    await settled();
    expect(await replicasOf(virginia!)).toEqual([['ap-south-1', 'ACTIVE']]);
    expect(await replicasOf(mumbai!)).toEqual([['us-east-1', 'ACTIVE']]);
    await expect(described(ireland!)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await mumbai!.send(new DeleteTableCommand({ TableName: 'orders' }));
    await settled();
    expect(await described(virginia!)).not.toHaveProperty('Replicas');
    // a table that comes after it is none of its replicas
    await mumbai!.send(new CreateTableCommand(onDemand('orders')));
    await settled();
    await put(virginia!, 'a', 'virginia');
    await replicate(virginia!, 'eu-west-1');
    expect(await itemsIn(ireland!, 'orders')).toHaveLength(1);
    expect(await itemsIn(mumbai!, 'orders')).toEqual([]);
  });

  test('have their settings in common: time to live, indexes and billing', async () => {
    const AttributeName = 'expires';
    const timeToLive = { TimeToLiveSpecification: { AttributeName, Enabled: true } };
    await replicate(virginia!, 'eu-west-1');
    await virginia!.send(new UpdateTimeToLiveCommand({ TableName: 'orders', ...timeToLive }));
    await settled();
    await replicate(virginia!, 'ap-south-1');
    const second = Math.floor(table.cloud.inside.clock.now() / 1000) + 10;
    const Item = { pk: { S: 'a' }, [AttributeName]: { N: String(second) } };
    await mumbai!.send(new PutItemCommand({ TableName: 'orders', Item }));
    await put(ireland!, 'b', 'ireland');
    const counts = () =>
      Promise.all(clients.map(async (client) => (await itemsIn(client, 'orders')).length));
    await expect.poll(counts).toEqual([2, 2, 2]);
    table.cloud.inside.clock.advance(120_000);
    await expect.poll(counts).toEqual([1, 1, 1]);
    await virginia!.send(
      new UpdateTableCommand({
        TableName: 'orders',
        AttributeDefinitions: [{ AttributeName: 'from', AttributeType: 'S' }],
        GlobalSecondaryIndexUpdates: [
          {
            Create: {
              IndexName: 'by-origin',
              KeySchema: [{ AttributeName: 'from', KeyType: 'HASH' }],
              Projection: { ProjectionType: 'KEYS_ONLY' },
            },
          },
        ],
      }),
    );
    await settled();
    await virginia!.send(
      new UpdateTableCommand({ TableName: 'orders', DeletionProtectionEnabled: true }),
    );
    const states = await Promise.all(clients.map((client) => described(client)));
    expect(states.map((state) => state.GlobalSecondaryIndexes![0]!.ItemCount)).toEqual([1, 1, 1]);
    expect(states.map((state) => state.DeletionProtectionEnabled)).toEqual([true, false, false]);
  });

  test('are refused where a table stands, and keep their streams', async () => {
    await ireland!.send(new CreateTableCommand(onDemand('orders')));
    await expect(replicate(virginia!, 'eu-west-1')).rejects.toMatchObject({
      name: 'ValidationException',
      message:
        "Failed to create a the new replica of table with name: 'orders' because one or more replicas already existed as tables.",
    });
    const stream = (StreamSpecification: StreamSpecification) =>
      virginia!.send(new UpdateTableCommand({ TableName: 'orders', StreamSpecification }));
    await stream({ StreamEnabled: true, StreamViewType: 'KEYS_ONLY' });
    await settled();
    await replicate(virginia!, 'ap-south-1');
    expect(await described(virginia!)).toMatchObject({
      StreamSpecification: { StreamViewType: 'KEYS_ONLY' },
    });
    await put(virginia!, 'a', 'virginia');
    await expect
      .poll(() => itemsIn(mumbai!, 'orders'))
      .toEqual([{ pk: { S: 'a' }, from: { S: 'virginia' } }]);
    await expect(stream({ StreamEnabled: false })).rejects.toMatchObject({
      message:
        'One or more parameter values were invalid: Disabling Stream is not allowed for a Global Table replica.',
    });
  });
});
