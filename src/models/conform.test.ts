import { describe, expect, test } from 'vitest';
import { changes } from './changes.ts';
import { conform } from './conform.ts';
import { isAwsResourceType, resourceSchema } from './resource-schema.ts';

const table = resourceSchema('AWS::DynamoDB::Table')!;
const instance = resourceSchema('AWS::EC2::Instance')!;
const keySchema = [{ AttributeName: 'id', KeyType: 'HASH' }];

describe('properties are brought into the types of the specification', () => {
  test.each([
    ['as they are', { KeySchema: keySchema }, { KeySchema: keySchema }],
    [
      'a number for text',
      { KeySchema: keySchema, TableName: 12 },
      { KeySchema: keySchema, TableName: '12' },
    ],
    [
      'text for numbers and booleans',
      {
        KeySchema: keySchema,
        DeletionProtectionEnabled: 'TRUE',
        ProvisionedThroughput: { ReadCapacityUnits: '5', WriteCapacityUnits: 6 },
      },
      {
        KeySchema: keySchema,
        DeletionProtectionEnabled: true,
        ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 6 },
      },
    ],
  ])('%s', (_, given, properties) => {
    expect(conform(table, given)).toEqual({ properties, problems: [] });
  });

  test.each([
    [{}, ['#: required key [KeySchema] not found']],
    [
      { KeySchema: keySchema, Colour: 'red', constructor: 1 },
      [
        '#: extraneous key [Colour] is not permitted',
        '#: extraneous key [constructor] is not permitted',
      ],
    ],
    [
      { KeySchema: keySchema, BillingMode: { a: 1 } },
      ['#/BillingMode: expected type: String, found: JSONObject'],
    ],
    [
      { KeySchema: keySchema, AttributeDefinitions: 'id' },
      ['#/AttributeDefinitions: expected type: JSONArray, found: String'],
    ],
    [
      { KeySchema: keySchema, DeletionProtectionEnabled: 'perhaps' },
      ['#/DeletionProtectionEnabled: expected type: Boolean, found: String'],
    ],
    [
      { KeySchema: keySchema, ProvisionedThroughput: { ReadCapacityUnits: 1.5 } },
      [
        '#/ProvisionedThroughput: required key [WriteCapacityUnits] not found',
        '#/ProvisionedThroughput/ReadCapacityUnits: expected type: Integer, found: Double',
      ],
    ],
    [{ KeySchema: keySchema, Tags: [{ Key: 'a' }] }, ['#/Tags/0: required key [Value] not found']],
    [{ KeySchema: keySchema, Tags: null }, ['#/Tags: expected type: JSONArray, found: Null']],
  ])('%j is refused', (given, problems) => {
    expect(conform(table, given).problems).toEqual(problems);
  });

  test('a value outside of its set is refused', () => {
    expect(conform(instance, { Affinity: 'sometimes' }).problems).toEqual([
      '#/Affinity: sometimes is not a valid enum value',
    ]);
    expect(conform(instance, { Affinity: 'host' }).problems).toEqual([]);
  });
});

test('what a change replaces comes from the specification', () => {
  const previous = { ImageId: 'ami-1', InstanceType: 't3.micro', UserData: 'a', KeyName: 'k' };
  const desired = { ImageId: 'ami-2', InstanceType: 't3.small', KeyName: 'k', Monitoring: true };
  expect(changes(instance, previous, desired)).toEqual([
    { property: 'ImageId', replaces: 'yes', action: 'Modify' },
    { property: 'InstanceType', replaces: 'maybe', action: 'Modify' },
    { property: 'Monitoring', replaces: 'no', action: 'Add' },
    { property: 'UserData', replaces: 'maybe', action: 'Remove' },
  ]);
  expect(changes(instance, previous, { ...previous })).toEqual([]);
});

test('a type that AWS does not have is told from one that it has', () => {
  expect(isAwsResourceType('AWS::S3::Bucket')).toBe(true);
  expect(isAwsResourceType('AWS::Braket::JobQueue')).toBe(false);
  expect(isAwsResourceType('AWS::EC2::Instance::More')).toBe(false);
  expect(isAwsResourceType('constructor')).toBe(false);
  expect(resourceSchema('AWS::constructor::Thing')).toBeUndefined();
});
