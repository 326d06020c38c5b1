import type { GetShardIteratorInput } from '@aws-sdk/client-dynamodb-streams';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodbstreams.ts';
import { headKey, storedHead } from '../../dynamodb/domain/journal.ts';
import { fromSequenceNumber } from '../domain/sequence-numbers.ts';
import { writeIterator } from '../domain/shard-iterator.ts';
import { type Shard, shardsOf, trimHorizon } from '../domain/shards.ts';
import { dataTrimmed, invalidParameters, shardNotFound, validation } from '../errors.ts';
import type { DynamoDBStreamsScope } from '../scope.ts';
import { onStream, streamAt } from '../scope.ts';

export const getShardIterator = operation(model.GetShardIterator, {
  authorize: onStream('GetShardIterator'),
  async handle(input, scope: DynamoDBStreamsScope) {
    const { clock, store } = scope;
    const stream = await streamAt(scope, input.StreamArn!);
    const nowMs = clock.now();
    const shard = shardsOf(stream, nowMs).find(({ id }) => id === input.ShardId);
    if (!shard) throw shardNotFound();
    const head = storedHead(await store.get(headKey(stream.tableId)));
    const at = placeIn(shard, input, trimHorizon(nowMs), head);
    const ShardIterator = writeIterator({
      streamArn: stream.arn,
      shardId: shard.id,
      at,
      issuedAtMs: nowMs,
    });
    return { ShardIterator };
  },
});

/** @param head the journal's: what is latest stands below it */
function placeIn(
  shard: Shard,
  { ShardIteratorType: type, SequenceNumber: shown }: GetShardIteratorInput,
  horizon: number,
  head: number,
): number {
  if (type === 'TRIM_HORIZON' || type === 'LATEST') {
    if (shown !== undefined) {
      throw invalidParameters('SequenceNumber should not be passed for this iterator type');
    }
    const place = type === 'LATEST' ? head : horizon;
    return Math.min(Math.max(place, shard.from), shard.end);
  }
  if (shown === undefined) throw invalidParameters('Invalid SequenceNumber');
  const at = fromSequenceNumber(shown, { after: type === 'AFTER_SEQUENCE_NUMBER' });
  if (at < shard.from || at > shard.end) throw validation('Invalid SequenceNumber for the shard');
  if (at < horizon) throw dataTrimmed();
  return at;
}
