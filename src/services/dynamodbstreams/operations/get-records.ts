import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodbstreams.ts';
import { answer } from '../../dynamodb/domain/answer.ts';
import { seal } from '../../dynamodb/domain/journal.ts';
import { readPage } from '../domain/record-page.ts';
import { readIterator, writeIterator } from '../domain/shard-iterator.ts';
import { shardsOf, trimHorizon } from '../domain/shards.ts';
import { dataTrimmed, invalidParameters } from '../errors.ts';
import type { DynamoDBStreamsScope } from '../scope.ts';
import { onStream, streamAt } from '../scope.ts';

const MAX_RECORDS = 1000;

export const getRecords = operation(model.GetRecords, {
  authorize: ({ ShardIterator = '' }) =>
    onStream('GetRecords')({ StreamArn: ShardIterator.split('|')[0] }),
  async handle({ ShardIterator, Limit = MAX_RECORDS }, scope: DynamoDBStreamsScope) {
    if (Limit > MAX_RECORDS) {
      throw invalidParameters(`Limit should be less than or equal to ${MAX_RECORDS}`);
    }
    const { clock, store } = scope;
    const nowMs = clock.now();
    const iterator = readIterator(ShardIterator!, nowMs);
    const stream = await streamAt(scope, iterator.streamArn);
    const shard = shardsOf(stream, nowMs).find(({ id }) => id === iterator.shardId);
    if (!shard || iterator.at < trimHorizon(nowMs)) throw dataTrimmed();
    // A disabled stream's end was sealed when it was disabled.
    if (shard.isClosed && stream.end === undefined) await seal(store, stream.tableId, shard.end);
    const { records, next, isLast } = await readPage(store, stream, {
      from: iterator.at,
      end: shard.end,
      limit: Limit,
    });
    return answer({
      Records: records,
      NextShardIterator:
        shard.isClosed && isLast
          ? undefined
          : writeIterator({ ...iterator, at: next, issuedAtMs: nowMs }),
    });
  },
});
