import {
  CreateSecurityGroupCommand,
  CreateVpcCommand,
  DescribeAvailabilityZonesCommand,
  DescribeSecurityGroupReferencesCommand,
  DescribeStaleSecurityGroupsCommand,
  DescribeVpcsCommand,
  EC2Client,
  GetSecurityGroupsForVpcCommand,
  ModifyAvailabilityZoneGroupCommand,
  ModifyVpcTenancyCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

let cloud: TestCloud;
let ec2: EC2Client;
let VpcId: string;

beforeAll(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  VpcId = Vpc!.VpcId!;
});
afterAll(() => cloud[Symbol.asyncDispose]());

const MISSING = 'vpc-00000000000000000';

test('the groups of a VPC are its own, none of them stale or referred to from elsewhere', async () => {
  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({
      ...{ VpcId, GroupName: 'cooks', Description: 'who cooks' },
      TagSpecifications: [
        { ResourceType: 'security-group', Tags: [{ Key: 'for', Value: 'soup' }] },
      ],
    }),
  );
  const groups = async (Filters: { Name: string; Values: string[] }[] = [], id = VpcId) =>
    (await ec2.send(new GetSecurityGroupsForVpcCommand({ VpcId: id, Filters })))
      .SecurityGroupForVpcs!;
  const names = (await groups()).map(({ GroupName }) => GroupName);
  expect(new Set(names)).toEqual(new Set(['cooks', 'default']));
  expect(await groups([{ Name: 'tag:for', Values: ['soup'] }])).toEqual([
    {
      ...{ GroupId, GroupName: 'cooks', Description: 'who cooks', PrimaryVpcId: VpcId },
      ...{ OwnerId: '000000000000', Tags: [{ Key: 'for', Value: 'soup' }] },
    },
  ]);
  await expect(groups([], MISSING)).rejects.toMatchObject({ name: 'InvalidVpcID.NotFound' });
  const references = (id: string) =>
    ec2.send(new DescribeSecurityGroupReferencesCommand({ GroupId: [id] }));
  expect((await references(GroupId!)).SecurityGroupReferenceSet).toEqual([]);
  await expect(references('sg-00000000000000000')).rejects.toMatchObject({
    name: 'InvalidGroup.NotFound',
  });
  const stale = (id: string) => ec2.send(new DescribeStaleSecurityGroupsCommand({ VpcId: id }));
  expect((await stale(VpcId)).StaleSecurityGroupSet).toEqual([]);
  await expect(stale(MISSING)).rejects.toMatchObject({ name: 'InvalidVpcID.NotFound' });
});

test('zone groups are opted in, and not out', async () => {
  const { AvailabilityZones } = await ec2.send(new DescribeAvailabilityZonesCommand({}));
  const { GroupName } = AvailabilityZones![0]!;
  const modify = (name: string, OptInStatus: 'opted-in' | 'not-opted-in') =>
    ec2.send(new ModifyAvailabilityZoneGroupCommand({ GroupName: name, OptInStatus }));
  expect(await modify(GroupName!, 'opted-in')).toMatchObject({ Return: true });
  await expect(modify(GroupName!, 'not-opted-in')).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  });
  await expect(modify('the-kitchen', 'opted-in')).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  });
});

test('the tenancy of a VPC is changed to the default', async () => {
  const modify = (id: string, InstanceTenancy: 'default' | 'dedicated') =>
    ec2.send(
      new ModifyVpcTenancyCommand({ VpcId: id, InstanceTenancy: InstanceTenancy as 'default' }),
    );
  expect(await modify(VpcId, 'default')).toMatchObject({ ReturnValue: true });
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }));
  expect(Vpcs).toMatchObject([{ InstanceTenancy: 'default' }]);
  await expect(modify(VpcId, 'dedicated')).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  });
  await expect(modify(MISSING, 'default')).rejects.toMatchObject({
    name: 'InvalidVpcID.NotFound',
  });
});
