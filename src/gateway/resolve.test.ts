import { describe, expect, test } from 'vitest';
import type { HttpRequest } from './http/message.ts';
import { resolve } from './resolve.ts';

/** `service:Operation protocol` of a request, or the code of its error and who words it. */
function meaning(line: string, headers: Record<string, string> = {}, body = ''): string {
  const [method = '', uri = ''] = line.split(' ');
  const [path = '', query = ''] = uri.split('?');
  const request: HttpRequest = { method, path, query, headers, body: Buffer.from(body) };
  const found = resolve(request);
  return 'error' in found
    ? `${found.error.code} ${found.protocol.name}`
    : `${found.model.service}:${found.name} ${found.protocol.name}`;
}

/** The operation of a GET at a host, and the path that is decoded. */
function at(host: string, path: string): string | undefined {
  const request = { method: 'GET', path, query: '', body: new Uint8Array(), headers: { host } };
  const found = resolve(request);
  return 'error' in found ? undefined : `${found.name} ${found.request.path}`;
}

function signed(service: string): { authorization: string } {
  const credential = `test/20260102/us-east-1/${service}/aws4_request`;
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`,
  };
}

const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };

describe('by X-Amz-Target', () => {
  test.each([
    ['DynamoDB_20120810.PutItem', 'dynamodb:PutItem aws-json-1.0'],
    ['DynamoDBStreams_20120810.ListStreams', 'dynamodbstreams:ListStreams aws-json-1.0'],
    ['AmazonSSM.GetParameter', 'ssm:GetParameter aws-json-1.1'],
    ['AWSEvents.PutEvents', 'events:PutEvents aws-json-1.1'],
    ['AmazonSQS.SendMessage', 'sqs:SendMessage aws-json-1.0'],
    ['AmazonSQS.Explode', 'UnknownOperationException aws-json-1.0'],
  ])('%s', (target, expected) => {
    expect(meaning('POST /', { 'x-amz-target': target })).toBe(expected);
  });

  test('answers in the version that the client speaks', () => {
    const headers = {
      'x-amz-target': 'DynamoDB_20120810.PutItem',
      'content-type': 'application/x-amz-json-1.1; charset=utf-8',
    };
    expect(meaning('POST /', headers)).toBe('dynamodb:PutItem aws-json-1.1');
  });
});

describe('by Action', () => {
  test.each([
    ['ec2', 'Action=DescribeInstances&Version=2016-11-15', 'ec2:DescribeInstances ec2-query'],
    ['ec2', 'Action=DescribeInstances&Version=2014-10-01', 'ec2:DescribeInstances ec2-query'],
    ['sts', 'Action=GetCallerIdentity&Version=2011-06-15', 'sts:GetCallerIdentity aws-query'],
    ['monitoring', 'Action=ListMetrics&Version=2010-08-01', 'cloudwatch:ListMetrics aws-query'],
    ['sqs', 'Version=2012-11-05&Action=ListQueues', 'sqs:ListQueues aws-query'],
  ])('signed for %s: %s', (service, body, expected) => {
    expect(meaning('POST /', { ...form, ...signed(service) }, body)).toBe(expected);
    expect(meaning(`GET /?${body}`, signed(service))).toBe(expected);
  });

  test('unsigned, the version and the action say whose it is', () => {
    const body = 'Action=AssumeRoleWithWebIdentity&Version=2011-06-15';
    expect(meaning('POST /', form, body)).toBe('sts:AssumeRoleWithWebIdentity aws-query');
    const ec2 = 'Action=DescribeRegions&Version=2016-11-15';
    expect(meaning('POST /', form, ec2)).toBe('ec2:DescribeRegions ec2-query');
  });

  test('a queue’s own path', () => {
    const headers = { ...form, ...signed('sqs') };
    const body = 'Action=SendMessage&Version=2012-11-05&MessageBody=x';
    expect(meaning('POST /000000000000/q', headers, body)).toBe('sqs:SendMessage aws-query');
  });

  test('by the host name', () => {
    const headers = { ...form, host: 'iam.localhost:4566' };
    expect(meaning('POST /', headers, 'Action=ListUsers')).toBe('iam:ListUsers aws-query');
  });

  test('a form sent to S3 is an object', () => {
    const headers = { ...form, ...signed('s3') };
    expect(meaning('PUT /bucket/key', headers, 'Action=x')).toBe('s3:PutObject rest-xml');
  });
});

describe('by the path of CBOR', () => {
  const cbor = { 'smithy-protocol': 'rpc-v2-cbor' };
  test.each([
    [
      '/service/GraniteServiceVersion20100801/operation/PutMetricData',
      'cloudwatch:PutMetricData cbor',
    ],
    [
      '/service/com.amazonaws.dynamodb.DynamoDB_20120810/operation/GetItem',
      'dynamodb:GetItem cbor',
    ],
    ['/service/DynamoDB_20120810/operation/Explode', 'UnknownOperationException cbor'],
  ])('%s', (path, expected) => {
    expect(meaning(`POST ${path}`, cbor)).toBe(expected);
  });
});

describe('by REST routes', () => {
  test.each([
    ['GET /2015-03-31/functions', 'lambda:ListFunctions rest-json'],
    ['GET /2015-03-31/functions/', 'lambda:ListFunctions rest-json'],
    ['POST /2015-03-31/functions/f/invocations', 'lambda:Invoke rest-json'],
    ['DELETE /v2/apis/a/routes/r', 'apigatewayv2:DeleteRoute rest-json'],
    ['GET /2013-04-01/hostedzone/Z1/rrset', 'route53:ListResourceRecordSets rest-xml'],
    ['POST /2013-04-01/hostedzone/Z1/rrset/', 'route53:ChangeResourceRecordSets rest-xml'],
  ])('%s', (line, expected) => {
    const service = { lambda: 'lambda', apig: 'apigateway', rout: 'route53' }[expected.slice(0, 4)];
    expect(meaning(line)).toBe(expected);
    expect(meaning(line, signed(service ?? 'lambda'))).toBe(expected);
  });
});

describe('S3', () => {
  const copy = { 'x-amz-copy-source': 'a/b' };
  test.each<[string, string, Record<string, string>?]>([
    ['GET /', 'ListBuckets'],
    ['GET /?x-id=ListBuckets', 'ListBuckets'],
    ['PUT /b', 'CreateBucket'],
    ['PUT /b/', 'CreateBucket'],
    ['HEAD /b', 'HeadBucket'],
    ['GET /b', 'ListObjects'],
    ['GET /b?list-type=2&prefix=p', 'ListObjectsV2'],
    ['GET /b?location', 'GetBucketLocation'],
    ['GET /b?location=', 'GetBucketLocation'],
    ['GET /b?versions', 'ListObjectVersions'],
    ['GET /b?uploads', 'ListMultipartUploads'],
    ['GET /b?inventory&id=1', 'GetBucketInventoryConfiguration'],
    ['GET /b?inventory', 'ListBucketInventoryConfigurations'],
    ['PUT /b?inventory', 'PutBucketInventoryConfiguration'],
    ['POST /b?delete', 'DeleteObjects'],
    ['PUT /b/k', 'PutObject'],
    ['PUT /b/k', 'CopyObject', copy],
    ['PUT /b/k?partNumber=1&uploadId=u', 'UploadPart'],
    ['PUT /b/k?partNumber=1&uploadId=u', 'UploadPartCopy', copy],
    ['PUT /b/k?tagging', 'PutObjectTagging'],
    ['GET /b/k', 'GetObject'],
    ['GET /b/k/with/slashes/', 'GetObject'],
    ['GET /b//k', 'GetObject'],
    ['GET /b/k?versionId=1', 'GetObject'],
    ['GET /b/k?uploadId=u', 'ListParts'],
    ['GET /b/k?acl', 'GetObjectAcl'],
    ['POST /b/k?uploads', 'CreateMultipartUpload'],
    ['POST /b/k?uploadId=u', 'CompleteMultipartUpload'],
    ['DELETE /b/k?uploadId=u', 'AbortMultipartUpload'],
    ['DELETE /b/k', 'DeleteObject'],
    ['DELETE /b', 'DeleteBucket'],
    ['HEAD /b/k', 'HeadObject'],
  ])('%s', (line, name, headers = {}) => {
    expect(meaning(line, { ...headers, ...signed('s3') })).toBe(`s3:${name} rest-xml`);
    expect(meaning(line, headers)).toBe(`s3:${name} rest-xml`);
  });

  test('the bucket in the host name moves into the path', () => {
    expect(at('b.s3.localhost:4566', '/k/l')).toBe('GetObject /b/k/l');
    expect(at('my.bucket.s3.localhost', '/')).toBe('ListObjects /my.bucket/');
    expect(at('b.s3.eu-west-1.amazonaws.com', '/k')).toBe('GetObject /b/k');
    expect(at('b.localhost:4566', '/k')).toBe('GetObject /b/k');
    expect(at('s3.localhost:4566', '/b/k')).toBe('GetObject /b/k');
    expect(at('s3.us-east-1.amazonaws.com', '/')).toBe('ListBuckets /');
    expect(at('localhost:4566', '/b/k')).toBe('GetObject /b/k');
    expect(at('127.0.0.1:4566', '/b/k')).toBe('GetObject /b/k');
    expect(at('[::1]:4566', '/b/k')).toBe('GetObject /b/k');
    expect(at('lambda.localhost', '/b/k')).toBeUndefined();
  });

  test('a presigned URL names its service in the query', () => {
    const credential = encodeURIComponent('test/20260102/us-east-1/s3/aws4_request');
    expect(meaning(`GET /b/k?X-Amz-Credential=${credential}`)).toBe('s3:GetObject rest-xml');
  });
});

test('what nobody models is no S3 object', () => {
  expect(meaning('GET /a/b', signed('glacier'))).toBe('UnknownOperationException rest-json');
  expect(meaning('GET /a/b', signed('dynamodb'))).toBe('UnknownOperationException aws-json-1.0');
});
