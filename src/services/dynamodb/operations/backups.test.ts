import {
  CreateBackupCommand,
  CreateTableCommand,
  DeleteBackupCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeBackupCommand,
  DescribeTableCommand,
  ListBackupsCommand,
  type ListBackupsCommandInput,
  ListTablesCommand,
  PutItemCommand,
  RestoreTableFromBackupCommand,
  UpdateContinuousBackupsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type TestTable,
  itemsIn,
  onDemand,
  startTestTable,
} from '../../../../test/dynamodb-table.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

describe('backups', () => {
  let table: TestTable;
  let client: TestTable['client'];
  const settled = () => table.cloud.inside.workflows.settled();

  beforeEach(async () => {
    table = await startTestTable();
    client = table.client;
  });

  afterEach(() => table[Symbol.asyncDispose]());

  const put = (pk: string, n: number, TableName = 'orders') =>
    client.send(new PutItemCommand({ TableName, Item: { pk: { S: pk }, n: { N: String(n) } } }));

  async function backup(TableName = 'orders', BackupName = 'nightly'): Promise<string> {
    const { BackupDetails } = await client.send(new CreateBackupCommand({ TableName, BackupName }));
    return BackupDetails!.BackupArn!;
  }

  const restore = (BackupArn: string, TargetTableName: string) =>
    client.send(new RestoreTableFromBackupCommand({ BackupArn, TargetTableName }));

  test('are made, described, restored, outlive their table and are deleted', async () => {
    await put('a', 1);
    const { BackupDetails } = await client.send(
      new CreateBackupCommand({ TableName: 'orders', BackupName: 'nightly' }),
    );
    expect(BackupDetails).toMatchObject({
      BackupName: 'nightly',
      BackupStatus: 'CREATING',
      BackupType: 'USER',
      BackupCreationDateTime: new Date('2026-11-23T12:00:00Z'),
    });
    const BackupArn = BackupDetails!.BackupArn!;
    expect(BackupArn).toMatch(
      /^arn:aws:dynamodb:us-east-1:\d{12}:table\/orders\/backup\/01795435200000-[0-9a-f]{8}$/,
    );
    await settled();
    await client.send(new DeleteTableCommand({ TableName: 'orders' }));
    await settled();
    const { BackupDescription } = await client.send(new DescribeBackupCommand({ BackupArn }));
    expect(BackupDescription).toMatchObject({
      BackupDetails: { BackupStatus: 'AVAILABLE', BackupSizeBytes: 106 },
      SourceTableDetails: {
        TableName: 'orders',
        ItemCount: 1,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      },
    });
    const { TableDescription } = await restore(BackupArn, 'again');
    expect(TableDescription).toMatchObject({
      TableStatus: 'CREATING',
      RestoreSummary: { SourceBackupArn: BackupArn, RestoreInProgress: true },
    });
    await settled();
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'again' }));
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      RestoreSummary: { SourceBackupArn: BackupArn, RestoreInProgress: false },
    });
    expect(await itemsIn(client, 'again')).toEqual([{ pk: { S: 'a' }, n: { N: '1' } }]);
    const deleted = await client.send(new DeleteBackupCommand({ BackupArn }));
    expect(deleted.BackupDescription!.BackupDetails!.BackupStatus).toBe('DELETED');
    await expect(client.send(new DescribeBackupCommand({ BackupArn }))).rejects.toMatchObject({
      name: 'BackupNotFoundException',
      message: `Backup not found: ${BackupArn}`,
    });
    await settled();
    expect(await itemsIn(client, 'again')).toHaveLength(1);
  });

  test('hold the table as of the moment when they were ordered', async () => {
    for (const pk of ['a', 'b', 'c']) await put(pk, 1);
    const [BackupArn] = await Promise.all([backup(), put('a', 2), put('d', 2)]);
    await put('b', 3);
    await client.send(new DeleteItemCommand({ TableName: 'orders', Key: { pk: { S: 'c' } } }));
    await put('e', 3);
    await settled();
    await restore(BackupArn, 'again');
    await settled();
    const restored = new Map(
      (await itemsIn(client, 'again')).map(({ pk, n }) => [pk!.S, n!.N] as const),
    );
    expect(restored.get('b')).toBe('1');
    expect(restored.get('c')).toBe('1');
    expect(restored.has('e')).toBe(false);
  });

  test('restore indexes, or leave them out, under another billing mode', async () => {
    await client.send(
      new CreateTableCommand({
        ...onDemand('indexed'),
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'n', AttributeType: 'N' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'by-n',
            KeySchema: [{ AttributeName: 'n', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'ALL' },
          },
        ],
      }),
    );
    await settled();
    await put('a', 1, 'indexed');
    await put('b', 1, 'indexed');
    const BackupArn = await backup('indexed');
    await settled();
    await restore(BackupArn, 'with');
    const without = new RestoreTableFromBackupCommand({
      BackupArn,
      TargetTableName: 'without',
      GlobalSecondaryIndexOverride: [],
      BillingModeOverride: 'PROVISIONED',
      ProvisionedThroughputOverride: { ReadCapacityUnits: 3, WriteCapacityUnits: 2 },
    });
    const { TableDescription } = await client.send(without);
    expect(TableDescription!.GlobalSecondaryIndexes).toBeUndefined();
    expect(TableDescription!.ProvisionedThroughput).toMatchObject({ ReadCapacityUnits: 3 });
    await settled();
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'with' }));
    expect(Table!.GlobalSecondaryIndexes).toMatchObject([
      { IndexName: 'by-n', IndexStatus: 'ACTIVE', ItemCount: 2 },
    ]);
    await expect(
      client.send(
        new RestoreTableFromBackupCommand({
          BackupArn,
          TargetTableName: 'other',
          GlobalSecondaryIndexOverride: [
            {
              IndexName: 'new',
              KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
              Projection: { ProjectionType: 'ALL' },
            },
          ],
        }),
      ),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('are listed by table, time and type, page by page', async () => {
    await client.send(new CreateTableCommand(onDemand('others')));
    await settled();
    const arns: string[] = [];
    for (const name of ['one', 'two', 'three']) {
      table.cloud.inside.clock.advance(1_000);
      arns.push(await backup('orders', name));
    }
    const other = await backup('others');
    await settled();
    const list = async (input: ListBackupsCommandInput) => {
      const answer = await client.send(new ListBackupsCommand(input));
      return answer.BackupSummaries!.map(({ BackupArn }) => BackupArn);
    };
    expect(await list({})).toEqual([...arns, other]);
    expect(await list({ TableName: 'others' })).toEqual([other]);
    expect(await list({ BackupType: 'SYSTEM' })).toEqual([]);
    const at = (second: number) => new Date(Date.UTC(2026, 10, 23, 12, 0, second));
    expect(await list({ TableName: 'orders', TimeRangeLowerBound: at(2) })).toEqual(arns.slice(1));
    expect(await list({ TimeRangeUpperBound: at(2) })).toEqual(arns.slice(0, 1));
    const page = await client.send(new ListBackupsCommand({ Limit: 2 }));
    expect(page.LastEvaluatedBackupArn).toBe(arns[1]);
    expect(await list({ ExclusiveStartBackupArn: arns[1] })).toEqual([arns[2], other]);
  });

  test('are refused of tables that are not there, and where the target is', async () => {
    await expect(backup('nothing')).rejects.toMatchObject({
      name: 'TableNotFoundException',
      message: 'Table not found: nothing',
    });
    const BackupArn = await backup();
    await settled();
    await expect(restore(BackupArn, 'orders')).rejects.toMatchObject({
      name: 'TableAlreadyExistsException',
      message: 'Table already exists: orders',
    });
    await expect(restore(`${BackupArn}0`, 'again')).rejects.toMatchObject({
      name: 'BackupNotFoundException',
    });
  });

  test('keep what was in a table that was deleted while recovery was on, for 35 days', async () => {
    await put('a', 1);
    await client.send(
      new UpdateContinuousBackupsCommand({
        TableName: 'orders',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    );
    await client.send(new DeleteTableCommand({ TableName: 'orders' }));
    await settled();
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([]);
    const list = async () =>
      (await client.send(new ListBackupsCommand({ BackupType: 'ALL' }))).BackupSummaries!;
    const [kept] = await list();
    expect(kept).toMatchObject({
      BackupName: 'orders$DeletedTableBackup',
      BackupType: 'SYSTEM',
      BackupExpiryDateTime: new Date('2026-12-28T12:00:00Z'),
    });
    await restore(kept!.BackupArn!, 'orders');
    await settled();
    expect(await itemsIn(client, 'orders')).toEqual([{ pk: { S: 'a' }, n: { N: '1' } }]);
    table.cloud.inside.clock.advance(35 * DAY_MS - 1);
    expect(await list()).toHaveLength(1);
    table.cloud.inside.clock.advance(1);
    expect(await list()).toEqual([]);
    expect(await itemsIn(client, 'orders')).toHaveLength(1);
  });
});
