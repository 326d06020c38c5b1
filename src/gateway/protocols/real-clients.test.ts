import { Agent } from 'node:http';
import type { LookupFunction } from 'node:net';
import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  BatchWriteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { DescribeInstancesCommand, EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { CreateHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import {
  CreateBucketCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketAclCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { SmithyRpcV2CborProtocol } from '@smithy/core/cbor';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AwsError } from '../../kernel/aws-error.ts';
import type { Resolved } from '../resolve.ts';
import type { Fields } from './protocol.ts';
import {
  requestId,
  startScriptedServer,
  type ScriptedServer,
} from '../../../test/scripted-server.ts';

let server: ScriptedServer;
let seen: { call: Resolved; input: Fields };
let reply: Fields | AwsError = {};
let config: { endpoint: string; region: string; credentials: never; maxAttempts: number };

beforeAll(async () => {
  server = await startScriptedServer((call, input) => {
    seen = { call, input };
    if (reply instanceof AwsError) throw reply;
    return reply;
  });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' } as never;
  config = { endpoint: server.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 };
});

afterAll(() => server[Symbol.asyncDispose]());

/** Not every machine resolves names under `localhost`, as RFC 6761 would have it. */
const loopback: LookupFunction = (_name, _options, callback) => {
  callback(null, [{ address: '127.0.0.1', family: 4 }]);
};

/** CBOR, where the client's own choice would be JSON. */
function rpcV2Cbor(service: string): SmithyRpcV2CborProtocol {
  return new SmithyRpcV2CborProtocol({ defaultNamespace: `com.amazonaws.${service}` });
}

const date = new Date('2026-01-02T03:04:05.678Z');
const bytes = new Uint8Array([0, 1, 254, 255]);

function expectSeen(protocol: string, name: string): void {
  expect(`${seen.call.protocol.name} ${seen.call.name}`).toBe(`${protocol} ${name}`);
}

/** What the client made of an error that the server sent. */
async function refusal(error: AwsError, send: () => Promise<unknown>): Promise<Fields> {
  reply = error;
  try {
    await send();
  } catch (caught) {
    const { $metadata, message } = caught as { $metadata: Fields; message: string };
    return { ...(caught as Fields), message, ...$metadata };
  }
  return expect.unreachable('the error was lost');
}

test('DynamoDB in AWS JSON 1.0', async () => {
  const client = new DynamoDBClient(config);
  const item = {
    id: { S: 'über' },
    data: { B: bytes },
    deep: { M: { list: { L: [{ N: '1.5' }, { NULL: true }, { BS: [bytes] }] } } },
  };
  reply = { Attributes: item, ConsumedCapacity: { TableName: 't', CapacityUnits: 0.5 } };
  const { Attributes, ConsumedCapacity, $metadata } = await client.send(
    new PutItemCommand({ TableName: 't', Item: item }),
  );
  expectSeen('aws-json-1.0', 'PutItem');
  expect(seen.input).toEqual({ TableName: 't', Item: item });
  expect({ Attributes, ConsumedCapacity }).toEqual(reply);
  expect($metadata.requestId).toBe(requestId);

  const error = new AwsError('ConditionalCheckFailedException', 'The conditional request failed', {
    members: { Item: { id: { B: bytes } } },
  });
  const send = (): Promise<unknown> =>
    client.send(new PutItemCommand({ TableName: 't', Item: item }));
  expect(await refusal(error, send)).toMatchObject({
    name: 'ConditionalCheckFailedException',
    message: 'The conditional request failed',
    Item: { id: { B: bytes } },
    requestId,
    httpStatusCode: 400,
  });
});

test('DynamoDB’s deepest items', async () => {
  let value: AttributeValue = { S: 'deepest' };
  for (let level = 0; level < 32; level++) value = level % 2 ? { L: [value] } : { M: { a: value } };
  const Item = { id: { S: 'a' }, value };
  reply = { UnprocessedItems: {} };
  const RequestItems = { t: [{ PutRequest: { Item } }] };
  await new DynamoDBClient(config).send(new BatchWriteItemCommand({ RequestItems }));
  expect(seen.input).toEqual({ RequestItems });
});

test('SSM in AWS JSON 1.1', async () => {
  const client = new SSMClient(config);
  reply = { Parameter: { Name: '/a', Value: '"<&>\u2028', LastModifiedDate: date, Version: 3 } };
  const output = await client.send(new GetParameterCommand({ Name: '/a', WithDecryption: true }));
  expectSeen('aws-json-1.1', 'GetParameter');
  expect(seen.input).toEqual({ Name: '/a', WithDecryption: true });
  expect(output.Parameter).toEqual(reply['Parameter']);
  const send = (): Promise<unknown> => client.send(new GetParameterCommand({ Name: '/b' }));
  expect(await refusal(new AwsError('ParameterNotFound', ''), send)).toMatchObject({
    name: 'ParameterNotFound',
    httpStatusCode: 400,
  });
});

test('SQS in AWS JSON 1.0, with the code of its query days', async () => {
  const client = new SQSClient(config);
  reply = { MessageId: 'm', MD5OfMessageBody: '5d41402abc4b2a76b9719d911017c592' };
  const QueueUrl = `${server.endpoint}/000000000000/q`;
  const input = {
    QueueUrl,
    MessageBody: 'hello',
    MessageAttributes: { a: { DataType: 'Binary', BinaryValue: bytes } },
  };
  const output = await client.send(new SendMessageCommand(input));
  expectSeen('aws-json-1.0', 'SendMessage');
  expect(seen.input).toEqual(input);
  expect(output.MessageId).toBe('m');
  const error = new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
  const send = (): Promise<unknown> => client.send(new SendMessageCommand(input));
  expect(await refusal(error, send)).toMatchObject({
    name: 'QueueDoesNotExist',
    Code: 'AWS.SimpleQueueService.NonExistentQueue',
    Type: 'Sender',
  });
});

test('EC2 in its query protocol', async () => {
  const client = new EC2Client(config);
  const input = {
    ImageId: 'ami-1',
    MinCount: 1,
    MaxCount: 2,
    SecurityGroupIds: ['sg-1', 'sg-2'],
    TagSpecifications: [
      { ResourceType: 'instance' as const, Tags: [{ Key: 'Name', Value: 'a & b' }] },
    ],
    BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 8, Encrypted: true } }],
    ClientToken: 'token',
  };
  const instances = [
    {
      InstanceId: 'i-1',
      LaunchTime: date,
      State: { Code: 0, Name: 'pending' },
      Tags: [{ Key: 'Name', Value: '<a> & "b"\r\n' }],
      EbsOptimized: false,
      SecurityGroups: [],
    },
  ];
  reply = { ReservationId: 'r-1', Instances: instances };
  const output = await client.send(new RunInstancesCommand(input));
  expectSeen('ec2-query', 'RunInstances');
  expect(seen.input).toEqual(input);
  expect(output).toMatchObject(reply);
  expect(output.$metadata.requestId).toBe(requestId);

  reply = { Reservations: [] };
  const filters = [{ Name: 'tag:Name', Values: ['a', 'b'] }];
  const { Reservations } = await client.send(new DescribeInstancesCommand({ Filters: filters }));
  expect(seen.input).toEqual({ Filters: filters });
  expect(Reservations).toEqual([]);
  const text = "The instance ID 'i-1' does not exist";
  const send = (): Promise<unknown> => client.send(new DescribeInstancesCommand({}));
  expect(await refusal(new AwsError('InvalidInstanceID.NotFound', text), send)).toMatchObject({
    name: 'InvalidInstanceID.NotFound',
    message: text,
    requestId,
  });
});

test('IAM and STS in AWS query', async () => {
  const iam = new IAMClient(config);
  const role = {
    Path: '/',
    RoleName: 'r',
    RoleId: 'AROA1',
    Arn: 'arn:aws:iam::000000000000:role/r',
    CreateDate: new Date('2026-01-02T03:04:05Z'),
    Tags: [{ Key: 'k', Value: '' }],
  };
  reply = { Role: role };
  const input = { RoleName: 'r', AssumeRolePolicyDocument: '{"a": "+ %"}', Tags: role.Tags };
  const output = await iam.send(new CreateRoleCommand(input));
  expectSeen('aws-query', 'CreateRole');
  expect(seen.input).toEqual(input);
  expect(output.Role).toEqual(role);
  expect(output.$metadata.requestId).toBe(requestId);

  const error = new AwsError('EntityAlreadyExists', 'Role with name r already exists.');
  const send = (): Promise<unknown> => iam.send(new CreateRoleCommand(input));
  expect(await refusal(error, send)).toMatchObject({
    name: 'EntityAlreadyExistsException',
    message: 'Role with name r already exists.',
    httpStatusCode: 409,
    requestId,
  });

  reply = { UserId: 'u', Account: '000000000000', Arn: 'arn:aws:iam::000000000000:root' };
  expect(await new STSClient(config).send(new GetCallerIdentityCommand({}))).toMatchObject(reply);
  expectSeen('aws-query', 'GetCallerIdentity');
});

test('Lambda in REST JSON', async () => {
  const client = new LambdaClient(config);
  reply = { StatusCode: 202, Payload: bytes, ExecutedVersion: '$LATEST' };
  const invoke = {
    FunctionName: 'arn:aws:lambda:us-east-1:000000000000:function:f',
    InvocationType: 'Event' as const,
    Qualifier: '$LATEST',
  };
  const output = await client.send(new InvokeCommand({ ...invoke, Payload: bytes }));
  expectSeen('rest-json', 'Invoke');
  expect(seen.input).toEqual({ ...invoke, Payload: bytes });
  expect(output.$metadata.httpStatusCode).toBe(202);
  expect([...(output.Payload ?? [])]).toEqual([...bytes]);

  reply = {
    Functions: [{ FunctionName: 'f', Timeout: 3, Environment: { Variables: { A: '1' } } }],
  };
  const list = await client.send(new ListFunctionsCommand({ MaxItems: 5 }));
  expect(seen.input).toEqual({ MaxItems: 5 });
  expect(list.Functions).toEqual(reply['Functions']);
  const error = new AwsError('ResourceNotFoundException', 'Function not found', {
    members: { Type: 'User' },
  });
  expect(await refusal(error, () => client.send(new InvokeCommand(invoke)))).toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Function not found',
    Type: 'User',
    httpStatusCode: 404,
    requestId,
  });
});

test('Route 53 in REST XML', async () => {
  const client = new Route53Client(config);
  const zone = { Id: '/hostedzone/Z1', Name: 'a.', CallerReference: 'c' };
  reply = { HostedZone: zone, Location: 'https://localhost/Z1' };
  const input = {
    Name: 'a.',
    CallerReference: 'c',
    HostedZoneConfig: { Comment: '<&>', PrivateZone: false },
  };
  const output = await client.send(new CreateHostedZoneCommand(input));
  expectSeen('rest-xml', 'CreateHostedZone');
  expect(seen.input).toEqual(input);
  expect(output).toMatchObject({ Location: 'https://localhost/Z1', HostedZone: { Name: 'a.' } });
  expect(output.$metadata.httpStatusCode).toBe(201);
  const error = new AwsError('InvalidInput', 'no');
  expect(await refusal(error, () => client.send(new CreateHostedZoneCommand(input)))).toMatchObject(
    {
      name: 'InvalidInput',
      message: 'no',
    },
  );
});

test('CloudWatch in CBOR', async () => {
  const client = new CloudWatchClient({
    ...config,
    protocol: rpcV2Cbor('GraniteServiceVersion20100801'),
  });
  const results = [
    { Id: 'm1', Label: 'l', Timestamps: [date], Values: [1.5, 2], StatusCode: 'Complete' },
  ];
  reply = { MetricDataResults: results };
  const input = {
    StartTime: date,
    EndTime: date,
    MetricDataQueries: [{ Id: 'm1', Expression: '1' }],
  };
  const output = await client.send(new GetMetricDataCommand(input));
  expectSeen('cbor', 'GetMetricData');
  expect(seen.input).toEqual(input);
  expect(output.MetricDataResults).toEqual(results);
  const error = new AwsError('InvalidNextToken', 'no');
  expect(await refusal(error, () => client.send(new GetMetricDataCommand(input)))).toMatchObject({
    name: 'InvalidNextToken',
    message: 'no',
    httpStatusCode: 400,
    requestId,
  });
});

test('S3 in REST XML, path style', async () => {
  const s3 = new S3Client({ ...config, forcePathStyle: true });
  reply = { ETag: '"e"' };
  const put = { Bucket: 'b', Key: 'a b/ü+&?.txt', ContentType: 'text/plain' };
  const metadata = { Metadata: { one: '1', two: '2' } };
  await s3.send(new PutObjectCommand({ ...put, ...metadata, Body: Buffer.from('hello') }));
  expectSeen('rest-xml', 'PutObject');
  expect(seen.input).toMatchObject({ ...put, ...metadata, ContentLength: 5 });
  expect(Buffer.from(seen.input['Body'] as Uint8Array).toString()).toBe('hello');

  reply = {
    Body: Buffer.from('hello'),
    ContentLength: 5,
    LastModified: date,
    Metadata: { one: '1' },
  };
  const got = await s3.send(new GetObjectCommand(put));
  expectSeen('rest-xml', 'GetObject');
  expect(await got.Body?.transformToString()).toBe('hello');
  expect(got).toMatchObject({
    Metadata: { one: '1' },
    LastModified: new Date('2026-01-02T03:04:05Z'),
  });

  reply = {
    Name: 'b',
    KeyCount: 1,
    Contents: [{ Key: 'a<b', Size: 2 ** 40, LastModified: date, ETag: '"e"' }],
    CommonPrefixes: [{ Prefix: 'p/' }],
  };
  expect(await s3.send(new ListObjectsV2Command({ Bucket: 'b' }))).toMatchObject(reply);
  expectSeen('rest-xml', 'ListObjectsV2');

  reply = { LocationConstraint: 'eu-west-1' };
  expect(await s3.send(new GetBucketLocationCommand({ Bucket: 'b' }))).toMatchObject(reply);

  reply = {};
  const grant = {
    Grantee: { Type: 'CanonicalUser' as const, ID: 'me' },
    Permission: 'READ' as const,
  };
  const acl = { AccessControlPolicy: { Grants: [grant], Owner: { ID: 'me' } } };
  await s3.send(new PutBucketAclCommand({ Bucket: 'b', ...acl }));
  expect(seen.input).toMatchObject(acl);

  const error = new AwsError('NoSuchKey', 'The specified key does not exist.', {
    status: 404,
    members: { Key: 'k' },
  });
  expect(await refusal(error, () => s3.send(new GetObjectCommand(put)))).toMatchObject({
    name: 'NoSuchKey',
    Key: 'k',
    httpStatusCode: 404,
    requestId,
  });
});

test('S3 in REST XML, with the bucket in the host name', async () => {
  const s3 = new S3Client({
    ...config,
    endpoint: `http://localhost:${server.port}`,
    requestHandler: { httpAgent: new Agent({ lookup: loopback }) },
  });
  reply = {};
  await s3.send(new CreateBucketCommand({ Bucket: 'my-bucket' }));
  expect(server.last().headers['host']).toBe(`my-bucket.localhost:${server.port}`);
  expectSeen('rest-xml', 'CreateBucket');
  expect(seen.input).toMatchObject({ Bucket: 'my-bucket' });
});
