import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../cloud.ts';
import { environment, has, run } from './program.ts';

/** A consumer as the Kinesis Client Library is one: a checkpoint a shard, parents before children. */
const consumer = `
import boto3, json, os, urllib.request

endpoint = os.environ['AWS_ENDPOINT_URL']
dynamodb, streams = boto3.client('dynamodb'), boto3.client('dynamodbstreams')
arn = dynamodb.create_table(
    TableName='orders', BillingMode='PAY_PER_REQUEST',
    AttributeDefinitions=[{'AttributeName': 'pk', 'AttributeType': 'S'}],
    KeySchema=[{'AttributeName': 'pk', 'KeyType': 'HASH'}],
    StreamSpecification={'StreamEnabled': True, 'StreamViewType': 'NEW_IMAGE'})['TableDescription']['LatestStreamArn']
dynamodb.get_waiter('table_exists').wait(TableName='orders', WaiterConfig={'Delay': 1})

def put(n):
    dynamodb.put_item(TableName='orders', Item={'pk': {'S': 'same'}, 'n': {'N': str(n)}, 'raw': {'B': bytes([n])}})

def hours(n):
    body = json.dumps({'advanceSeconds': n * 3600}).encode()
    urllib.request.urlopen(urllib.request.Request(endpoint + '/_alacarte/clock', body, method='POST')).read()

seen, checkpoints, done = [], {}, set()

def poll():
    shards = streams.describe_stream(StreamArn=arn)['StreamDescription']['Shards']
    for shard in shards:
        id, parent = shard['ShardId'], shard.get('ParentShardId')
        if id in done or (parent in [s['ShardId'] for s in shards] and parent not in done):
            continue
        start = {'ShardIteratorType': 'TRIM_HORIZON'}
        if id in checkpoints:
            start = {'ShardIteratorType': 'AFTER_SEQUENCE_NUMBER', 'SequenceNumber': checkpoints[id]}
        at = streams.get_shard_iterator(StreamArn=arn, ShardId=id, **start)['ShardIterator']
        while at:
            page = streams.get_records(ShardIterator=at, Limit=2)
            for record in page['Records']:
                image = record['dynamodb']['NewImage']
                assert image['raw']['B'] == bytes([int(image['n']['N'])])
                checkpoints[id] = record['dynamodb']['SequenceNumber']
                seen.append(int(image['n']['N']))
            at = page.get('NextShardIterator')
            if not page['Records']:
                break
        if at is None:
            done.add(id)

numbers = iter(range(200))
wrote = []
for hour in range(12):
    for _ in range(3):
        n = next(numbers)
        put(n)
        wrote.append(n)
    if hour % 3 == 1:
        poll()
    hours(1)
poll()
assert seen == wrote, (seen, wrote)
assert len(done) == 3, done
order = [int(checkpoints[id]) for id in sorted(checkpoints)]
assert order == sorted(order), order
print('all well')
`;

describe('consumers of streams', { timeout: 120_000 }, () => {
  let cloud: TestCloud;

  beforeAll(async () => {
    cloud = await startTestCloud();
  });
  afterAll(() => cloud[Symbol.asyncDispose]());

  test.skipIf(!has('python3', '-c', 'import boto3'))(
    'boto3 follows the shards of a stream as they roll',
    async () => {
      const env = environment(cloud.endpoint);
      const { stdout, stderr } = await run('python3', ['-W', 'ignore', '-'], {
        env,
        input: consumer,
      });
      expect(stderr).toBe('');
      expect(stdout).toBe('all well\n');
    },
  );

  test.skipIf(!has('aws', '--version'))('the AWS CLI shows streams', async () => {
    const aws = async (...args: readonly string[]): Promise<string> => {
      const { code, stdout, stderr } = await run('aws', args, { env: environment(cloud.endpoint) });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      return stdout.trim();
    };
    const table = ['--table-name', 'letters', '--output', 'text', '--query'];
    const arn = await aws(
      ...['dynamodb', 'create-table', '--billing-mode', 'PAY_PER_REQUEST'],
      ...['--attribute-definitions', 'AttributeName=pk,AttributeType=S'],
      ...['--key-schema', 'AttributeName=pk,KeyType=HASH'],
      ...['--stream-specification', 'StreamEnabled=true,StreamViewType=KEYS_ONLY'],
      ...[...table, 'TableDescription.LatestStreamArn'],
    );
    await cloud.inside.workflows.settled();
    await aws('dynamodb', 'put-item', '--table-name', 'letters', '--item', '{"pk":{"S":"a"}}');
    const streams = 'dynamodbstreams';
    expect(await aws(streams, 'list-streams', ...table, 'Streams[].StreamArn')).toBe(arn);
    const text = ['--output', 'text', '--query'];
    const shard = await aws(
      ...[streams, 'describe-stream', '--stream-arn', arn, ...text],
      'StreamDescription.Shards[0].ShardId',
    );
    const iterator = await aws(
      ...[streams, 'get-shard-iterator', '--stream-arn', arn, '--shard-id', shard],
      ...['--shard-iterator-type', 'TRIM_HORIZON', ...text, 'ShardIterator'],
    );
    const keys = ['--output', 'json', '--query', 'Records[].dynamodb.Keys'];
    const records = await aws(streams, 'get-records', '--shard-iterator', iterator, ...keys);
    expect(JSON.parse(records)).toEqual([{ pk: { S: 'a' } }]);
  });
});
