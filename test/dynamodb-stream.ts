import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record,
} from '@aws-sdk/client-dynamodb-streams';

/** Everything that can be read of a stream now, shard by shard, parents first. */
export async function readStream(
  client: DynamoDBStreamsClient,
  StreamArn: string,
): Promise<_Record[]> {
  const records: _Record[] = [];
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }));
  for (const { ShardId } of StreamDescription!.Shards!) {
    const start = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' } as const;
    let { ShardIterator } = await client.send(new GetShardIteratorCommand(start));
    while (ShardIterator) {
      const page: { Records?: _Record[]; NextShardIterator?: string } = await client.send(
        new GetRecordsCommand({ ShardIterator }),
      );
      records.push(...page.Records!);
      ShardIterator = page.Records!.length > 0 ? page.NextShardIterator : undefined;
    }
  }
  return records;
}
