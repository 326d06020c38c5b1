import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import {
  DescribeAddressesCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeVpcsCommand,
  EC2Client,
  RunInstancesCommand,
  waitUntilInstanceRunning,
} from '@aws-sdk/client-ec2';
import { expect, it } from 'vitest';
import { startTestCloud } from '../../../../test/cloud.ts';
import { startResourceHarness } from '../../../../test/resource-harness.ts';

const Tags = [{ Key: 'Name', Value: 'door' }];

it('makes what leads out of a VPC, and takes it away', async () => {
  await using harness = await startResourceHarness();
  const vpc = await harness.create('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
  const VpcId = vpc.identifier;
  const subnet = await harness.create('AWS::EC2::Subnet', { VpcId, CidrBlock: '10.0.0.0/24' });
  const SubnetId = subnet.identifier;
  const door = await harness.create('AWS::EC2::InternetGateway', { Tags });
  const other = await harness.create('AWS::EC2::InternetGateway', {});
  expect(await door.read()).toEqual({ InternetGatewayId: door.identifier, Tags });
  const attachment = await harness.create('AWS::EC2::VPCGatewayAttachment', {
    ...{ VpcId, InternetGatewayId: other.identifier },
  });
  await attachment.update({ VpcId, InternetGatewayId: door.identifier });
  expect(attachment.identifier).toBe(`IGW|${VpcId}`);
  expect(await attachment.read()).toMatchObject({ InternetGatewayId: door.identifier });

  const table = await harness.create('AWS::EC2::RouteTable', { VpcId, Tags });
  const second = await harness.create('AWS::EC2::RouteTable', { VpcId });
  const RouteTableId = table.identifier;
  const association = await harness.create('AWS::EC2::SubnetRouteTableAssociation', {
    ...{ RouteTableId: second.identifier, SubnetId },
  });
  const replaced = await harness.create('AWS::EC2::SubnetRouteTableAssociation', {
    ...{ RouteTableId, SubnetId },
  });
  await association.delete();
  expect(await association.read()).toBeUndefined();
  expect(await replaced.read()).toEqual({ Id: replaced.identifier, RouteTableId, SubnetId });

  const eip = await harness.create('AWS::EC2::EIP', { Domain: 'vpc', Tags });
  const { AllocationId, PublicIp } = (await eip.read())!;
  expect(eip.identifier).toBe(`${PublicIp}|${AllocationId}`);
  const nat = await harness.create('AWS::EC2::NatGateway', { AllocationId, SubnetId, Tags });
  expect(await nat.read()).toMatchObject({ NatGatewayId: nat.identifier, SubnetId, Tags });
  const out = { RouteTableId, DestinationCidrBlock: '0.0.0.0/0' };
  const route = await harness.create('AWS::EC2::Route', {
    ...{ ...out, GatewayId: door.identifier },
  });
  expect(route.identifier).toBe(`${RouteTableId}|0.0.0.0/0`);
  await route.update({ ...out, NatGatewayId: nat.identifier });
  expect(await route.read()).toEqual({
    ...{ ...out, CidrBlock: '0.0.0.0/0', NatGatewayId: nat.identifier },
  });

  for (const resource of [route, nat, eip, replaced, table, second, attachment, door, other]) {
    await resource.delete();
    expect(await resource.read()).toBeUndefined();
  }
  await subnet.delete();
  await vpc.delete();
  expect(await harness.list('AWS::EC2::EIP')).toEqual([]);
  expect(await harness.list('AWS::EC2::NatGateway')).toEqual([]);
});

it('gives an elastic IP to an instance, and takes it back', async () => {
  await using harness = await startResourceHarness();
  const ec2 = harness.cloud.client(EC2Client);
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ...{ ImageId: 'resolve:ssm:/aws/service/alacarte/tiny', MinCount: 1, MaxCount: 1 },
    }),
  );
  const InstanceId = Instances![0]!.InstanceId!;
  await waitUntilInstanceRunning(
    { client: ec2, maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.02 },
    { InstanceIds: [InstanceId] },
  );
  const eip = await harness.create('AWS::EC2::EIP', { InstanceId });
  expect(await eip.read()).toMatchObject({ InstanceId });
  await eip.update({ Tags });
  expect(await eip.read()).not.toHaveProperty('InstanceId');
  await eip.update({ InstanceId });
  await eip.delete();
  expect(await eip.read()).toBeUndefined();
});

/** A network as most templates have it: a public and a private subnet, and a way out of each. */
function template(privateCidr: string): string {
  const ref = (Ref: string) => ({ Ref });
  const VpcId = ref('Vpc');
  const DestinationCidrBlock = '0.0.0.0/0';
  const resource = (type: string, Properties: object = {}, rest: object = {}) => ({
    ...{ Type: `AWS::EC2::${type}`, Properties, ...rest },
  });
  const association = (table: string, subnet: string) =>
    resource('SubnetRouteTableAssociation', {
      ...{ RouteTableId: ref(table), SubnetId: ref(subnet) },
    });
  return JSON.stringify({
    Resources: {
      Vpc: resource('VPC', { CidrBlock: '10.0.0.0/16', EnableDnsHostnames: true }),
      Door: resource('InternetGateway'),
      Attachment: resource('VPCGatewayAttachment', { VpcId, InternetGatewayId: ref('Door') }),
      Public: resource('Subnet', {
        ...{ VpcId, CidrBlock: '10.0.0.0/24', MapPublicIpOnLaunch: true },
      }),
      Private: resource('Subnet', {
        VpcId,
        CidrBlock: privateCidr,
        AvailabilityZone: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
      }),
      PublicTable: resource('RouteTable', { VpcId }),
      PrivateTable: resource('RouteTable', { VpcId }),
      Out: resource(
        'Route',
        { RouteTableId: ref('PublicTable'), DestinationCidrBlock, GatewayId: ref('Door') },
        { DependsOn: 'Attachment' },
      ),
      PublicOne: association('PublicTable', 'Public'),
      PrivateOne: association('PrivateTable', 'Private'),
      Address: resource('EIP', { Domain: 'vpc' }, { DependsOn: 'Attachment' }),
      Nat: resource('NatGateway', {
        AllocationId: { 'Fn::GetAtt': ['Address', 'AllocationId'] },
        SubnetId: ref('Public'),
      }),
      Through: resource('Route', {
        ...{ RouteTableId: ref('PrivateTable'), DestinationCidrBlock, NatGatewayId: ref('Nat') },
      }),
    },
    Outputs: {
      Vpc: { Value: VpcId },
      Group: { Value: { 'Fn::GetAtt': ['Vpc', 'DefaultSecurityGroup'] } },
      Address: { Value: ref('Address') },
    },
  });
}

it('deploys a template of public and private subnets, replaces one, and leaves nothing', async () => {
  await using cloud = await startTestCloud();
  const client = cloud.client(CloudFormationClient);
  const ec2 = cloud.client(EC2Client);
  const StackName = 'inn';
  const stack = async (name = StackName) => {
    await cloud.inside.workflows.settled();
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return Stacks![0]!;
  };
  const { StackId } = await client.send(
    new CreateStackCommand({ StackName, TemplateBody: template('10.0.1.0/24') }),
  );
  const created = await stack();
  expect(created.StackStatus, created.StackStatusReason).toBe('CREATE_COMPLETE');
  const outputs = Object.fromEntries(
    created.Outputs!.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
  );
  const tables = async () => {
    const Filters = [{ Name: 'vpc-id', Values: [outputs['Vpc']!] }];
    const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ Filters }));
    return RouteTables!.flatMap(({ Routes }) => Routes!.map(({ State }) => State));
  };
  expect(await tables()).toEqual(Array.from({ length: 5 }, () => 'active'));
  const { Addresses } = await ec2.send(new DescribeAddressesCommand({}));
  expect(Addresses).toMatchObject([{ PublicIp: outputs['Address'] }]);

  await client.send(new UpdateStackCommand({ StackName, TemplateBody: template('10.0.2.0/24') }));
  const updated = await stack();
  expect(updated.StackStatus, updated.StackStatusReason).toBe('UPDATE_COMPLETE');

  await client.send(new DeleteStackCommand({ StackName }));
  const deleted = await stack(StackId);
  expect(deleted.StackStatus, deleted.StackStatusReason).toBe('DELETE_COMPLETE');
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({}));
  expect(Vpcs!.map(({ IsDefault }) => IsDefault)).toEqual([true]);
  const { InternetGateways } = await ec2.send(new DescribeInternetGatewaysCommand({}));
  expect(InternetGateways).toHaveLength(1);
  const { NatGateways } = await ec2.send(new DescribeNatGatewaysCommand({}));
  expect(NatGateways!.map(({ State }) => State)).toEqual(['deleted']);
  expect((await ec2.send(new DescribeAddressesCommand({}))).Addresses).toEqual([]);
});
