import {
  CreateTagsCommand,
  DeleteTagsCommand,
  DescribeSubnetsCommand,
  DescribeTagsCommand,
  DescribeVpcsCommand,
  EC2Client,
  type Tag,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

let cloud: TestCloud;
let ec2: EC2Client;
let VpcId: string;
let SubnetId: string;

beforeEach(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
  VpcId = (await ec2.send(new DescribeVpcsCommand({}))).Vpcs![0]!.VpcId!;
  SubnetId = (await ec2.send(new DescribeSubnetsCommand({}))).Subnets![0]!.SubnetId!;
});
afterEach(() => cloud[Symbol.asyncDispose]());

function create(Resources: string[], Tags: Tag[]) {
  return ec2.send(new CreateTagsCommand({ Resources, Tags }));
}

async function tagsOf(id: string): Promise<Record<string, string>> {
  const { Tags } = await ec2.send(
    new DescribeTagsCommand({ Filters: [{ Name: 'resource-id', Values: [id] }] }),
  );
  return Object.fromEntries(Tags!.map(({ Key, Value }) => [Key!, Value!]));
}

function numbered(count: number, prefix: string): Tag[] {
  return Array.from({ length: count }, (_, at) => ({ Key: `${prefix}${at}`, Value: '' }));
}

it('tags several resources of any kind, and finds them by it', async () => {
  await create([VpcId, SubnetId], [{ Key: 'Name', Value: 'main' }, { Key: 'empty' }]);
  expect(await tagsOf(VpcId)).toEqual({ Name: 'main', empty: '' });
  const found = await ec2.send(
    new DescribeSubnetsCommand({ Filters: [{ Name: 'tag:Name', Values: ['main'] }] }),
  );
  expect(found.Subnets!.map((subnet) => subnet.SubnetId)).toEqual([SubnetId]);
  const byType = await ec2.send(
    new DescribeTagsCommand({ Filters: [{ Name: 'resource-type', Values: ['vpc'] }] }),
  );
  expect(byType.Tags).toHaveLength(2);
});

it('overwrites, and removes by key, by value and altogether', async () => {
  await create(
    [VpcId],
    [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '1' },
      { Key: 'c', Value: '1' },
    ],
  );
  await create([VpcId], [{ Key: 'a', Value: '2' }]);
  expect(await tagsOf(VpcId)).toEqual({ a: '2', b: '1', c: '1' });
  const remove = (Tags?: Tag[]) =>
    ec2.send(new DeleteTagsCommand({ Resources: [VpcId], ...(Tags && { Tags }) }));
  await remove([{ Key: 'a', Value: 'other' }, { Key: 'b' }]);
  expect(await tagsOf(VpcId)).toEqual({ a: '2', c: '1' });
  await remove([{ Key: 'a', Value: '2' }]);
  expect(await tagsOf(VpcId)).toEqual({ c: '1' });
  await remove();
  expect(await tagsOf(VpcId)).toEqual({});
});

it('holds fifty tags and no more', async () => {
  await create([VpcId], numbered(49, 'a'));
  await expect(create([VpcId], numbered(2, 'b'))).rejects.toMatchObject({
    name: 'TagLimitExceeded',
  });
  await create([VpcId], numbered(1, 'b'));
  expect(Object.keys(await tagsOf(VpcId))).toHaveLength(50);
});

it.each<[string, string | undefined, Tag, string]>([
  ['a reserved prefix', undefined, { Key: 'aws:x', Value: '' }, 'InvalidParameterValue'],
  ['a key too long', undefined, { Key: 'k'.repeat(129), Value: '' }, 'InvalidParameterValue'],
  ['a value too long', undefined, { Key: 'k', Value: 'v'.repeat(257) }, 'InvalidParameterValue'],
  ['a resource that is not there', 'vpc-0123456789abcdef0', { Key: 'k' }, 'InvalidVpcID.NotFound'],
  ['what is no ID', 'hello', { Key: 'k' }, 'InvalidID'],
])('refuses %s and tags nothing', async (_, other, tag, code) => {
  await expect(create([VpcId, ...(other ? [other] : [])], [tag])).rejects.toMatchObject({
    name: code,
  });
  expect(await tagsOf(VpcId)).toEqual({});
});
