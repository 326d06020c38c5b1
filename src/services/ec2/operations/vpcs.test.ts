import {
  AssociateVpcCidrBlockCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  DisassociateVpcCidrBlockCommand,
  EC2Client,
  ModifyVpcAttributeCommand,
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
