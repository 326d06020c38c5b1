import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadDocs, loadModel, loadPaginators, loadWaiters, serviceNames } from './load.ts';
import type { Member, Shape } from './model.ts';

/** The member of a structure, and the shape it has. */
function at(service: string, structure: string, name: string): { member: Member; shape: Shape } {
  const { shapes } = loadModel(service);
  const parent = shapes[structure];
  if (!parent || !('members' in parent)) throw new Error(`${structure} is not a structure`);
  const member = parent.members[name];
  if (!member) throw new Error(`${structure} has no ${name}`);
  return { member, shape: shapes[member.shape]! };
}

test('constraints come from the overlay', () => {
  expect(at('iam', 'CreateRoleRequest', 'RoleName').shape).toEqual({
    type: 'string',
    min: 1,
    max: 64,
    pattern: '[\\w+=,.@-]+',
  });
  expect(at('dynamodb', 'ScanInput', 'Limit').shape).toEqual({ type: 'integer', min: 1 });
  expect(at('dynamodb', 'BatchGetItemInput', 'RequestItems').shape).toMatchObject({
    type: 'map',
    min: 1,
    max: 100,
  });
  expect(at('dynamodb', 'PutItemInput', 'ReturnValues').shape).toMatchObject({
    enum: expect.arrayContaining(['ALL_OLD', 'NONE']),
  });
});

test('required members, errors and their statuses come from the SDK', () => {
  const { operations, shapes } = loadModel('dynamodb');
  expect(shapes.PutItemInput).toMatchObject({ required: ['TableName', 'Item'] });
  expect(operations.PutItem!.errors).toContain('ConditionalCheckFailedException');
  expect(operations.PutItem!.errors).not.toContain('DynamoDBServiceException');
  expect(loadModel('s3').shapes.NoSuchBucket).toMatchObject({
    error: { status: 404, fault: 'client' },
  });
});

test('S3 paths begin with the bucket wherever there is one', () => {
  const { operations } = loadModel('s3');
  expect(operations.PutObject!.http!.uri).toBe('/{Bucket}/{Key+}?x-id=PutObject');
  expect(operations.GetBucketLocation!.http!.uri).toBe('/{Bucket}?location');
  expect(operations.CreateBucket!.http!.uri).toBe('/{Bucket}');
  expect(operations.ListBuckets!.http!.uri).toBe('/?x-id=ListBuckets');
  expect(operations.GetBucketLocation!.unwrappedOutput).toBe(true);
  expect(operations.GetBucketAcl!.unwrappedOutput).toBeUndefined();
});

test('names on the wire are those of the query and XML protocols', () => {
  const { member, shape } = at('ec2', 'RunInstancesRequest', 'SecurityGroupIds');
  expect(member.name).toBe('SecurityGroupId');
  expect(shape).toMatchObject({ type: 'list', member: { name: 'SecurityGroupId' } });
  expect(at('ec2', 'Tag', 'Key').member).toMatchObject({ name: 'key', queryName: 'Key' });
  expect(at('sqs', 'SendMessageRequest', 'MessageAttributes').member).toMatchObject({
    name: 'MessageAttribute',
    flattened: true,
  });
});

test('only services that speak REST place members in the HTTP message', () => {
  expect(at('s3', 'PutObjectRequest', 'Body').member).toMatchObject({
    location: 'payload',
    streaming: true,
  });
  const { member } = at('dynamodb', 'PutResourcePolicyInput', 'ConfirmRemoveSelfResourceAccess');
  expect(member.location).toBeUndefined();
});

test('every protocol that clients call a service in is listed, the default first', () => {
  expect(loadModel('cloudwatch').protocols).toEqual(['aws-json-1.0', 'cbor', 'aws-query']);
  expect(loadModel('sqs').protocols).toEqual(['aws-json-1.0', 'aws-query']);
  expect(loadModel('dynamodb').protocols).toEqual(['aws-json-1.0', 'cbor']);
  expect(loadModel('sts').protocols).toEqual(['aws-query']);
  expect(loadModel('ec2').protocols).toEqual(['ec2-query']);
});

test("a query error code that is not the shape's name is known", () => {
  expect(loadModel('sqs').shapes.QueueDoesNotExist).toMatchObject({
    error: { code: 'AWS.SimpleQueueService.NonExistentQueue' },
  });
  expect(loadModel('sqs').awsQueryCompatible).toBe(true);
});

test("waiters and paginators are AWS's", () => {
  expect(loadWaiters('ec2').InstanceRunning).toMatchObject({
    operation: 'DescribeInstances',
    delay: 15,
    maxAttempts: 40,
  });
  expect(loadPaginators('dynamodb').Scan).toMatchObject({
    inputTokens: ['ExclusiveStartKey'],
    outputTokens: ['LastEvaluatedKey'],
    resultKeys: ['Items', 'Count', 'ScannedCount'],
    nonAggregateKeys: ['ConsumedCapacity'],
  });
});

test('every operation is documented, nearly', () => {
  const silent = serviceNames().flatMap((service) => {
    const { operations } = loadDocs(service);
    return Object.keys(loadModel(service).operations).filter((name) => !operations[name]);
  });
  expect(silent.length).toBeLessThan(5);
  expect(loadDocs('dynamodb').members.PutItemInput!.TableName).toMatch(/^The name of the table/);
});

test('what is read to find a service is small beside a model', () => {
  expect(size('index.json')).toBeLessThan(10_000);
  expect(size('ec2.json')).toBeLessThan(1_500_000);
});

/** In bytes. */
function size(path: string): number {
  return statSync(new URL(`generated/${path}`, import.meta.url)).size;
}
