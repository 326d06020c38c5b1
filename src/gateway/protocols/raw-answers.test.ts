import { decode, encode } from 'cborg';
import { expect, test } from 'vitest';
import { AwsError } from '../../kernel/aws-error.ts';
import { WireJson } from '../../kernel/wire-json.ts';
import { loadModel } from '../../models/load.ts';
import type { HttpRequest, HttpResponse } from '../http/message.ts';
import { awsJson10 } from './aws-json.ts';
import { cbor } from './cbor.ts';
import type { Call, Fields } from './protocol.ts';
import { answer, requestId } from '../../../test/scripted-server.ts';

function post(headers: Record<string, string>, body: string, path = '/'): HttpRequest {
  return { method: 'POST', path, query: '', headers, body: Buffer.from(body) };
}

function textOf({ body }: HttpResponse): string {
  return typeof body === 'string' ? body : Buffer.from(body).toString();
}

function failing(error: AwsError): () => Fields {
  return () => {
    throw error;
  };
}

function callOf(service: string, name: string): Call {
  const model = loadModel(service);
  return { model, name, operation: model.operations[name]! };
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const iam = post(form, 'Action=GetUser&Version=2010-05-08');
const ec2 = post(form, 'Action=DescribeRegions&Version=2016-11-15');
const dynamodb = post({ 'x-amz-target': 'DynamoDB_20120810.ListTables' }, '{}');
const bucket = { method: 'GET', path: '/b', query: '', headers: {}, body: new Uint8Array() };

test('AWS query', async () => {
  const date = new Date('2026-01-02T03:04:05Z');
  const User = { UserName: 'a&b', Path: '/', UserId: 'AIDA', Arn: 'arn', CreateDate: date };
  expect(await answer(iam, () => ({ User }))).toEqual({
    status: 200,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body:
      '<GetUserResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetUserResult><User>' +
      '<Path>/</Path><UserName>a&amp;b</UserName><UserId>AIDA</UserId><Arn>arn</Arn>' +
      '<CreateDate>2026-01-02T03:04:05Z</CreateDate></User></GetUserResult>' +
      `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></GetUserResponse>`,
  });
});

test('an error in AWS query', async () => {
  const error = new AwsError('NoSuchEntity', 'The user with name <x> cannot be found.');
  const response = await answer(iam, failing(error));
  expect(response.status).toBe(404);
  expect(response.body).toBe(
    '<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type>' +
      '<Code>NoSuchEntity</Code><Message>The user with name &lt;x&gt; cannot be found.</Message>' +
      `</Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
  );
});

test('EC2', async () => {
  const Regions = [{ RegionName: 'eu-west-1', OptInStatus: 'opt-in-not-required' }];
  expect((await answer(ec2, () => ({ Regions }))).body).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
      '<DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">' +
      `<requestId>${requestId}</requestId><regionInfo><item>` +
      '<optInStatus>opt-in-not-required</optInStatus><regionName>eu-west-1</regionName>' +
      '</item></regionInfo></DescribeRegionsResponse>',
  );
});

test('an error of EC2', async () => {
  const error = new AwsError('UnauthorizedOperation', 'You are not authorized.', { status: 403 });
  const response = await answer(ec2, failing(error));
  expect(response.status).toBe(403);
  expect(response.body).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error>' +
      '<Code>UnauthorizedOperation</Code><Message>You are not authorized.</Message></Error>' +
      `</Errors><RequestID>${requestId}</RequestID></Response>`,
  );
});

test('DynamoDB sums up its answers', async () => {
  const response = await answer(dynamodb, () => ({ TableNames: ['a'] }));
  expect(textOf(response)).toBe('{"TableNames":["a"]}');
  expect(response.headers).toEqual({
    'content-type': 'application/x-amz-json-1.0',
    'x-amzn-requestid': requestId,
    'x-amz-crc32': '402819276',
  });
});

test.each([
  [
    'ResourceNotFoundException',
    'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException',
    'message',
  ],
  ['ValidationException', 'com.amazon.coral.validate#ValidationException', 'message'],
  ['AccessDeniedException', 'com.amazon.coral.service#AccessDeniedException', 'Message'],
])('DynamoDB’s %s', async (code, type, member) => {
  const response = await answer(dynamodb, failing(new AwsError(code, 'no')));
  expect(JSON.parse(textOf(response))).toEqual({ __type: type, [member]: 'no' });
});

test('other services send an error’s bare name', async () => {
  const request = post({ 'x-amz-target': 'AmazonSSM.GetParameter' }, '{"Name":"/a"}');
  const response = await answer(request, failing(new AwsError('ParameterNotFound', '')));
  expect(response.body).toBe('{"__type":"ParameterNotFound"}');
});

test('SQS as it was called before it had JSON', async () => {
  const body =
    'Action=SendMessage&Version=2012-11-05&MessageBody=x&QueueUrl=http%3A%2F%2Fq' +
    '&MessageAttribute.1.Name=a&MessageAttribute.1.Value.DataType=String' +
    '&MessageAttribute.1.Value.StringValue=b+c';
  const response = await answer(post(form, body, '/000000000000/q'), (_call, input) => {
    expect(input).toEqual({
      QueueUrl: 'http://q',
      MessageBody: 'x',
      MessageAttributes: { a: { DataType: 'String', StringValue: 'b c' } },
    });
    return { MessageId: 'm' };
  });
  expect(response.body).toContain(
    '<SendMessageResult><MessageId>m</MessageId></SendMessageResult>',
  );
  const error = new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
  expect((await answer(post(form, body), failing(error))).body).toContain(
    '<Code>AWS.SimpleQueueService.NonExistentQueue</Code>',
  );
});

test('S3 with no result and with one', async () => {
  const put = await answer({ ...bucket, method: 'PUT' }, () => ({ Location: '/b' }));
  expect(put.body).toBe('');
  expect(put.headers).toEqual({
    'x-amz-request-id': requestId,
    'x-amz-id-2': expect.stringMatching(/^[\w+/=]+$/) as string,
    location: '/b',
  });
  const location = { ...bucket, query: 'location' };
  const start = '<?xml version="1.0" encoding="UTF-8"?>\n';
  const xmlns = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
  expect((await answer(location, () => ({ LocationConstraint: 'EU' }))).body).toBe(
    `${start}<LocationConstraint ${xmlns}>EU</LocationConstraint>`,
  );
  expect((await answer(location, () => ({}))).body).toBe(
    `${start}<LocationConstraint ${xmlns}></LocationConstraint>`,
  );
});

test('metadata that HTTP cannot carry does not break the answer', async () => {
  const object = { ...bucket, path: '/b/k' };
  const response = await answer(object, () => ({ Metadata: { a: 'ü\r\nx: y', b: 'plain' } }));
  expect(response.headers).toMatchObject({
    'x-amz-meta-a': '=?UTF-8?B?w7wNCng6IHk=?=',
    'x-amz-meta-b': 'plain',
  });
});

test('numbers that JSON cannot spell', async () => {
  const request = post({ 'x-amz-target': 'GraniteServiceVersion20100801.GetMetricData' }, '{}');
  const { protocol, ...call } = { ...callOf('cloudwatch', 'GetMetricData'), protocol: awsJson10 };
  const values = [1.5, NaN, Infinity, -Infinity];
  const { body } = protocol.encode(call, { MetricDataResults: [{ Values: values }] }, requestId);
  expect(body).toBe('{"MetricDataResults":[{"Values":[1.5,"NaN","Infinity","-Infinity"]}]}');
  const threshold = (text: string): unknown =>
    protocol.decode(callOf('cloudwatch', 'PutMetricAlarm'), {
      ...request,
      body: Buffer.from(`{"Threshold":${text}}`),
    })['Threshold'];
  expect([threshold('"NaN"'), threshold('"-Infinity"'), threshold('2e3')]).toEqual([
    NaN,
    -Infinity,
    2000,
  ]);
});

test('an integer beyond 2^53 is written exactly when it is given exactly', () => {
  const output = { Table: { ItemCount: 9_007_199_254_740_993n } };
  const { body } = awsJson10.encode(callOf('dynamodb', 'DescribeTable'), output, requestId);
  expect(textOf({ status: 200, headers: {}, body })).toBe(
    '{"Table":{"ItemCount":9007199254740993}}',
  );
});

test('wire operations see JSON as it came and answer JSON as it is', () => {
  const call = callOf('dynamodb', 'PutItem');
  const item = { id: { S: 'a' }, blob: { B: 'AAH+/w==' } };
  const input = { TableName: 't', Item: item };
  expect(awsJson10.decodeWire?.(call, post({}, JSON.stringify(input)))).toEqual(input);
  const bytes = Buffer.from(JSON.stringify({ Attributes: item }));
  expect(awsJson10.encodeWire?.(call, new WireJson(bytes), requestId).body).toBe(bytes);
  expect(() => awsJson10.decodeWire?.(call, post({}, '[]'))).toThrow(AwsError);
});

test('wire operations are served in CBOR as well', () => {
  const call = callOf('dynamodb', 'PutItem');
  const blob = new Uint8Array([0, 1, 254, 255]);
  const sent = { TableName: 't', Item: { id: { S: 'a' }, blob: { B: blob } } };
  const request = { ...post({}, ''), body: encode(sent) };
  const item = { id: { S: 'a' }, blob: { B: 'AAH+/w==' } };
  expect(cbor.decodeWire?.(call, request)).toEqual({ TableName: 't', Item: item });
  const json = new WireJson(Buffer.from(JSON.stringify({ Attributes: item })));
  const answered = cbor.encodeWire?.(call, json, requestId);
  expect(decode(answered?.body as Uint8Array)).toEqual({ Attributes: sent.Item });
});

test('an error in CBOR', async () => {
  const path = '/service/GraniteServiceVersion20100801/operation/DeleteAlarms';
  const request = {
    ...post({ 'smithy-protocol': 'rpc-v2-cbor' }, '', path),
    body: encode({ AlarmNames: ['a'] }),
  };
  const response = await answer(request, failing(new AwsError('ResourceNotFound', 'no')));
  expect(response.status).toBe(404);
  expect(response.headers).toEqual({
    'content-type': 'application/cbor',
    'smithy-protocol': 'rpc-v2-cbor',
    'x-amzn-requestid': requestId,
    'x-amzn-query-error': 'ResourceNotFound;Sender',
  });
  expect(decode(response.body as Uint8Array)).toEqual({
    __type: 'com.amazonaws.cloudwatch#ResourceNotFound',
    message: 'no',
  });
});
