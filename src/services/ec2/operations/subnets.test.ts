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
  DescribeSubnetsCommand,
  DisassociateSubnetCidrBlockCommand,
  EC2Client,
  ModifySubnetAttributeCommand,
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
