import {
  DescribeAccountAttributesCommand,
  DescribeAvailabilityZonesCommand,
  DescribeDhcpOptionsCommand,
  DescribeInternetGatewaysCommand,
  DescribeNetworkAclsCommand,
  DescribeRegionsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

let cloud: TestCloud;
let ec2: EC2Client;

beforeAll(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
});
afterAll(() => cloud[Symbol.asyncDispose]());

it('knows the commercial regions', async () => {
  const { Regions } = await ec2.send(new DescribeRegionsCommand({}));
  expect(Regions).toHaveLength(34);
  const named = await ec2.send(new DescribeRegionsCommand({ RegionNames: ['eu-central-1'] }));
  expect(named.Regions).toEqual([
    {
      RegionName: 'eu-central-1',
      Endpoint: 'ec2.eu-central-1.amazonaws.com',
      OptInStatus: 'opt-in-not-required',
    },
  ]);
  await expect(
    ec2.send(new DescribeRegionsCommand({ RegionNames: ['moon-1'] })),
  ).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    message: 'Invalid region name: moon-1',
  });
});

it.each([
  ['us-east-1', ['a', 'b', 'c', 'd', 'e', 'f'], 'use1-az1'],
  ['ap-northeast-1', ['a', 'c', 'd'], 'apne1-az4'],
  ['eu-west-2', ['a', 'b', 'c'], 'euw2-az2'],
  ['il-central-1', ['a', 'b', 'c'], 'ilc1-az1'],
])('knows the zones of %s', async (region, letters, firstId) => {
  const there = cloud.client(EC2Client, { region });
  const { AvailabilityZones } = await there.send(new DescribeAvailabilityZonesCommand({}));
  expect(AvailabilityZones!.map((zone) => zone.ZoneName)).toEqual(
    letters.map((letter) => region + letter),
  );
  expect(AvailabilityZones![0]!.ZoneId).toBe(firstId);
  const { Subnets } = await there.send(new DescribeSubnetsCommand({}));
  expect(Subnets!.map((subnet) => subnet.AvailabilityZone!).toSorted()).toEqual(
    letters.map((letter) => region + letter),
  );
});

it('has one default network a region, whole from the first look', async () => {
  const looks = await Promise.all(
    Array.from({ length: 5 }, () => ec2.send(new DescribeVpcsCommand({}))),
  );
  const ids = new Set(looks.flatMap(({ Vpcs }) => Vpcs!.map((vpc) => vpc.VpcId!)));
  expect(ids.size).toBe(1);
  const [VpcId] = ids;
  const inVpc = { Filters: [{ Name: 'vpc-id', Values: [VpcId!] }] };

  expect(looks[0]!.Vpcs![0]).toMatchObject({ CidrBlock: '172.31.0.0/16', IsDefault: true });
  const { Subnets } = await ec2.send(new DescribeSubnetsCommand(inVpc));
  expect(Subnets!.map((subnet) => subnet.CidrBlock!).toSorted()).toEqual([
    '172.31.0.0/20',
    '172.31.16.0/20',
    '172.31.32.0/20',
    '172.31.48.0/20',
    '172.31.64.0/20',
    '172.31.80.0/20',
  ]);
  const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand(inVpc));
  const { InternetGateways } = await ec2.send(
    new DescribeInternetGatewaysCommand({
      Filters: [{ Name: 'attachment.vpc-id', Values: [VpcId!] }],
    }),
  );
  expect(RouteTables![0]!.Routes!.map((route) => route.GatewayId)).toEqual([
    'local',
    InternetGateways![0]!.InternetGatewayId,
  ]);
  const { NetworkAcls } = await ec2.send(new DescribeNetworkAclsCommand(inVpc));
  expect(NetworkAcls![0]!.Associations).toHaveLength(6);
  const { DhcpOptions } = await ec2.send(new DescribeDhcpOptionsCommand({}));
  expect(DhcpOptions![0]!.DhcpOptionsId).toBe(looks[0]!.Vpcs![0]!.DhcpOptionsId);
  const account = await ec2.send(
    new DescribeAccountAttributesCommand({ AttributeNames: ['default-vpc'] }),
  );
  expect(account.AccountAttributes![0]!.AttributeValues).toEqual([{ AttributeValue: VpcId }]);

  const elsewhere = cloud.client(EC2Client, { region: 'eu-west-1' });
  const there = await elsewhere.send(new DescribeVpcsCommand({}));
  expect(there.Vpcs![0]!.VpcId).not.toBe(VpcId);
});

it('shows the default security group in both forms', async () => {
  const { SecurityGroups } = await ec2.send(
    new DescribeSecurityGroupsCommand({ GroupNames: ['default'] }),
  );
  const [group] = SecurityGroups!;
  expect(group!.IpPermissions![0]!.UserIdGroupPairs![0]!.GroupId).toBe(group!.GroupId);
  expect(group!.IpPermissionsEgress![0]!.IpRanges).toEqual([{ CidrIp: '0.0.0.0/0' }]);
  const { SecurityGroupRules } = await ec2.send(
    new DescribeSecurityGroupRulesCommand({
      Filters: [{ Name: 'group-id', Values: [group!.GroupId!] }],
    }),
  );
  expect(new Set(SecurityGroupRules!.map((rule) => rule.IsEgress))).toEqual(new Set([false, true]));
  await expect(
    ec2.send(new DescribeSecurityGroupsCommand({ GroupNames: ['web'] })),
  ).rejects.toMatchObject({ name: 'InvalidGroup.NotFound' });
});

it('reads the attributes of a VPC one by one', async () => {
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({}));
  const { VpcId } = Vpcs![0]!;
  const names = await ec2.send(
    new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsHostnames' }),
  );
  expect(names).toMatchObject({ VpcId, EnableDnsHostnames: { Value: true } });
  const missing = { VpcId: 'vpc-0123456789abcdef0', Attribute: 'enableDnsSupport' } as const;
  await expect(ec2.send(new DescribeVpcAttributeCommand(missing))).rejects.toMatchObject({
    name: 'InvalidVpcID.NotFound',
    message: "The vpc ID 'vpc-0123456789abcdef0' does not exist",
  });
});
