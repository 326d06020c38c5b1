import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  TransactionCanceledException,
  TransactionConflictException,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { TransactWriteItem, TransactWriteItemsCommandInput } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { itemsIn, startTestTable, type TestTable } from '../../../../test/dynamodb-table.ts';
import { type GatedEngine, gatedAt } from '../../../../test/gated-engine.ts';

/** A token's record is written with its transaction, so that can be held. */
const HELD = 'a-token-that-is-held';
const TableName = 'orders';
const dish = (name: string) => ({ pk: { S: name } });

let table: TestTable;
let gate: GatedEngine;

beforeEach(async () => {
  gate = gatedAt(HELD);
  table = await startTestTable(undefined, { between: gate.between });
});

afterEach(async () => {
  gate.open();
  await table[Symbol.asyncDispose]();
});

const put = (name: string): TransactWriteItem => ({ Put: { TableName, Item: dish(name) } });
const increment = (name: string): TransactWriteItem => ({
  Update: {
    TableName,
    Key: dish(name),
    UpdateExpression: 'ADD n :one',
    ExpressionAttributeValues: { ':one': { N: '1' } },
  },
});

function write(
  TransactItems: TransactWriteItem[],
  more: Partial<TransactWriteItemsCommandInput> = {},
) {
  return table.client.send(new TransactWriteItemsCommand({ TransactItems, ...more }));
}

async function reasons(attempt: Promise<unknown>) {
  const error: unknown = await attempt.then(
    () => undefined,
    (refusal: unknown) => refusal,
  );
  if (!(error instanceof TransactionCanceledException)) throw error;
  return error.CancellationReasons;
}

describe('while a transaction is under way', () => {
  /** Starts one that stays in the middle until it is let go. */
  async function hold(actions: TransactWriteItem[]): Promise<() => Promise<unknown>> {
    let held: Promise<unknown> | undefined;
    const letGo = await new Promise<() => void>((arrive) => {
      gate.close(() => new Promise((go) => arrive(go)));
      held = write(actions, { ClientRequestToken: HELD });
      held.catch(() => {}); // whoever lets it go hears of it
    });
    return () => {
      letGo();
      return held!;
    };
  }

  test('others that write its items are refused, and work afterwards', async () => {
    const finish = await hold([increment('soup')]);
    const { client } = table;
    const Key = dish('soup');
    const conflict = [
      { Code: 'None' },
      { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' },
    ];
    const attempts = [
      () => client.send(new PutItemCommand({ TableName, Item: Key })),
      () => client.send(new DeleteItemCommand({ TableName, Key })),
      () => client.send(new UpdateItemCommand({ TableName, Key, UpdateExpression: 'REMOVE a' })),
    ];
    for (const attempt of attempts) {
      await expect(attempt()).rejects.toBeInstanceOf(TransactionConflictException);
    }
    expect(await reasons(write([put('pie'), increment('soup')]))).toEqual(conflict);
    const gets = [dish('pie'), Key].map((each) => ({ Get: { TableName, Key: each } }));
    const read = () => client.send(new TransactGetItemsCommand({ TransactItems: gets }));
    expect(await reasons(read())).toEqual(conflict);
    const { Item } = await client.send(new GetItemCommand({ TableName, Key }));
    expect(Item).toBeUndefined();
    await write([put('pie')]);

    await finish();
    expect((await read()).Responses).toEqual([
      { Item: dish('pie') },
      { Item: { ...Key, n: { N: '1' } } },
    ]);
    await attempts[0]!();
  });

  test('its token is in progress', async () => {
    const finish = await hold([put('soup')]);
    await expect(write([put('soup')], { ClientRequestToken: HELD })).rejects.toMatchObject({
      name: 'TransactionInProgressException',
    });
    gate.open();
    await finish();
    await write([put('soup')], { ClientRequestToken: HELD });
  });
});

test('of many increments at once those that are acknowledged count, and no others', async () => {
  const attempts = await Promise.allSettled(
    Array.from({ length: 60 }, (_, n) =>
      write([increment('all'), increment(`own ${n % 3}`), put(`${n}`)]),
    ),
  );
  const done = attempts.filter(({ status }) => status === 'fulfilled').length;
  expect(done).toBeGreaterThan(0);
  for (const attempt of attempts) {
    if (attempt.status === 'fulfilled') continue;
    expect(attempt.reason).toBeInstanceOf(TransactionCanceledException);
    expect((attempt.reason as Error).message).toContain('[TransactionConflict');
  }
  const counts = new Map(
    (await itemsIn(table.client, TableName)).map((item) => [item['pk']?.S, Number(item['n']?.N)]),
  );
  expect(counts.get('all')).toBe(done);
  const own = [0, 1, 2].map((n) => counts.get(`own ${n}`) ?? 0);
  expect(own[0]! + own[1]! + own[2]!).toBe(done);
  expect(counts.size).toBe(done + 1 + own.filter((count) => count > 0).length);
});
