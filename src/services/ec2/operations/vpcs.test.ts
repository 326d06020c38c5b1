import {
  AssociateSubnetCidrBlockCommand,
  AssociateVpcCidrBlockCommand,
  CreateDefaultSubnetCommand,
  CreateDefaultVpcCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  DisassociateSubnetCidrBlockCommand,
  DisassociateVpcCidrBlockCommand,
  EC2Client,
  ModifySubnetAttributeCommand,
  ModifyVpcAttributeCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
  waitUntilInstanceTerminated,
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

async function newVpc(CidrBlock = '10.0.0.0/16'): Promise<string> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock }));
  return Vpc!.VpcId!;
}

async function newSubnet(VpcId: string, CidrBlock: string): Promise<string> {
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock }));
  return Subnet!.SubnetId!;
}

const inVpc = (id: string) => ({ Filters: [{ Name: 'vpc-id', Values: [id] }] });

it('makes a VPC with its main route table, default ACL and default group, and takes them along', async () => {
  const { Vpc } = await ec2.send(
    new CreateVpcCommand({
      CidrBlock: '10.1.2.3/16',
      TagSpecifications: [{ ResourceType: 'vpc', Tags: [{ Key: 'Name', Value: 'kitchen' }] }],
    }),
  );
  expect(Vpc).toMatchObject({
    CidrBlock: '10.1.0.0/16',
    State: 'pending',
    IsDefault: false,
    Tags: [{ Key: 'Name', Value: 'kitchen' }],
  });
  const VpcId = Vpc!.VpcId!;
  const { Vpcs } = await ec2.send(
    new DescribeVpcsCommand({ Filters: [{ Name: 'tag:Name', Values: ['kitchen'] }] }),
  );
  expect(Vpcs).toMatchObject([{ VpcId, State: 'available' }]);
  const tables = await ec2.send(new DescribeRouteTablesCommand(inVpc(VpcId)));
  expect(tables.RouteTables).toMatchObject([
    {
      Associations: [{ Main: true }],
      Routes: [{ DestinationCidrBlock: '10.1.0.0/16', GatewayId: 'local', State: 'active' }],
    },
  ]);
  const acls = await ec2.send(new DescribeNetworkAclsCommand(inVpc(VpcId)));
  expect(acls.NetworkAcls).toMatchObject([{ IsDefault: true }]);
  expect(acls.NetworkAcls![0]!.Entries).toHaveLength(4);
  const groups = await ec2.send(new DescribeSecurityGroupsCommand(inVpc(VpcId)));
  expect(groups.SecurityGroups).toMatchObject([
    {
      GroupName: 'default',
      IpPermissionsEgress: [{ IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      IpPermissions: [{ IpProtocol: '-1' }],
    },
  ]);

  await ec2.send(new DeleteVpcCommand({ VpcId }));
  for (const left of [
    await ec2.send(new DescribeRouteTablesCommand(inVpc(VpcId))),
    await ec2.send(new DescribeNetworkAclsCommand(inVpc(VpcId))),
    await ec2.send(new DescribeSecurityGroupsCommand(inVpc(VpcId))),
  ]) {
    expect(Object.values(left).find(Array.isArray)).toEqual([]);
  }
  await expect(ec2.send(new DeleteVpcCommand({ VpcId }))).rejects.toMatchObject({
    name: 'InvalidVpcID.NotFound',
  });
});

it.each([
  [undefined, 'MissingParameter', "Either 'cidrBlock' or 'ipv4IpamPoolId' should be provided."],
  ['10.0.0.0/15', 'InvalidVpc.Range', "The CIDR '10.0.0.0/15' is invalid."],
  ['10.0.0.0/29', 'InvalidVpc.Range', "The CIDR '10.0.0.0/29' is invalid."],
  [
    '10.0.0/16',
    'InvalidParameterValue',
    'Value (10.0.0/16) for parameter cidrBlock is invalid. This is not a valid CIDR block.',
  ],
])('refuses a VPC of %s', async (CidrBlock, name, message) => {
  await expect(ec2.send(new CreateVpcCommand({ CidrBlock }))).rejects.toMatchObject({
    name,
    message,
  });
});

it('has one attribute of a VPC changed at a time', async () => {
  const VpcId = await newVpc();
  const modify = (change: object) => ec2.send(new ModifyVpcAttributeCommand({ VpcId, ...change }));
  await modify({ EnableDnsHostnames: { Value: true } });
  const { EnableDnsHostnames } = await ec2.send(
    new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsHostnames' }),
  );
  expect(EnableDnsHostnames).toEqual({ Value: true });
  await expect(
    modify({ EnableDnsHostnames: { Value: false }, EnableDnsSupport: { Value: false } }),
  ).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
  await modify({ EnableDnsHostnames: { Value: false } });
  await modify({ EnableDnsSupport: { Value: false } });
  await expect(modify({ EnableDnsHostnames: { Value: true } })).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  });
});

it('fits subnets into their VPC, none over another', async () => {
  const VpcId = await newVpc();
  const { Subnet } = await ec2.send(
    new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.1.0/24', AvailabilityZone: 'us-east-1b' }),
  );
  expect(Subnet).toMatchObject({
    State: 'available',
    AvailabilityZoneId: 'use1-az2',
    AvailableIpAddressCount: 251,
    DefaultForAz: false,
    MapPublicIpOnLaunch: false,
  });
  const create = (change: object) =>
    ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.2.0/24', ...change }));
  await expect(create({ CidrBlock: '10.0.0.0/23' })).rejects.toMatchObject({
    name: 'InvalidSubnet.Conflict',
    message: "The CIDR '10.0.0.0/23' conflicts with another subnet",
  });
  await expect(create({ CidrBlock: '10.9.0.0/24' })).rejects.toMatchObject({
    name: 'InvalidSubnet.Range',
    message: "The CIDR '10.9.0.0/24' is invalid.",
  });
  await expect(create({ AvailabilityZone: 'us-east-1z' })).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    message:
      'Value (us-east-1z) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1e, us-east-1f.',
  });
  await expect(create({ VpcId: 'vpc-0123456789abcdef0' })).rejects.toMatchObject({
    name: 'InvalidVpcID.NotFound',
  });
  await create({});
});

it('gives overlapping subnets to one of those who ask at the same time', async () => {
  const VpcId = await newVpc();
  const asked = Array.from({ length: 8 }, () => newSubnet(VpcId, '10.0.3.0/24'));
  const outcomes = await Promise.allSettled(asked);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const { Subnets } = await ec2.send(new DescribeSubnetsCommand(inVpc(VpcId)));
  expect(Subnets).toHaveLength(1);
});

it('changes what a subnet gives to what is launched in it', async () => {
  const SubnetId = await newSubnet(await newVpc(), '10.0.1.0/24');
  const modify = (change: object) =>
    ec2.send(new ModifySubnetAttributeCommand({ SubnetId, ...change }));
  await modify({ MapPublicIpOnLaunch: { Value: true } });
  await modify({ PrivateDnsHostnameTypeOnLaunch: 'resource-name' });
  await modify({ EnableResourceNameDnsARecordOnLaunch: { Value: true } });
  const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [SubnetId] }));
  expect(Subnets![0]).toMatchObject({
    MapPublicIpOnLaunch: true,
    PrivateDnsNameOptionsOnLaunch: {
      HostnameType: 'resource-name',
      EnableResourceNameDnsARecord: true,
    },
  });
  await expect(modify({ AssignIpv6AddressOnCreation: { Value: true } })).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  });
  await expect(modify({})).rejects.toMatchObject({ name: 'MissingParameter' });
});

it('launches into a subnet and its VPC’s group, and keeps both until the instance is gone', async () => {
  const VpcId = await newVpc('10.7.0.0/16');
  const SubnetId = await newSubnet(VpcId, '10.7.1.0/28');
  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({ VpcId, GroupName: 'web', Description: 'web' }),
  );
  const launch = (change: object) =>
    ec2.send(
      new RunInstancesCommand({
        ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
        MinCount: 1,
        MaxCount: 1,
        SubnetId,
        ...change,
      }),
    );
  const { Instances } = await launch({ SecurityGroupIds: [GroupId] });
  const { InstanceId, ...instance } = Instances![0]!;
  expect(instance).toMatchObject({ VpcId, SubnetId, SecurityGroups: [{ GroupId }] });
  expect(instance.PrivateIpAddress).toMatch(/^10\.7\.1\.([4-9]|1[0-4])$/);
  expect(instance.PublicIpAddress).toBeUndefined();
  const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [SubnetId] }));
  expect(Subnets![0]!.AvailableIpAddressCount).toBe(10);
  await expect(ec2.send(new DeleteSubnetCommand({ SubnetId }))).rejects.toMatchObject({
    name: 'DependencyViolation',
    message: `The subnet '${SubnetId}' has dependencies and cannot be deleted.`,
  });

  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId!] }));
  await waitUntilInstanceTerminated(
    { client: ec2, maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.02 },
    { InstanceIds: [InstanceId!] },
  );
  await ec2.send(new DeleteSubnetCommand({ SubnetId }));
  await expect(launch({})).rejects.toMatchObject({ name: 'InvalidSubnetID.NotFound' });
  await expect(ec2.send(new DeleteVpcCommand({ VpcId }))).rejects.toMatchObject({
    name: 'DependencyViolation',
    message: `The vpc '${VpcId}' has dependencies and cannot be deleted.`,
  });
  await ec2.send(new DeleteSecurityGroupCommand({ GroupId: GroupId! }));
  await ec2.send(new DeleteVpcCommand({ VpcId }));
});

it('lets a VPC grow by further blocks and shrink again', async () => {
  const VpcId = await newVpc();
  const associate = (CidrBlock: string) =>
    ec2.send(new AssociateVpcCidrBlockCommand({ VpcId, CidrBlock }));
  await expect(associate('192.168.0.0/16')).rejects.toMatchObject({ name: 'InvalidVpc.Range' });
  await expect(associate('10.0.128.0/20')).rejects.toMatchObject({ name: 'InvalidVpc.Range' });
  const { CidrBlockAssociation } = await associate('100.64.0.0/16');
  const { AssociationId } = CidrBlockAssociation!;
  expect(CidrBlockAssociation!.CidrBlockState).toEqual({ State: 'associating' });
  const tables = await ec2.send(new DescribeRouteTablesCommand(inVpc(VpcId)));
  expect(tables.RouteTables![0]!.Routes!.map((route) => route.DestinationCidrBlock)).toEqual([
    '10.0.0.0/16',
    '100.64.0.0/16',
  ]);

  const SubnetId = await newSubnet(VpcId, '100.64.1.0/24');
  const disassociate = () =>
    ec2.send(new DisassociateVpcCidrBlockCommand({ AssociationId: AssociationId! }));
  await expect(disassociate()).rejects.toMatchObject({ name: 'InvalidCidrBlock.InUse' });
  await ec2.send(new DeleteSubnetCommand({ SubnetId }));
  await disassociate();
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }));
  const [primary, ...further] = Vpcs![0]!.CidrBlockAssociationSet!;
  expect(further).toEqual([]);
  await expect(
    ec2.send(new DisassociateVpcCidrBlockCommand({ AssociationId: primary!.AssociationId! })),
  ).rejects.toMatchObject({ name: 'OperationNotPermitted' });
});

it('has IPv6 blocks of VPCs and of subnets in them', async () => {
  const VpcId = await newVpc();
  const { Ipv6CidrBlockAssociation } = await ec2.send(
    new AssociateVpcCidrBlockCommand({ VpcId, AmazonProvidedIpv6CidrBlock: true }),
  );
  const block = Ipv6CidrBlockAssociation!.Ipv6CidrBlock!;
  expect(block).toMatch(/^2600:1[0-9a-f:]+::\/56$/);
  const { NetworkAcls } = await ec2.send(new DescribeNetworkAclsCommand(inVpc(VpcId)));
  expect(NetworkAcls![0]!.Entries!.filter((entry) => entry.Ipv6CidrBlock === '::/0')).toHaveLength(
    4,
  );

  const SubnetId = await newSubnet(VpcId, '10.0.0.0/24');
  const own = block.replace('/56', '/64');
  const associate = (Ipv6CidrBlock: string) =>
    ec2.send(new AssociateSubnetCidrBlockCommand({ SubnetId, Ipv6CidrBlock }));
  await expect(associate('2001:db8::/64')).rejects.toMatchObject({ name: 'InvalidSubnet.Range' });
  const given = await associate(own);
  expect(given.Ipv6CidrBlockAssociation).toMatchObject({ Ipv6CidrBlock: own });
  const other = new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.1.0/24', Ipv6CidrBlock: own });
  await expect(ec2.send(other)).rejects.toMatchObject({ name: 'InvalidSubnet.Conflict' });
  const modify = new ModifySubnetAttributeCommand({
    SubnetId,
    AssignIpv6AddressOnCreation: { Value: true },
  });
  await ec2.send(modify);
  const { AssociationId } = given.Ipv6CidrBlockAssociation!;
  await ec2.send(new DisassociateSubnetCidrBlockCommand({ AssociationId: AssociationId! }));
  await expect(ec2.send(modify)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  await ec2.send(other);
});

it('makes the default VPC and its subnets again once they were deleted', async () => {
  const there = cloud.client(EC2Client, { region: 'eu-west-1' });
  await expect(there.send(new CreateDefaultVpcCommand({}))).rejects.toMatchObject({
    name: 'DefaultVpcAlreadyExists',
  });
  const zone = { AvailabilityZone: 'eu-west-1b' };
  await expect(there.send(new CreateDefaultSubnetCommand(zone))).rejects.toMatchObject({
    name: 'DefaultSubnetAlreadyExistsInAvailabilityZone',
  });
  const { Subnets } = await there.send(new DescribeSubnetsCommand({}));
  const inZone = Subnets!.find((subnet) => subnet.AvailabilityZone === 'eu-west-1b')!;
  await there.send(new DeleteSubnetCommand({ SubnetId: inZone.SubnetId! }));
  const { Subnet } = await there.send(new CreateDefaultSubnetCommand(zone));
  expect(Subnet).toMatchObject({ CidrBlock: inZone.CidrBlock, MapPublicIpOnLaunch: true });
});

it('says that networks are recorded', async () => {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.3.0.0/16' }));
  const headers: (string | undefined)[] = [];
  const client = cloud.client(EC2Client);
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers: given } = result.response as { headers: Record<string, string> };
      headers.push(given['x-alacarte-realization']);
      return result;
    },
    { step: 'deserialize' },
  );
  await client.send(new DeleteVpcCommand({ VpcId: Vpc!.VpcId! }));
  expect(headers).toEqual(['recorded']);
});
