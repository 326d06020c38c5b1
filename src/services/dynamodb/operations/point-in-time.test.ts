import {
  DeleteItemCommand,
  DescribeContinuousBackupsCommand,
  PutItemCommand,
  RestoreTableToPointInTimeCommand,
  UpdateContinuousBackupsCommand,
} from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestTable, itemsIn, startTestTable } from '../../../../test/dynamodb-table.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const START_MS = Date.UTC(2026, 10, 23, 12);

describe('recovery to a point in time', () => {
  let table: TestTable;
  let client: TestTable['client'];
  const settled = () => table.cloud.inside.workflows.settled();
  const advance = (ms: number) => table.cloud.inside.clock.advance(ms);

  beforeEach(async () => {
    table = await startTestTable();
    client = table.client;
  });

  afterEach(() => table[Symbol.asyncDispose]());

  const enable = (enabled: boolean, RecoveryPeriodInDays?: number) =>
    client.send(
      new UpdateContinuousBackupsCommand({
        TableName: 'orders',
        PointInTimeRecoverySpecification: {
          PointInTimeRecoveryEnabled: enabled,
          RecoveryPeriodInDays,
        },
      }),
    );

  const put = (pk: string, n: number) =>
    client.send(
      new PutItemCommand({
        TableName: 'orders',
        Item: { pk: { S: pk }, n: { N: String(n) } },
      }),
    );

  const remove = (pk: string) =>
    client.send(new DeleteItemCommand({ TableName: 'orders', Key: { pk: { S: pk } } }));

  const restore = (TargetTableName: string, atMs?: number) =>
    client.send(
      new RestoreTableToPointInTimeCommand({
        SourceTableName: 'orders',
        TargetTableName,
        ...(atMs === undefined
          ? { UseLatestRestorableTime: true }
          : { RestoreDateTime: new Date(atMs) }),
      }),
    );

  const described = async () => {
    const { ContinuousBackupsDescription } = await client.send(
      new DescribeContinuousBackupsCommand({ TableName: 'orders' }),
    );
    return ContinuousBackupsDescription!.PointInTimeRecoveryDescription!;
  };

  test('is described by the clock, and moves with it', async () => {
    expect(await described()).toEqual({ PointInTimeRecoveryStatus: 'DISABLED' });
    await expect(restore('early')).rejects.toMatchObject({
      name: 'PointInTimeRecoveryUnavailableException',
    });
    await enable(true, 2);
    advance(DAY_MS);
    expect(await described()).toEqual({
      PointInTimeRecoveryStatus: 'ENABLED',
      RecoveryPeriodInDays: 2,
      EarliestRestorableDateTime: new Date(START_MS),
      LatestRestorableDateTime: new Date(START_MS + DAY_MS),
    });
    advance(2 * DAY_MS);
    expect((await described()).EarliestRestorableDateTime).toEqual(new Date(START_MS + DAY_MS));
    for (const atMs of [START_MS + DAY_MS - 1, START_MS + 3 * DAY_MS + 1]) {
      await expect(restore('outside', atMs)).rejects.toMatchObject({
        name: 'InvalidRestoreTimeException',
      });
    }
    await enable(false);
    expect(await described()).toEqual({ PointInTimeRecoveryStatus: 'DISABLED' });
    await enable(true);
    expect(await described()).toMatchObject({
      RecoveryPeriodInDays: 35,
      EarliestRestorableDateTime: new Date(START_MS + 3 * DAY_MS),
    });
  });

  test('reaches back over the whole period, and no further than its journal is kept', async () => {
    await put('a', 1);
    await enable(true, 35);
    advance(1_000);
    await put('a', 2);
    advance(34 * DAY_MS);
    await remove('a');
    advance(DAY_MS - 1_000);
    await restore('first', START_MS);
    await restore('second', START_MS + 1_000);
    await restore('last');
    await settled();
    expect(await itemsIn(client, 'first')).toEqual([{ pk: { S: 'a' }, n: { N: '1' } }]);
    expect(await itemsIn(client, 'second')).toEqual([{ pk: { S: 'a' }, n: { N: '2' } }]);
    expect(await itemsIn(client, 'last')).toEqual([]);
  });

  test('brings back what a model says of random histories, at any second', async () => {
    let restored = 0;
    await enable(true);
    const history = fc.array(
      fc.record({
        pk: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        n: fc.option(fc.nat(9)),
        waitMs: fc.constantFrom(0, 1, 500, 1_000, 60_000),
      }),
      { minLength: 1, maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(history, fc.double({ min: 0, max: 1, noNaN: true }), async (steps, part) => {
        const clock = table.cloud.inside.clock;
        const startMs = clock.now();
        const before = await itemsIn(client, 'orders');
        const model = new Map(before.map(({ pk, n }) => [pk!.S!, n!.N!] as const));
        const states: { readonly atMs: number; readonly items: ReadonlyMap<string, string> }[] = [];
        for (const { pk, n, waitMs } of steps) {
          advance(waitMs);
          await (n === null ? remove(pk) : put(pk, n));
          if (n === null) model.delete(pk);
          else model.set(pk, String(n));
          states.push({ atMs: clock.now(), items: new Map(model) });
        }
        const first = states[0]!.atMs;
        const toMs = first + Math.floor(part * (clock.now() - first));
        expect(toMs).toBeGreaterThanOrEqual(startMs);
        const name = `restored-${(restored += 1)}`;
        await restore(name, toMs);
        // writes that come while it is restored do not show in it
        await put('later', 1);
        await remove('later');
        await settled();
        const expected = states.findLast(({ atMs }) => atMs <= toMs)!.items;
        const found = await itemsIn(client, name);
        expect(new Map(found.map(({ pk, n }) => [pk!.S!, n!.N!]))).toEqual(expected);
        advance(1);
      }),
      { numRuns: 20 },
    );
  });
});
