import { expect, test } from 'vitest';
import { AwsError } from '../kernel/aws-error.ts';
import { loadModel } from './load.ts';
import type { ProtocolName } from './model.ts';
import { validate } from './validate.ts';

/** The error that the validator throws, as `code: message`; undefined for an input that it lets through. */
function verdict(
  service: string,
  name: string,
  input: Record<string, unknown>,
  protocol?: ProtocolName,
): string | undefined {
  const model = loadModel(service);
  const operation = model.operations[name];
  if (!operation) throw new Error(`no ${name}`);
  try {
    validate({ model, operation }, protocol ?? model.protocols[0]!, input);
    return undefined;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return `${error.code}: ${error.message}`;
  }
}

test('a missing member of a JSON service', () => {
  expect(verdict('dynamodb', 'GetItem', { Key: {} })).toBe(
    "ValidationException: 1 validation error detected: Value null at 'tableName' failed to " +
      'satisfy constraint: Member must not be null',
  );
  expect(verdict('dynamodb', 'GetItem', { TableName: 'abc', Key: {} })).toBeUndefined();
});

test('several errors are counted and joined', () => {
  const keys = [
    { AttributeName: 'id', KeyType: 'BAD' },
    { AttributeName: '', KeyType: 'HASH' },
  ];
  expect(verdict('dynamodb', 'CreateTable', { TableName: 't', KeySchema: keys })).toBe(
    'ValidationException: 2 validation errors detected: ' +
      "Value 'BAD' at 'keySchema.1.member.keyType' failed to satisfy constraint: " +
      'Member must satisfy enum value set: [HASH, RANGE]; ' +
      "Value '' at 'keySchema.2.member.attributeName' failed to satisfy constraint: " +
      'Member must have length greater than or equal to 1',
  );
});

test('a pattern, in the query protocol', () => {
  const input = { RoleName: 'a b!', AssumeRolePolicyDocument: '{}' };
  expect(verdict('iam', 'CreateRole', input)).toBe(
    "ValidationError: 1 validation error detected: Value 'a b!' at 'roleName' failed to satisfy " +
      String.raw`constraint: Member must satisfy regular expression pattern: [\w+=,.@-]+`,
  );
  expect(verdict('iam', 'CreateRole', { ...input, RoleName: 'a.b' })).toBeUndefined();
});

test('a length, of which the pattern is then not asked', () => {
  const long = 'x!'.repeat(40);
  const input = { RoleName: long, AssumeRolePolicyDocument: '{}' };
  expect(verdict('iam', 'CreateRole', input)).toBe(
    `ValidationError: 1 validation error detected: Value '${long}' at 'roleName' failed to ` +
      'satisfy constraint: Member must have length less than or equal to 64',
  );
});

test('a range', () => {
  expect(verdict('dynamodb', 'ListTables', { Limit: 101 })).toBe(
    "ValidationException: 1 validation error detected: Value '101' at 'limit' failed to satisfy " +
      'constraint: Member must have value less than or equal to 100',
  );
  expect(verdict('dynamodb', 'ListTables', { Limit: 100 })).toBeUndefined();
});

test('a list of scalars is blamed as a whole', () => {
  expect(verdict('ssm', 'GetParameters', { Names: ['/a', ''] })).toBe(
    "ValidationException: 1 validation error detected: Value '[/a, ]' at 'names' failed to satisfy " +
      'constraint: Member must satisfy constraint: [Member must have length less than or equal ' +
      'to 2048, Member must have length greater than or equal to 1]',
  );
  expect(verdict('ssm', 'GetParameters', { Names: ['/a'] })).toBeUndefined();
});

test('a sensitive value is not repeated', () => {
  const input = { Name: 'n', SecretString: '', ClientRequestToken: 'x'.repeat(32) };
  expect(verdict('secretsmanager', 'CreateSecret', input)).toBe(
    "ValidationException: 1 validation error detected: Value at 'secretString' failed to satisfy " +
      'constraint: Member must have length greater than or equal to 1',
  );
});

test('EC2 has words of its own', () => {
  expect(verdict('ec2', 'RunInstances', { ImageId: 'ami-1', MinCount: 1 })).toBe(
    'MissingParameter: The request must contain the parameter MaxCount',
  );
  const input = { ImageId: 'ami-1', MinCount: 1, MaxCount: 1 };
  expect(verdict('ec2', 'RunInstances', input)).toBeUndefined();
  expect(verdict('ec2', 'RunInstances', { ...input, InstanceType: 'x9.huge' })).toBe(
    "InvalidParameterValue: Invalid value 'x9.huge' for InstanceType.",
  );
  expect(verdict('ec2', 'DescribeStaleSecurityGroups', { VpcId: 'vpc-1', MaxResults: 1 })).toBe(
    'InvalidParameterValue: Value ( 1 ) for parameter MaxResults is invalid. Expecting a value ' +
      'greater than or equal to 5.',
  );
});

test('S3 blames the XML or the argument', () => {
  const document = { Bucket: 'b', VersioningConfiguration: { Status: 'On' } };
  expect(verdict('s3', 'PutBucketVersioning', document)).toMatch(/^MalformedXML: /);
  expect(verdict('s3', 'PutBucketAcl', { Bucket: 'b', ACL: 'mine' })).toMatch(/^InvalidArgument: /);
  expect(verdict('s3', 'PutBucketAcl', { Bucket: 'b', ACL: 'private' })).toBeUndefined();
});

test('no answer grows with the number of errors', () => {
  const Tags = Array.from({ length: 50 }, () => ({ Key: '', Value: '' }));
  const answer = verdict('iam', 'TagRole', { RoleName: 'r', Tags });
  expect(answer).toMatch(/^ValidationError: 10 validation errors detected/);
});
