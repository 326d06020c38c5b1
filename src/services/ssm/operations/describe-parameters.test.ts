import {
  AddTagsToResourceCommand,
  DeleteParametersCommand,
  DescribeParametersCommand,
  type DescribeParametersCommandInput,
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  RemoveTagsFromResourceCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

let cloud: TestCloud;
let ssm: SSMClient;

beforeAll(async () => {
  cloud = await startTestCloud();
  ssm = cloud.client(SSMClient);
  const Tags = [{ Key: 'team', Value: 'kitchen' }];
  await ssm.send(new PutParameterCommand({ Name: '/a/one', Type: 'String', Value: '1', Tags }));
  await ssm.send(
    new PutParameterCommand({ Name: '/a/b/two', Type: 'SecureString', Value: 'secret' }),
  );
  await ssm.send(new PutParameterCommand({ Name: 'three', Type: 'StringList', Value: 'x,y' }));
});
afterAll(() => cloud[Symbol.asyncDispose]());

async function names(input: DescribeParametersCommandInput = {}) {
  const { Parameters } = await ssm.send(new DescribeParametersCommand(input));
  return Parameters!.map(({ Name }) => Name);
}

it("describes the account's own parameters, without their values", async () => {
  expect(await names()).toEqual(['/a/b/two', '/a/one', 'three']);
  const { Parameters } = await ssm.send(new DescribeParametersCommand({ MaxResults: 1 }));
  expect(Parameters).toEqual([
    {
      Name: '/a/b/two',
      ARN: 'arn:aws:ssm:us-east-1:000000000000:parameter/a/b/two',
      Type: 'SecureString',
      KeyId: 'alias/aws/ssm',
      LastModifiedDate: new Date('2026-11-23T12:00:00Z'),
      LastModifiedUser: 'arn:aws:iam::000000000000:root',
      Version: 1,
      Tier: 'Standard',
      Policies: [],
      DataType: 'text',
    },
  ]);
});

it.each([
  ['Name', 'Equals', 'three', ['three']],
  ['Name', 'BeginsWith', '/a', ['/a/b/two', '/a/one']],
  ['Name', 'Contains', 'w', ['/a/b/two']],
  ['Path', 'OneLevel', '/a', ['/a/one']],
  ['Path', 'Recursive', '/a', ['/a/b/two', '/a/one']],
  ['Type', 'Equals', 'StringList', ['three']],
  ['KeyId', 'Equals', 'alias/aws/ssm', ['/a/b/two']],
  ['tag:team', 'Equals', 'kitchen', ['/a/one']],
])('filters by %s %s %s', async (Key, Option, value, expected) => {
  expect(await names({ ParameterFilters: [{ Key, Option, Values: [value] }] })).toEqual(expected);
});

it('refuses an option that a key does not have', async () => {
  const ParameterFilters = [{ Key: 'Name', Option: 'Recursive', Values: ['/a'] }];
  await expect(names({ ParameterFilters })).rejects.toMatchObject({ name: 'InvalidFilterOption' });
});

it('lists owned parameters of a path, deciphered when asked', async () => {
  const values = async (WithDecryption: boolean) => {
    const input = { Path: '/a', Recursive: true, WithDecryption };
    const { Parameters } = await ssm.send(new GetParametersByPathCommand(input));
    return Parameters!.map(({ Value }) => Value);
  };
  expect(await values(true)).toEqual(['secret', '1']);
  expect(await values(false)).not.toContain('secret');
});

it('keeps, adds and removes tags', async () => {
  const resource = { ResourceType: 'Parameter' as const, ResourceId: '/a/one' };
  const tags = async () => (await ssm.send(new ListTagsForResourceCommand(resource))).TagList;
  const add = (Key: string) =>
    ssm.send(new AddTagsToResourceCommand({ ...resource, Tags: [{ Key, Value: 'x' }] }));
  await add('env');
  await ssm.send(new RemoveTagsFromResourceCommand({ ...resource, TagKeys: ['team'] }));
  expect(await tags()).toEqual([{ Key: 'env', Value: 'x' }]);
  await expect(add('aws:cloudformation:stack-id')).rejects.toThrow('aws: prefixed');
  await expect(
    ssm.send(new ListTagsForResourceCommand({ ...resource, ResourceId: '/none' })),
  ).rejects.toMatchObject({ name: 'InvalidResourceId' });
});

it('keeps the last hundred versions', async () => {
  const Name = 'counter';
  for (let value = 1; value <= 102; value++) {
    const input = { Name, Type: 'String', Value: `${value}`, Overwrite: true } as const;
    await ssm.send(new PutParameterCommand(input));
  }
  const first = await ssm.send(new GetParameterHistoryCommand({ Name }));
  expect(first.Parameters).toHaveLength(50);
  expect(first.Parameters![0]).toMatchObject({ Version: 3, Value: '3' });
  const { NextToken } = first;
  const second = await ssm.send(new GetParameterHistoryCommand({ Name, NextToken }));
  expect(second.Parameters!.at(-1)).toMatchObject({ Version: 102, Value: '102' });
  expect(second.NextToken).toBeUndefined();
});

it('deletes several, and names those that are not there', async () => {
  const Names = ['three', '/none'];
  expect(await ssm.send(new DeleteParametersCommand({ Names }))).toMatchObject({
    DeletedParameters: ['three'],
    InvalidParameters: ['/none'],
  });
  expect(await names()).not.toContain('three');
});
