import {
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  type StreamViewType,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
  type ShardIteratorType,
  type _Record,
} from '@aws-sdk/client-dynamodb-streams';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';
import { onDemand } from '../../../../test/dynamodb-table.ts';
import { readStream } from '../../../../test/dynamodb-stream.ts';
import { dynamodb } from '../../dynamodb/service.ts';
import { dynamodbstreams } from '../service.ts';

const HOUR_MS = 60 * 60 * 1000;

let cloud: TestCloud;
let tables: DynamoDBClient;
let streams: DynamoDBStreamsClient;

beforeEach(async () => {
  cloud = await startTestCloud({ services: [dynamodb, dynamodbstreams] });
  tables = cloud.client(DynamoDBClient);
  streams = cloud.client(DynamoDBStreamsClient);
});

afterEach(() => cloud[Symbol.asyncDispose]());

const advance = (ms: number) => cloud.inside.clock.advance(ms);

/** @returns the stream's ARN */
async function createTable(
  StreamViewType: StreamViewType = 'NEW_AND_OLD_IMAGES',
  name = 'orders',
): Promise<string> {
  const created = await tables.send(
    new CreateTableCommand({
      ...onDemand(name),
      StreamSpecification: { StreamEnabled: true, StreamViewType },
    }),
  );
  await cloud.inside.workflows.settled();
  return created.TableDescription!.LatestStreamArn!;
}

const put = (pk: string, n = 0) =>
  tables.send(
    new PutItemCommand({ TableName: 'orders', Item: { pk: { S: pk }, n: { N: `${n}` } } }),
  );

const remove = (pk: string) =>
  tables.send(new DeleteItemCommand({ TableName: 'orders', Key: { pk: { S: pk } } }));

async function shardsOf(StreamArn: string) {
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  return StreamDescription!.Shards!;
}

async function iteratorAt(
  StreamArn: string,
  type: ShardIteratorType,
  more: { SequenceNumber?: string; ShardId?: string } = {},
): Promise<string> {
  const ShardId = more.ShardId ?? (await shardsOf(StreamArn)).at(-1)!.ShardId!;
  const { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({ StreamArn, ShardIteratorType: type, ...more, ShardId }),
  );
  return ShardIterator!;
}

const read = (ShardIterator: string, Limit?: number) =>
  streams.send(new GetRecordsCommand({ ShardIterator, Limit }));

const readAll = (arn: string) => readStream(streams, arn);

/** What happened, as `INSERT a`. */
const told = (records: readonly _Record[]) =>
  records.map(({ eventName, dynamodb: change }) => `${eventName} ${change!.Keys!['pk']!.S}`);

test('a change is shown with all that AWS tells of it', async () => {
  const arn = await createTable();
  await put('a', 1);
  const [record] = await readAll(arn);
  expect(record).toEqual({
    eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'us-east-1',
    dynamodb: {
      ApproximateCreationDateTime: new Date('2026-11-23T12:00:00Z'),
      Keys: { pk: { S: 'a' } },
      NewImage: { pk: { S: 'a' }, n: { N: '1' } },
      SequenceNumber: expect.stringMatching(/^\d{21,40}$/),
      SizeBytes: 3 + 6,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
  });
});

test.each([
  ['KEYS_ONLY', [], [], []],
  ['NEW_IMAGE', ['NewImage'], ['NewImage'], []],
  ['OLD_IMAGE', [], ['OldImage'], ['OldImage']],
  ['NEW_AND_OLD_IMAGES', ['NewImage'], ['NewImage', 'OldImage'], ['OldImage']],
] as const)('the view %s shows its images', async (view, ...images) => {
  const arn = await createTable(view);
  await put('a', 1);
  await put('a', 2);
  await put('a', 2); // leaves the item as it was: no record
  await remove('a');
  await remove('a');
  const records = await readAll(arn);
  expect(told(records)).toEqual(['INSERT a', 'MODIFY a', 'REMOVE a']);
  const shown = records.map(({ dynamodb: change }) =>
    (['NewImage', 'OldImage'] as const).filter((image) => change![image]),
  );
  expect(shown).toEqual(images);
  expect(records[1]!.dynamodb!.Keys).toEqual({ pk: { S: 'a' } });
});

test('iterators begin where they are asked to', async () => {
  const arn = await createTable();
  for (const pk of ['a', 'b', 'c']) await put(pk);
  const latest = await iteratorAt(arn, 'LATEST');
  const [, b] = await readAll(arn);
  const SequenceNumber = b!.dynamodb!.SequenceNumber!;
  await put('d');
  const from = async (iterator: string) => told((await read(iterator)).Records!);
  const all = ['INSERT a', 'INSERT b', 'INSERT c', 'INSERT d'];
  expect(await from(await iteratorAt(arn, 'TRIM_HORIZON'))).toEqual(all);
  const at = await iteratorAt(arn, 'AT_SEQUENCE_NUMBER', { SequenceNumber });
  expect(await from(at)).toEqual(all.slice(1));
  const behind = await iteratorAt(arn, 'AFTER_SEQUENCE_NUMBER', { SequenceNumber });
  expect(await from(behind)).toEqual(all.slice(2));
  expect(await from(latest)).toEqual(all.slice(3));
});

test('a page has as many records as were asked for, and 1 MB at most', async () => {
  const arn = await createTable('NEW_IMAGE');
  const large = { S: 'x'.repeat(390 * 1024) };
  for (const pk of ['a', 'b', 'c', 'd']) {
    await tables.send(new PutItemCommand({ TableName: 'orders', Item: { pk: { S: pk }, large } }));
  }
  const first = await read(await iteratorAt(arn, 'TRIM_HORIZON'), 1);
  expect(told(first.Records!)).toEqual(['INSERT a']);
  const second = await read(first.NextShardIterator!);
  expect(told(second.Records!)).toEqual(['INSERT b', 'INSERT c']);
  const third = await read(second.NextShardIterator!);
  expect(told(third.Records!)).toEqual(['INSERT d']);
  expect((await read(third.NextShardIterator!)).Records).toEqual([]);
});

test('a consumer follows the shards as they roll', async () => {
  const arn = await createTable();
  await put('a');
  let iterator: string | undefined = await iteratorAt(arn, 'TRIM_HORIZON');
  const first = await read(iterator);
  iterator = first.NextShardIterator;
  expect(told(first.Records!)).toEqual(['INSERT a']);
  await put('b');
  advance(4 * HOUR_MS);
  await put('c');
  const last = await read(
    await iteratorAt(arn, 'AFTER_SEQUENCE_NUMBER', {
      ShardId: (await shardsOf(arn))[0]!.ShardId!,
      SequenceNumber: first.Records![0]!.dynamodb!.SequenceNumber!,
    }),
  );
  expect(told(last.Records!)).toEqual(['INSERT b']);
  expect(last.NextShardIterator).toBeUndefined();

  const [parent, child, ...others] = await shardsOf(arn);
  expect(others).toEqual([]);
  expect(parent!.SequenceNumberRange!.EndingSequenceNumber).toBeDefined();
  expect(child!.ParentShardId).toBe(parent!.ShardId);
  expect(child!.SequenceNumberRange!.EndingSequenceNumber).toBeUndefined();
  expect(child!.ShardId! > parent!.ShardId!).toBe(true);
  const { StreamDescription: children } = await streams.send(
    new DescribeStreamCommand({
      StreamArn: arn,
      ShardFilter: { Type: 'CHILD_SHARDS', ShardId: parent!.ShardId! },
    }),
  );
  expect(children!.Shards).toEqual([child]);
  expect(told((await read(await iteratorAt(arn, 'TRIM_HORIZON'))).Records!)).toEqual(['INSERT c']);
});

test('shards are described in pages', async () => {
  const arn = await createTable();
  advance(9 * HOUR_MS);
  const shards = await shardsOf(arn);
  expect(shards).toHaveLength(3);
  const page = async (ExclusiveStartShardId?: string) =>
    (
      await streams.send(
        new DescribeStreamCommand({ StreamArn: arn, Limit: 2, ExclusiveStartShardId }),
      )
    ).StreamDescription!;
  const first = await page();
  expect(first.Shards).toEqual(shards.slice(0, 2));
  expect(first.LastEvaluatedShardId).toBe(shards[1]!.ShardId);
  const second = await page(first.LastEvaluatedShardId);
  expect(second.Shards).toEqual(shards.slice(2));
  expect(second.LastEvaluatedShardId).toBeUndefined();
});

describe('time', () => {
  test('an iterator can be used for fifteen minutes', async () => {
    const iterator = await iteratorAt(await createTable(), 'TRIM_HORIZON');
    advance(15 * 60 * 1000);
    expect((await read(iterator)).NextShardIterator).toBeDefined();
    advance(1);
    await expect(read(iterator)).rejects.toMatchObject({ name: 'ExpiredIteratorException' });
  });

  test('records are trimmed after 24 hours', async () => {
    const arn = await createTable();
    await put('a');
    advance(HOUR_MS);
    await put('b');
    const [a] = await readAll(arn);
    const SequenceNumber = a!.dynamodb!.SequenceNumber!;
    const [{ ShardId }] = (await shardsOf(arn)) as [{ ShardId: string }];
    advance(23 * HOUR_MS);
    const iterator = await iteratorAt(arn, 'AT_SEQUENCE_NUMBER', { ShardId, SequenceNumber });
    expect(told((await read(iterator)).Records!)).toEqual(['INSERT a', 'INSERT b']);
    advance(1);
    await expect(read(iterator)).rejects.toMatchObject({ name: 'TrimmedDataAccessException' });
    await expect(
      iteratorAt(arn, 'AT_SEQUENCE_NUMBER', { ShardId, SequenceNumber }),
    ).rejects.toMatchObject({ name: 'TrimmedDataAccessException' });
    expect(told(await readAll(arn))).toEqual(['INSERT b']);
  });
});

describe('on a live table', () => {
  const stream = (StreamEnabled: boolean, StreamViewType?: StreamViewType) =>
    tables.send(
      new UpdateTableCommand({
        TableName: 'orders',
        StreamSpecification: { StreamEnabled, StreamViewType },
      }),
    );

  test('a stream shows what happens between enabling and disabling it', async () => {
    await tables.send(new CreateTableCommand(onDemand('orders')));
    await cloud.inside.workflows.settled();
    await put('a');
    const enabled = await stream(true, 'NEW_IMAGE');
    const { LatestStreamArn: arn, StreamSpecification } = enabled.TableDescription!;
    expect(StreamSpecification).toEqual({ StreamEnabled: true, StreamViewType: 'NEW_IMAGE' });
    await put('b');
    await stream(false);
    await put('c');
    const again = (await stream(true, 'KEYS_ONLY')).TableDescription!;
    await put('d');
    expect(again.LatestStreamArn).not.toBe(arn);
    expect(told(await readAll(arn!))).toEqual(['INSERT b']);
    expect(told(await readAll(again.LatestStreamArn!))).toEqual(['INSERT d']);
    const { Streams } = await streams.send(new ListStreamsCommand({ TableName: 'orders' }));
    expect(Streams!.map(({ StreamArn }) => StreamArn)).toEqual([arn, again.LatestStreamArn]);
  });

  test('a stream is enabled once and disabled once', async () => {
    await createTable();
    await expect(stream(true, 'NEW_IMAGE')).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Table already has an enabled stream: TableName: orders',
    });
    await expect(stream(false, 'NEW_IMAGE')).rejects.toMatchObject({
      message:
        'One or more parameter values were invalid: If stream is being disabled, then UpdateViewType must not be specified',
    });
    const { TableDescription } = await stream(false);
    expect(TableDescription!.StreamSpecification).toBeUndefined();
    expect(TableDescription!.LatestStreamArn).toMatch(/\/stream\/2026-11-23T12:00:00\.000$/);
    await expect(stream(false)).rejects.toMatchObject({
      message: 'Table has no stream to disable: TableName: orders',
    });
  });

  test('the stream of a deleted table is closed, and read for another 24 hours', async () => {
    const arn = await createTable();
    await put('a');
    await tables.send(new DeleteTableCommand({ TableName: 'orders' }));
    await cloud.inside.workflows.settled();
    await expect(
      tables.send(new DescribeTableCommand({ TableName: 'orders' })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn: arn }));
    expect(StreamDescription).toMatchObject({ StreamStatus: 'DISABLED', TableName: 'orders' });
    const page = await read(await iteratorAt(arn, 'TRIM_HORIZON'));
    expect(told(page.Records!)).toEqual(['INSERT a']);
    expect(page.NextShardIterator).toBeUndefined();
    advance(24 * HOUR_MS);
    await expect(shardsOf(arn)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Requested resource not found: Stream: ${arn} not found`,
    });
  });
});

test('streams are listed in pages', async () => {
  const arns = [];
  for (const name of ['one', 'one-more', 'two']) arns.push(await createTable('KEYS_ONLY', name));
  const page = (ExclusiveStartStreamArn?: string) =>
    streams.send(new ListStreamsCommand({ Limit: 2, ExclusiveStartStreamArn }));
  const first = await page();
  expect(first.Streams!.map(({ StreamArn }) => StreamArn)).toEqual(arns.slice(0, 2));
  const second = await page(first.LastEvaluatedStreamArn);
  expect(second.Streams).toEqual([
    { StreamArn: arns[2], TableName: 'two', StreamLabel: '2026-11-23T12:00:00.000' },
  ]);
  expect(second.LastEvaluatedStreamArn).toBeUndefined();
});

test('what makes no sense is refused', async () => {
  const arn = await createTable();
  const none = arn.replace('12:00:00', '11:00:00');
  const noShard = 'shardId-00000000000000000000-00000000';
  const invalid = (message: string) => ({ name: 'ValidationException', message });
  const refusals: [() => Promise<unknown>, { name: string; message: string }][] = [
    [() => shardsOf('x'.repeat(40)), invalid('Invalid StreamArn')],
    [
      () => shardsOf(none),
      {
        name: 'ResourceNotFoundException',
        message: `Requested resource not found: Stream: ${none} not found`,
      },
    ],
    [
      () => iteratorAt(arn, 'LATEST', { ShardId: noShard }),
      {
        name: 'ResourceNotFoundException',
        message: 'Requested resource not found: Shard does not exist',
      },
    ],
    [
      () => iteratorAt(arn, 'LATEST', { SequenceNumber: '1'.repeat(21) }),
      invalid(
        'One or more parameter values were invalid: SequenceNumber should not be passed for this iterator type',
      ),
    ],
    [
      () => iteratorAt(arn, 'AT_SEQUENCE_NUMBER'),
      invalid('One or more parameter values were invalid: Invalid SequenceNumber'),
    ],
    [
      () => iteratorAt(arn, 'AFTER_SEQUENCE_NUMBER', { SequenceNumber: '9'.repeat(30) }),
      invalid('Invalid SequenceNumber for the shard'),
    ],
    [() => read('nonsense'), invalid('Invalid ShardIterator')],
    [
      () => read('whatever', 1001),
      invalid(
        'One or more parameter values were invalid: Limit should be less than or equal to 1000',
      ),
    ],
  ];
  for (const [call, refusal] of refusals) await expect(call()).rejects.toMatchObject(refusal);
});
