import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { startTestCloud } from '../../../../test/cloud.ts';
import { dynamodb } from '../service.ts';

const TableName = 'orders';
const exceeded = (whose: string) => ({
  name: 'ProvisionedThroughputExceededException',
  message: expect.stringContaining(`throughput for ${whose} was exceeded`),
});

/** A table of ten reads and five writes a second, with an index of two each. */
async function start(throttle: boolean, more: Partial<CreateTableCommand['input']> = {}) {
  const cloud = await startTestCloud({ services: [dynamodb], throttle });
  const client = cloud.client(DynamoDBClient);
  await client.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'status', AttributeType: 'S' },
      ],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      ProvisionedThroughput: { ReadCapacityUnits: 10, WriteCapacityUnits: 5 },
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-status',
          KeySchema: [{ AttributeName: 'status', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
          ProvisionedThroughput: { ReadCapacityUnits: 2, WriteCapacityUnits: 2 },
        },
      ],
      ...more,
    }),
  );
  await cloud.inside.workflows.settled();
  const put = (pk: string, status?: string) =>
    client.send(
      new PutItemCommand({
        TableName,
        Item: { pk: { S: pk }, ...(status && { status: { S: status } }) },
      }),
    );
  return {
    client,
    put,
    /** How many writes of one unit are let through, out of many. */
    async writesLetThrough() {
      for (let made = 0; ; made++) {
        const refused = await put('x').then(
          () => false,
          () => true,
        );
        if (refused || made === 500) return made;
      }
    },
    advance: (seconds: number) => cloud.inside.clock.advance(seconds * 1000),
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
}

describe('where throughput is enforced', () => {
  test('writes take what a second gives, and what up to five minutes have saved', async () => {
    await using table = await start(true, {
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
    });
    expect(await table.writesLetThrough()).toBe(1);
    await expect(table.put('a')).rejects.toMatchObject(exceeded('the table'));
    table.advance(2);
    expect(await table.writesLetThrough()).toBe(2);
    table.advance(3600);
    expect(await table.writesLetThrough()).toBe(300);
  });

  test('a request may take more than is left, which is owed', async () => {
    await using table = await start(true);
    const Item = { pk: { S: 'a' }, text: { S: 'x'.repeat(20_000) } };
    await table.client.send(new PutItemCommand({ TableName, Item }));
    table.advance(2);
    await expect(table.put('b')).rejects.toMatchObject(exceeded('the table'));
    table.advance(2);
    await table.put('b');
  });

  test('reads are counted as they are charged', async () => {
    await using table = await start(true);
    await table.put('a');
    const get = (ConsistentRead: boolean) =>
      table.client.send(new GetItemCommand({ TableName, Key: { pk: { S: 'a' } }, ConsistentRead }));
    for (let read = 0; read < 10; read++) await get(true);
    await expect(get(false)).rejects.toMatchObject(exceeded('the table'));
    await expect(table.client.send(new ScanCommand({ TableName }))).rejects.toMatchObject(
      exceeded('the table'),
    );
    table.advance(1);
    for (let read = 0; read < 20; read++) await get(false);
    await expect(get(false)).rejects.toMatchObject(exceeded('the table'));
  });

  test('an index is held to its own throughput, and holds up the table', async () => {
    await using table = await start(true);
    const indexes = 'one or more global secondary indexes of the table';
    await table.put('a', 'new');
    await table.put('b', 'new');
    await expect(table.put('c', 'new')).rejects.toMatchObject(exceeded(indexes));
    await table.put('c'); // is not in the index
    const query = () =>
      table.client.send(
        new QueryCommand({
          TableName,
          IndexName: 'by-status',
          KeyConditionExpression: '#status = :new',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: { ':new': { S: 'new' } },
        }),
      );
    for (let read = 0; read < 4; read++) expect((await query()).Count).toBe(2);
    await expect(query()).rejects.toMatchObject(exceeded(indexes));
  });

  test('a transaction costs twice, and says what cancelled it', async () => {
    await using table = await start(true);
    const transact = () =>
      table.client.send(
        new TransactWriteItemsCommand({
          TransactItems: ['a', 'b', 'c'].map((pk) => ({
            Put: { TableName, Item: { pk: { S: pk } } },
          })),
        }),
      );
    await transact();
    await expect(transact()).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: Array.from({ length: 3 }, () => ({
        Code: 'ProvisionedThroughputExceeded',
      })),
    });
  });

  test('on-demand tables have no limit but the one they were given', async () => {
    const { GlobalSecondaryIndexes, ProvisionedThroughput } = {
      GlobalSecondaryIndexes: undefined,
      ProvisionedThroughput: undefined,
    };
    const AttributeDefinitions = [{ AttributeName: 'pk', AttributeType: 'S' as const }];
    await using table = await start(true, {
      ...{ GlobalSecondaryIndexes, ProvisionedThroughput, AttributeDefinitions },
      BillingMode: 'PAY_PER_REQUEST',
      OnDemandThroughput: { MaxWriteRequestUnits: 3 },
    });
    expect(await table.writesLetThrough()).toBe(3);
    await expect(table.put('a')).rejects.toMatchObject({
      name: 'ThrottlingException',
      message: 'Throughput exceeds the maximum OnDemandThroughput configured on table or index',
    });
    await table.client.send(new GetItemCommand({ TableName, Key: { pk: { S: 'x' } } }));
  });
});

test('throughput is not enforced unless it was asked for', async () => {
  await using table = await start(false);
  for (let write = 0; write < 20; write++) await table.put('a', 'new');
  await expect(table.put('a', 'new')).resolves.toBeDefined();
});
