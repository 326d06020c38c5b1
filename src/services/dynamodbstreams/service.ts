import { service } from '../../kernel/service.ts';
import { Streams } from '../dynamodb/domain/streams.ts';
import { describeStream } from './operations/describe-stream.ts';
import { getRecords } from './operations/get-records.ts';
import { getShardIterator } from './operations/get-shard-iterator.ts';
import { listStreams } from './operations/list-streams.ts';
import type { DynamoDBStreamsScope } from './scope.ts';

export const dynamodbstreams = service<DynamoDBStreamsScope>({
  name: 'dynamodbstreams',
  actionPrefix: 'dynamodb',
  operations: [describeStream, getRecords, getShardIterator, listStreams],
  create({ store, clock }) {
    return { scope: { store, clock, streams: new Streams(store, clock) } };
  },
});
