import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  BatchWriteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { DescribeInstancesCommand, EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { SmithyRpcV2CborProtocol } from '@smithy/core/cbor';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AwsError } from '../../kernel/aws-error.ts';
import { requestId } from '../../../test/scripted-server.ts';
import { Conversation } from '../../../test/conversation.ts';

let talk: Conversation;

beforeAll(async () => {
  talk = await Conversation.start();
});

afterAll(() => talk[Symbol.asyncDispose]());

/** CBOR, where the client's own choice would be JSON. */
function rpcV2Cbor(service: string): SmithyRpcV2CborProtocol {
  return new SmithyRpcV2CborProtocol({ defaultNamespace: `com.amazonaws.${service}` });
}

const date = new Date('2026-01-02T03:04:05.678Z');
const bytes = new Uint8Array([0, 1, 254, 255]);

test('DynamoDB in AWS JSON 1.0', async () => {
  const client = new DynamoDBClient(talk.config);
  const item = {
    id: { S: 'über' },
    data: { B: bytes },
    deep: { M: { list: { L: [{ N: '1.5' }, { NULL: true }, { BS: [bytes] }] } } },
  };
  talk.reply = { Attributes: item, ConsumedCapacity: { TableName: 't', CapacityUnits: 0.5 } };
  const { Attributes, ConsumedCapacity, $metadata } = await client.send(
    new PutItemCommand({ TableName: 't', Item: item }),
  );
  expect(talk.understood).toBe('aws-json-1.0 PutItem');
  expect(talk.seen.input).toEqual({ TableName: 't', Item: item });
  expect({ Attributes, ConsumedCapacity }).toEqual(talk.reply);
  expect($metadata.requestId).toBe(requestId);

  const error = new AwsError('ConditionalCheckFailedException', 'The conditional request failed', {
    members: { Item: { id: { B: bytes } } },
  });
  const send = (): Promise<unknown> =>
    client.send(new PutItemCommand({ TableName: 't', Item: item }));
  expect(await talk.refusal(error, send)).toMatchObject({
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
  talk.reply = { UnprocessedItems: {} };
  const RequestItems = { t: [{ PutRequest: { Item } }] };
  await new DynamoDBClient(talk.config).send(new BatchWriteItemCommand({ RequestItems }));
  expect(talk.seen.input).toEqual({ RequestItems });
});

test('SSM in AWS JSON 1.1', async () => {
  const client = new SSMClient(talk.config);
  talk.reply = {
    Parameter: { Name: '/a', Value: '"<&>\u2028', LastModifiedDate: date, Version: 3 },
  };
  const output = await client.send(new GetParameterCommand({ Name: '/a', WithDecryption: true }));
  expect(talk.understood).toBe('aws-json-1.1 GetParameter');
  expect(talk.seen.input).toEqual({ Name: '/a', WithDecryption: true });
  expect(output.Parameter).toEqual(talk.reply['Parameter']);
  const send = (): Promise<unknown> => client.send(new GetParameterCommand({ Name: '/b' }));
  expect(await talk.refusal(new AwsError('ParameterNotFound', ''), send)).toMatchObject({
    name: 'ParameterNotFound',
    httpStatusCode: 400,
  });
});

test('SQS in AWS JSON 1.0, with the code of its query days', async () => {
  const client = new SQSClient(talk.config);
  talk.reply = { MessageId: 'm', MD5OfMessageBody: '5d41402abc4b2a76b9719d911017c592' };
  const QueueUrl = `${talk.server.endpoint}/000000000000/q`;
  const input = {
    QueueUrl,
    MessageBody: 'hello',
    MessageAttributes: { a: { DataType: 'Binary', BinaryValue: bytes } },
  };
  const output = await client.send(new SendMessageCommand(input));
  expect(talk.understood).toBe('aws-json-1.0 SendMessage');
  expect(talk.seen.input).toEqual(input);
  expect(output.MessageId).toBe('m');
  const error = new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
  const send = (): Promise<unknown> => client.send(new SendMessageCommand(input));
  expect(await talk.refusal(error, send)).toMatchObject({
    name: 'QueueDoesNotExist',
    Code: 'AWS.SimpleQueueService.NonExistentQueue',
    Type: 'Sender',
  });
});

test('EC2 in its query protocol', async () => {
  const client = new EC2Client(talk.config);
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
  talk.reply = { ReservationId: 'r-1', Instances: instances };
  const output = await client.send(new RunInstancesCommand(input));
  expect(talk.understood).toBe('ec2-query RunInstances');
  expect(talk.seen.input).toEqual(input);
  expect(output).toMatchObject(talk.reply);
  expect(output.$metadata.requestId).toBe(requestId);

  talk.reply = { Reservations: [] };
  const filters = [{ Name: 'tag:Name', Values: ['a', 'b'] }];
  const { Reservations } = await client.send(new DescribeInstancesCommand({ Filters: filters }));
  expect(talk.seen.input).toEqual({ Filters: filters });
  expect(Reservations).toEqual([]);
  const text = "The instance ID 'i-1' does not exist";
  const send = (): Promise<unknown> => client.send(new DescribeInstancesCommand({}));
  expect(await talk.refusal(new AwsError('InvalidInstanceID.NotFound', text), send)).toMatchObject({
    name: 'InvalidInstanceID.NotFound',
    message: text,
    requestId,
  });
});

test('IAM and STS in AWS query', async () => {
  const iam = new IAMClient(talk.config);
  const role = {
    Path: '/',
    RoleName: 'r',
    RoleId: 'AROA1',
    Arn: 'arn:aws:iam::000000000000:role/r',
    CreateDate: new Date('2026-01-02T03:04:05Z'),
    Tags: [{ Key: 'k', Value: '' }],
  };
  talk.reply = { Role: role };
  const input = { RoleName: 'r', AssumeRolePolicyDocument: '{"a": "+ %"}', Tags: role.Tags };
  const output = await iam.send(new CreateRoleCommand(input));
  expect(talk.understood).toBe('aws-query CreateRole');
  expect(talk.seen.input).toEqual(input);
  expect(output.Role).toEqual(role);
  expect(output.$metadata.requestId).toBe(requestId);

  const error = new AwsError('EntityAlreadyExists', 'Role with name r already exists.');
  const send = (): Promise<unknown> => iam.send(new CreateRoleCommand(input));
  expect(await talk.refusal(error, send)).toMatchObject({
    name: 'EntityAlreadyExistsException',
    message: 'Role with name r already exists.',
    httpStatusCode: 409,
    requestId,
  });

  talk.reply = { UserId: 'u', Account: '000000000000', Arn: 'arn:aws:iam::000000000000:root' };
  expect(await new STSClient(talk.config).send(new GetCallerIdentityCommand({}))).toMatchObject(
    talk.reply,
  );
  expect(talk.understood).toBe('aws-query GetCallerIdentity');
});

test('CloudWatch in CBOR', async () => {
  const client = new CloudWatchClient({
    ...talk.config,
    protocol: rpcV2Cbor('GraniteServiceVersion20100801'),
  });
  const results = [
    { Id: 'm1', Label: 'l', Timestamps: [date], Values: [1.5, 2], StatusCode: 'Complete' },
  ];
  talk.reply = { MetricDataResults: results };
  const input = {
    StartTime: date,
    EndTime: date,
    MetricDataQueries: [{ Id: 'm1', Expression: '1' }],
  };
  const output = await client.send(new GetMetricDataCommand(input));
  expect(talk.understood).toBe('cbor GetMetricData');
  expect(talk.seen.input).toEqual(input);
  expect(output.MetricDataResults).toEqual(results);
  const error = new AwsError('InvalidNextToken', 'no');
  expect(
    await talk.refusal(error, () => client.send(new GetMetricDataCommand(input))),
  ).toMatchObject({
    name: 'InvalidNextToken',
    message: 'no',
    httpStatusCode: 400,
    requestId,
  });
});
