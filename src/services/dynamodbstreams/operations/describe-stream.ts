import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodbstreams.ts';
import { describeKeySchema } from '../../dynamodb/domain/key-schema.ts';
import { keyNames } from '../../dynamodb/domain/table.ts';
import { toSequenceNumber } from '../domain/sequence-numbers.ts';
import { type Shard, shardsOf } from '../domain/shards.ts';
import { invalidParameters } from '../errors.ts';
import type { DynamoDBStreamsScope } from '../scope.ts';
import { onStream, streamAt } from '../scope.ts';

const MAX_SHARDS = 100;

export const describeStream = operation(model.DescribeStream, {
  authorize: onStream('DescribeStream'),
  async handle(input, scope: DynamoDBStreamsScope) {
    const { Limit = MAX_SHARDS, ExclusiveStartShardId: after = '', ShardFilter: filter } = input;
    if (Limit > MAX_SHARDS) {
      throw invalidParameters(`Limit cannot be greater than the maximum: ${MAX_SHARDS}`);
    }
    const stream = await streamAt(scope, input.StreamArn!);
    // identifiers are in the order of time
    const shards = shardsOf(stream, scope.clock.now())
      .filter(({ id }) => id > after)
      .filter(({ parentId }) => !filter || parentId === filter.ShardId);
    const page = shards.slice(0, Limit);
    return {
      StreamDescription: {
        StreamArn: stream.arn,
        StreamLabel: stream.label,
        StreamStatus: stream.end === undefined ? ('ENABLED' as const) : ('DISABLED' as const),
        StreamViewType: stream.viewType,
        CreationRequestDateTime: new Date(stream.createdAtMs),
        TableName: stream.tableName,
        KeySchema: describeKeySchema(keyNames(stream)),
        Shards: page.map(describeShard),
        ...(shards.length > Limit && { LastEvaluatedShardId: page.at(-1)!.id }),
      },
    };
  },
});

function describeShard({ id, parentId, from, end, isClosed }: Shard) {
  return {
    ShardId: id,
    SequenceNumberRange: {
      StartingSequenceNumber: toSequenceNumber(from),
      ...(isClosed && { EndingSequenceNumber: toSequenceNumber(Math.max(from, end - 1)) }),
    },
    ...(parentId !== undefined && { ParentShardId: parentId }),
  };
}
