import { Agent } from 'node:http';
import type { LookupFunction } from 'node:net';
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
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AwsError } from '../../kernel/aws-error.ts';
import { requestId } from '../../../test/scripted-server.ts';
import { Conversation } from '../../../test/conversation.ts';

let talk: Conversation;

beforeAll(async () => {
  talk = await Conversation.start();
});

afterAll(() => talk[Symbol.asyncDispose]());

/** Not every machine resolves names under `localhost`, as RFC 6761 would have it. */
const loopback: LookupFunction = (_name, _options, callback) => {
  callback(null, [{ address: '127.0.0.1', family: 4 }]);
};

const date = new Date('2026-01-02T03:04:05.678Z');
const bytes = new Uint8Array([0, 1, 254, 255]);

test('Lambda in REST JSON', async () => {
  const client = new LambdaClient(talk.config);
  talk.reply = { StatusCode: 202, Payload: bytes, ExecutedVersion: '$LATEST' };
  const invoke = {
    FunctionName: 'arn:aws:lambda:us-east-1:000000000000:function:f',
    InvocationType: 'Event' as const,
    Qualifier: '$LATEST',
  };
  const output = await client.send(new InvokeCommand({ ...invoke, Payload: bytes }));
  expect(talk.understood).toBe('rest-json Invoke');
  expect(talk.seen.input).toEqual({ ...invoke, Payload: bytes });
  expect(output.$metadata.httpStatusCode).toBe(202);
  expect([...(output.Payload ?? [])]).toEqual([...bytes]);

  talk.reply = {
    Functions: [{ FunctionName: 'f', Timeout: 3, Environment: { Variables: { A: '1' } } }],
  };
  const list = await client.send(new ListFunctionsCommand({ MaxItems: 5 }));
  expect(talk.seen.input).toEqual({ MaxItems: 5 });
  expect(list.Functions).toEqual(talk.reply['Functions']);
  const error = new AwsError('ResourceNotFoundException', 'Function not found', {
    members: { Type: 'User' },
  });
  expect(await talk.refusal(error, () => client.send(new InvokeCommand(invoke)))).toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Function not found',
    Type: 'User',
    httpStatusCode: 404,
    requestId,
  });
});

test('Route 53 in REST XML', async () => {
  const client = new Route53Client(talk.config);
  const zone = { Id: '/hostedzone/Z1', Name: 'a.', CallerReference: 'c' };
  talk.reply = { HostedZone: zone, Location: 'https://localhost/Z1' };
  const input = {
    Name: 'a.',
    CallerReference: 'c',
    HostedZoneConfig: { Comment: '<&>', PrivateZone: false },
  };
  const output = await client.send(new CreateHostedZoneCommand(input));
  expect(talk.understood).toBe('rest-xml CreateHostedZone');
  expect(talk.seen.input).toEqual(input);
  expect(output).toMatchObject({ Location: 'https://localhost/Z1', HostedZone: { Name: 'a.' } });
  expect(output.$metadata.httpStatusCode).toBe(201);
  const error = new AwsError('InvalidInput', 'no');
  expect(
    await talk.refusal(error, () => client.send(new CreateHostedZoneCommand(input))),
  ).toMatchObject({
    name: 'InvalidInput',
    message: 'no',
  });
});

test('S3 in REST XML, path style', async () => {
  const s3 = new S3Client({ ...talk.config, forcePathStyle: true });
  talk.reply = { ETag: '"e"' };
  const put = { Bucket: 'b', Key: 'a b/ü+&?.txt', ContentType: 'text/plain' };
  const metadata = { Metadata: { one: '1', two: '2' } };
  await s3.send(new PutObjectCommand({ ...put, ...metadata, Body: Buffer.from('hello') }));
  expect(talk.understood).toBe('rest-xml PutObject');
  expect(talk.seen.input).toMatchObject({ ...put, ...metadata, ContentLength: 5 });
  expect(Buffer.from(talk.seen.input['Body'] as Uint8Array).toString()).toBe('hello');

  talk.reply = {
    Body: Buffer.from('hello'),
    ContentLength: 5,
    LastModified: date,
    Metadata: { one: '1' },
  };
  const got = await s3.send(new GetObjectCommand(put));
  expect(talk.understood).toBe('rest-xml GetObject');
  expect(await got.Body?.transformToString()).toBe('hello');
  expect(got).toMatchObject({
    Metadata: { one: '1' },
    LastModified: new Date('2026-01-02T03:04:05Z'),
  });

  talk.reply = {
    Name: 'b',
    KeyCount: 1,
    Contents: [{ Key: 'a<b', Size: 2 ** 40, LastModified: date, ETag: '"e"' }],
    CommonPrefixes: [{ Prefix: 'p/' }],
  };
  expect(await s3.send(new ListObjectsV2Command({ Bucket: 'b' }))).toMatchObject(talk.reply);
  expect(talk.understood).toBe('rest-xml ListObjectsV2');

  talk.reply = { LocationConstraint: 'eu-west-1' };
  expect(await s3.send(new GetBucketLocationCommand({ Bucket: 'b' }))).toMatchObject(talk.reply);

  talk.reply = {};
  const grant = {
    Grantee: { Type: 'CanonicalUser' as const, ID: 'me' },
    Permission: 'READ' as const,
  };
  const acl = { AccessControlPolicy: { Grants: [grant], Owner: { ID: 'me' } } };
  await s3.send(new PutBucketAclCommand({ Bucket: 'b', ...acl }));
  expect(talk.seen.input).toMatchObject(acl);

  const error = new AwsError('NoSuchKey', 'The specified key does not exist.', {
    status: 404,
    members: { Key: 'k' },
  });
  expect(await talk.refusal(error, () => s3.send(new GetObjectCommand(put)))).toMatchObject({
    name: 'NoSuchKey',
    Key: 'k',
    httpStatusCode: 404,
    requestId,
  });
});

test('S3 in REST XML, with the bucket in the host name', async () => {
  const s3 = new S3Client({
    ...talk.config,
    endpoint: `http://localhost:${talk.server.port}`,
    requestHandler: { httpAgent: new Agent({ lookup: loopback }) },
  });
  talk.reply = {};
  await s3.send(new CreateBucketCommand({ Bucket: 'my-bucket' }));
  expect(talk.server.last().headers['host']).toBe(`my-bucket.localhost:${talk.server.port}`);
  expect(talk.understood).toBe('rest-xml CreateBucket');
  expect(talk.seen.input).toMatchObject({ Bucket: 'my-bucket' });
});
