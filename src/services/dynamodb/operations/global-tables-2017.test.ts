import {
  CreateGlobalTableCommand,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeGlobalTableCommand,
  DescribeGlobalTableSettingsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ListGlobalTablesCommand,
  PutItemCommand,
  UpdateGlobalTableCommand,
  UpdateGlobalTableSettingsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import type {
  CreateTableCommandInput,
  ListGlobalTablesCommandInput,
  ReplicaUpdate,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';
import { itemsIn, onDemand } from '../../../../test/dynamodb-table.ts';
import { dynamodb } from '../service.ts';

const VIRGINIA = 'us-east-1';
const IRELAND = 'eu-west-1';
const MUMBAI = 'ap-south-1';
const REGIONS = [VIRGINIA, IRELAND, MUMBAI];
const TableName = 'orders';
const GlobalTableName = TableName;

const streamed: CreateTableCommandInput = {
  ...onDemand(TableName),
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
};

describe('global tables of version 2017.11.29', () => {
  let cloud: TestCloud;
  const clients = new Map<string, DynamoDBClient>();
  const at = (region: string) => clients.get(region)!;
  const settled = () => cloud.inside.workflows.settled();

  beforeEach(async () => {
    cloud = await startTestCloud({ services: [dynamodb] });
    for (const region of REGIONS) clients.set(region, cloud.client(DynamoDBClient, { region }));
  });
  afterEach(() => cloud[Symbol.asyncDispose]());

  async function tables(regions: readonly string[], input = streamed): Promise<void> {
    for (const region of regions) await at(region).send(new CreateTableCommand(input));
    await settled();
  }

  async function grouped(...regions: readonly string[]) {
    const ReplicationGroup = regions.map((RegionName) => ({ RegionName }));
    const { GlobalTableDescription } = await at(VIRGINIA).send(
      new CreateGlobalTableCommand({ GlobalTableName, ReplicationGroup }),
    );
    await settled();
    return GlobalTableDescription!;
  }

  const update = (ReplicaUpdates: ReplicaUpdate[]) =>
    at(VIRGINIA).send(new UpdateGlobalTableCommand({ GlobalTableName, ReplicaUpdates }));

  const put = (region: string, pk: string) =>
    at(region).send(
      new PutItemCommand({ TableName, Item: { pk: { S: pk }, from: { S: region } } }),
    );

  const keysIn = async (region: string) =>
    (await itemsIn(at(region), TableName)).map(({ pk }) => pk!.S);

  const regionsOf = async (region = VIRGINIA) => {
    const asked = new DescribeGlobalTableCommand({ GlobalTableName });
    const { GlobalTableDescription } = await at(region).send(asked);
    return GlobalTableDescription!.ReplicationGroup!.map(({ RegionName }) => RegionName);
  };

  test('tie tables together, that then have the same items', async () => {
    await tables(REGIONS);
    expect(await grouped(VIRGINIA, IRELAND)).toMatchObject({
      GlobalTableName,
      GlobalTableStatus: 'CREATING',
      GlobalTableArn: 'arn:aws:dynamodb::000000000000:global-table/orders',
      ReplicationGroup: [{ RegionName: IRELAND }, { RegionName: VIRGINIA }],
    });
    const { GlobalTableDescription } = await at(MUMBAI).send(
      new DescribeGlobalTableCommand({ GlobalTableName }),
    );
    expect(GlobalTableDescription).toMatchObject({ GlobalTableStatus: 'ACTIVE' });
    const { Table } = await at(IRELAND).send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({ GlobalTableVersion: '2017.11.29', TableStatus: 'ACTIVE' });
    await update([{ Create: { RegionName: MUMBAI } }]);
    await settled();
    for (const region of REGIONS) await put(region, `of ${region}`);
    const all = REGIONS.map((region) => `of ${region}`).toSorted();
    for (const region of REGIONS) await expect.poll(() => keysIn(region)).toEqual(all);
  });

  test('are listed for a region, page by page', async () => {
    await tables([VIRGINIA, IRELAND]);
    await tables([VIRGINIA], { ...streamed, TableName: 'menus' });
    await grouped(VIRGINIA, IRELAND);
    await at(VIRGINIA).send(
      new CreateGlobalTableCommand({
        GlobalTableName: 'menus',
        ReplicationGroup: [{ RegionName: VIRGINIA }],
      }),
    );
    const list = async (input: ListGlobalTablesCommandInput) => {
      const { GlobalTables, LastEvaluatedGlobalTableName: last } = await at(VIRGINIA).send(
        new ListGlobalTablesCommand(input),
      );
      return [GlobalTables!.map((table) => table.GlobalTableName), last];
    };
    expect(await list({})).toEqual([['menus', 'orders'], undefined]);
    expect(await list({ RegionName: IRELAND })).toEqual([['orders'], undefined]);
    expect(await list({ Limit: 1 })).toEqual([['menus'], 'menus']);
    expect(await list({ ExclusiveStartGlobalTableName: 'menus' })).toEqual([['orders'], undefined]);
  });

  test('are left by replicas, which go on as tables, and are gone with the last', async () => {
    await tables(REGIONS);
    await grouped(...REGIONS);
    await put(VIRGINIA, 'before');
    await expect.poll(() => keysIn(IRELAND)).toEqual(['before']);
    await update([{ Delete: { RegionName: IRELAND } }]);
    await put(VIRGINIA, 'after');
    await expect.poll(() => keysIn(MUMBAI)).toEqual(['after', 'before']);
    expect(await keysIn(IRELAND)).toEqual(['before']);
    await put(IRELAND, 'alone');
    expect(await regionsOf()).toEqual([MUMBAI, VIRGINIA]);
    await at(MUMBAI).send(new DeleteTableCommand({ TableName }));
    await settled();
    expect(await regionsOf()).toEqual([VIRGINIA]);
    const { GlobalTableDescription } = await update([{ Delete: { RegionName: VIRGINIA } }]);
    expect(GlobalTableDescription).toMatchObject({ ReplicationGroup: [] });
    await expect(regionsOf()).rejects.toMatchObject({ name: 'GlobalTableNotFoundException' });
    expect(await keysIn(VIRGINIA)).toEqual(['after', 'before']);
    // a table that stands alone again has its settings and its version for itself
    const { Table } = await at(VIRGINIA).send(new DescribeTableCommand({ TableName }));
    expect(Table).not.toHaveProperty('GlobalTableVersion');
  });

  test.each([
    ['a table that is not there', [VIRGINIA, IRELAND], { missing: IRELAND }],
    ['a table without a stream', [VIRGINIA, IRELAND], { input: onDemand(TableName) }],
    ['a table with another key', [VIRGINIA, IRELAND], { input: { ...streamed, ...keyed('id') } }],
    ['a region that is named twice', [VIRGINIA, VIRGINIA], {}],
  ] as const)('refuse %s', async (_what, regions, { missing, input = streamed }: Odd) => {
    await tables([VIRGINIA]);
    if (!missing) await tables([IRELAND], input);
    await expect(grouped(...regions)).rejects.toMatchObject({
      name: missing ? 'TableNotFoundException' : 'ValidationException',
    });
    await expect(regionsOf()).rejects.toMatchObject({ name: 'GlobalTableNotFoundException' });
    expect(await grouped(VIRGINIA)).toMatchObject({ ReplicationGroup: [{ RegionName: VIRGINIA }] });
  });

  test('refuse tables with items, and what is or is not a replica already', async () => {
    await tables(REGIONS);
    await put(IRELAND, 'a');
    await expect(grouped(VIRGINIA, IRELAND)).rejects.toMatchObject({ name: 'ValidationException' });
    await grouped(VIRGINIA, MUMBAI);
    for (const [refused, name] of [
      [() => grouped(VIRGINIA), 'GlobalTableAlreadyExistsException'],
      [() => update([{ Create: { RegionName: MUMBAI } }]), 'ReplicaAlreadyExistsException'],
      [() => update([{ Delete: { RegionName: IRELAND } }]), 'ReplicaNotFoundException'],
      [() => update([{ Create: { RegionName: 'eu-west-3' } }]), 'TableNotFoundException'],
      [() => update([]), 'ValidationException'],
      [() => replicate(), 'ValidationException'],
    ] as const) {
      await expect(refused()).rejects.toMatchObject({ name });
    }
    expect(await regionsOf()).toEqual([MUMBAI, VIRGINIA]);
  });

  const replicate = () =>
    at(VIRGINIA).send(
      new UpdateTableCommand({
        TableName,
        ReplicaUpdates: [{ Create: { RegionName: 'eu-west-3' } }],
      }),
    );

  test('leave settings to each table, but for those of the global table', async () => {
    const throughput = { ReadCapacityUnits: 5, WriteCapacityUnits: 5 };
    const keys = keyed('dish');
    await tables([VIRGINIA, IRELAND], {
      ...streamed,
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: throughput,
      AttributeDefinitions: [...streamed.AttributeDefinitions!, ...keys.AttributeDefinitions],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-dish',
          KeySchema: keys.KeySchema,
          Projection: { ProjectionType: 'ALL' },
          ProvisionedThroughput: throughput,
        },
      ],
    });
    await grouped(VIRGINIA, IRELAND);
    await at(VIRGINIA).send(
      new UpdateTimeToLiveCommand({
        TableName,
        TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
      }),
    );
    await settled();
    const statuses = [VIRGINIA, IRELAND].map(async (region) => {
      const asked = new DescribeTimeToLiveCommand({ TableName });
      return (await at(region).send(asked)).TimeToLiveDescription!.TimeToLiveStatus;
    });
    expect(await Promise.all(statuses)).toEqual(['ENABLED', 'DISABLED']);
    const changed = await at(VIRGINIA).send(
      new UpdateGlobalTableSettingsCommand({
        GlobalTableName,
        GlobalTableProvisionedWriteCapacityUnits: 20,
        GlobalTableGlobalSecondaryIndexSettingsUpdate: [
          { IndexName: 'by-dish', ProvisionedWriteCapacityUnits: 10 },
        ],
        ReplicaSettingsUpdate: [
          {
            RegionName: IRELAND,
            ReplicaProvisionedReadCapacityUnits: 7,
            ReplicaProvisionedReadCapacityAutoScalingSettingsUpdate: {
              MinimumUnits: 7,
              MaximumUnits: 70,
            },
          },
        ],
      }),
    );
    expect(changed.ReplicaSettings).toMatchObject([
      { RegionName: IRELAND, ReplicaStatus: 'UPDATING' },
      { RegionName: VIRGINIA, ReplicaStatus: 'UPDATING' },
    ]);
    await settled();
    const { ReplicaSettings } = await at(IRELAND).send(
      new DescribeGlobalTableSettingsCommand({ GlobalTableName }),
    );
    const index = { IndexName: 'by-dish', ProvisionedReadCapacityUnits: 5 };
    expect(ReplicaSettings).toMatchObject([
      {
        RegionName: IRELAND,
        ReplicaStatus: 'ACTIVE',
        ReplicaProvisionedReadCapacityUnits: 7,
        ReplicaProvisionedWriteCapacityUnits: 20,
        ReplicaProvisionedReadCapacityAutoScalingSettings: { MaximumUnits: 70 },
        ReplicaGlobalSecondaryIndexSettings: [{ ...index, ProvisionedWriteCapacityUnits: 10 }],
      },
      {
        RegionName: VIRGINIA,
        ReplicaProvisionedReadCapacityUnits: 5,
        ReplicaProvisionedWriteCapacityUnits: 20,
        ReplicaGlobalSecondaryIndexSettings: [{ ...index, ProvisionedWriteCapacityUnits: 10 }],
      },
    ]);
    for (const [input, name] of [
      [{ ReplicaSettingsUpdate: [{ RegionName: MUMBAI }] }, 'ReplicaNotFoundException'],
      [
        { GlobalTableGlobalSecondaryIndexSettingsUpdate: [{ IndexName: 'by-guest' }] },
        'IndexNotFoundException',
      ],
    ] as const) {
      const refused = new UpdateGlobalTableSettingsCommand({
        GlobalTableName,
        ...structuredClone<object>(input),
      });
      await expect(at(VIRGINIA).send(refused)).rejects.toMatchObject({ name });
    }
  });
});

interface Odd {
  readonly missing?: string;
  readonly input?: CreateTableCommandInput;
}

function keyed(name: string) {
  return {
    AttributeDefinitions: [{ AttributeName: name, AttributeType: 'S' as const }],
    KeySchema: [{ AttributeName: name, KeyType: 'HASH' as const }],
  };
}
