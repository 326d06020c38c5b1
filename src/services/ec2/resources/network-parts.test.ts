import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import {
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { expect, it } from 'vitest';
import { startTestCloud } from '../../../../test/cloud.ts';
import { startResourceHarness } from '../../../../test/resource-harness.ts';

const Tags = [{ Key: 'Name', Value: 'pantry' }];

it('makes network ACLs with their rules, and puts subnets under them', async () => {
  await using harness = await startResourceHarness();
  const vpc = await harness.create('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
  const VpcId = vpc.identifier;
  const subnet = await harness.create('AWS::EC2::Subnet', { VpcId, CidrBlock: '10.0.0.0/24' });
  const SubnetId = subnet.identifier;
  const acl = await harness.create('AWS::EC2::NetworkAcl', { VpcId, Tags });
  const NetworkAclId = acl.identifier;
  expect(await acl.read()).toEqual({ Id: NetworkAclId, VpcId, Tags });
  await acl.update({ VpcId });
  expect(await acl.read()).toEqual({ Id: NetworkAclId, VpcId });

  const rule = { NetworkAclId, RuleNumber: 100, CidrBlock: '0.0.0.0/0' };
  const web = { ...rule, Protocol: 6, PortRange: { From: 80, To: 80 } };
  const entry = await harness.create('AWS::EC2::NetworkAclEntry', { ...web, RuleAction: 'allow' });
  expect(entry.identifier).toBe(`${NetworkAclId}|100|false`);
  expect(await entry.read()).toEqual({
    ...{ ...web, Id: entry.identifier, Egress: false, RuleAction: 'allow' },
  });
  await entry.update({ ...web, PortRange: { From: 80, To: 443 }, RuleAction: 'deny' });
  expect(await entry.read()).toMatchObject({
    ...{ PortRange: { From: 80, To: 443 }, RuleAction: 'deny' },
  });
  const ping = { ...rule, Egress: true, Protocol: 1, Icmp: { Type: 8, Code: -1 } };
  const out = await harness.create('AWS::EC2::NetworkAclEntry', { ...ping, RuleAction: 'allow' });
  expect(await out.read()).toMatchObject({ Egress: true, Icmp: { Type: 8, Code: -1 } });
  const entries = await harness.list('AWS::EC2::NetworkAclEntry');
  expect(entries).toEqual(expect.arrayContaining([entry.identifier, out.identifier]));
  await expect(
    harness.create('AWS::EC2::NetworkAclEntry', { ...ping, RuleAction: 'deny' }),
  ).rejects.toMatchObject({ code: 'NetworkAclEntryAlreadyExists' });

  const under = await harness.create('AWS::EC2::SubnetNetworkAclAssociation', {
    ...{ NetworkAclId, SubnetId },
  });
  expect(await under.read()).toEqual({ AssociationId: under.identifier, NetworkAclId, SubnetId });
  expect(await harness.list('AWS::EC2::SubnetNetworkAclAssociation')).toContain(under.identifier);
  for (const resource of [under, out, entry, acl, subnet, vpc]) {
    await resource.delete();
    expect(await resource.read()).toBeUndefined();
  }
});

it('gives a VPC options and further blocks, and takes them', async () => {
  await using harness = await startResourceHarness();
  const vpc = await harness.create('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
  const VpcId = vpc.identifier;
  const given = {
    DomainName: 'pantry.internal',
    DomainNameServers: ['AmazonProvidedDNS'],
    NetbiosNodeType: 2,
  };
  const options = await harness.create('AWS::EC2::DHCPOptions', { ...given, Tags });
  const DhcpOptionsId = options.identifier;
  expect(await options.read()).toEqual({ ...given, DhcpOptionsId, Tags });
  const has = await harness.create('AWS::EC2::VPCDHCPOptionsAssociation', { DhcpOptionsId, VpcId });
  expect(has.identifier).toBe(`${DhcpOptionsId}|${VpcId}`);
  expect(await has.read()).toEqual({ DhcpOptionsId, VpcId });

  const CidrBlock = '10.1.0.0/16';
  const four = await harness.create('AWS::EC2::VPCCidrBlock', { VpcId, CidrBlock });
  expect(await four.read()).toMatchObject({ VpcId, CidrBlock });
  const six = await harness.create('AWS::EC2::VPCCidrBlock', {
    ...{ VpcId, AmazonProvidedIpv6CidrBlock: true },
  });
  const { Ipv6CidrBlock = '' } = (await six.read())!;
  expect(Ipv6CidrBlock).toMatch(/::\/56$/);
  expect(await harness.list('AWS::EC2::VPCCidrBlock')).toEqual(
    expect.arrayContaining([four.identifier, six.identifier]),
  );
  const subnet = await harness.create('AWS::EC2::Subnet', { VpcId, CidrBlock: '10.1.0.0/24' });
  const part = { SubnetId: subnet.identifier, Ipv6CidrBlock: Ipv6CidrBlock.replace('/56', '/64') };
  const block = await harness.create('AWS::EC2::SubnetCidrBlock', part);
  expect(await block.read()).toEqual({ ...part, Id: block.identifier });
  const egress = await harness.create('AWS::EC2::EgressOnlyInternetGateway', { VpcId });
  await egress.update({ VpcId, Tags });
  expect(await egress.read()).toEqual({ Id: egress.identifier, VpcId, Tags });
  for (const resource of [egress, block, subnet, six, four, has, options, vpc]) {
    await resource.delete();
    expect(await resource.read()).toBeUndefined();
  }
});

it('joins VPCs, and keeps lists of blocks', async () => {
  await using harness = await startResourceHarness();
  const one = await harness.create('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
  const two = await harness.create('AWS::EC2::VPC', { CidrBlock: '10.1.0.0/16' });
  const ends = { VpcId: one.identifier, PeerVpcId: two.identifier };
  const peering = await harness.create('AWS::EC2::VPCPeeringConnection', { ...ends, Tags });
  expect(await peering.read()).toMatchObject({ ...ends, PeerRegion: 'us-east-1', Tags });
  const route = await harness.create('AWS::EC2::RouteTable', { VpcId: one.identifier });
  const way = await harness.create('AWS::EC2::Route', {
    ...{ RouteTableId: route.identifier, DestinationCidrBlock: '10.1.0.0/16' },
    VpcPeeringConnectionId: peering.identifier,
  });

  const named = { PrefixListName: 'offices', AddressFamily: 'IPv4' as const };
  const first = [{ Cidr: '192.0.2.0/24', Description: 'Paris' }];
  const list = await harness.create('AWS::EC2::PrefixList', { ...named, Entries: first });
  expect(await list.read()).toMatchObject({ ...named, Entries: first, MaxEntries: 1, Version: 1 });
  const more = [{ Cidr: '192.0.2.0/24', Description: 'Lyon' }, { Cidr: '198.51.100.0/24' }];
  await list.update({ ...named, Entries: more, MaxEntries: 2, Tags });
  expect(await list.read()).toMatchObject({ Entries: more, MaxEntries: 2, Tags });
  await list.update({ ...named, MaxEntries: 1 });
  expect(await list.read()).not.toHaveProperty('Entries');
  expect(list.replaces('AddressFamily', { ...named, AddressFamily: 'IPv6' })).toBe(true);
  expect(await harness.list('AWS::EC2::PrefixList')).toEqual([list.identifier]);
  for (const resource of [way, route, peering, list, one, two]) {
    await resource.delete();
    expect(await resource.read()).toBeUndefined();
  }
});

it('makes network interfaces, and changes what may change', async () => {
  await using harness = await startResourceHarness();
  const vpc = await harness.create('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
  const VpcId = vpc.identifier;
  const subnet = await harness.create('AWS::EC2::Subnet', { VpcId, CidrBlock: '10.0.0.0/24' });
  const group = await harness.create('AWS::EC2::SecurityGroup', {
    ...{ VpcId, GroupDescription: 'cooks', GroupName: 'cooks' },
  });
  const own = { SubnetId: subnet.identifier, PrivateIpAddress: '10.0.0.50' };
  const card = await harness.create('AWS::EC2::NetworkInterface', {
    ...{ ...own, Description: 'first', SourceDestCheck: false, SecondaryPrivateIpAddressCount: 2 },
  });
  const made = (await card.read())!;
  expect(made).toMatchObject({
    ...{ ...own, VpcId, Description: 'first', SourceDestCheck: false },
    PrimaryPrivateIpAddress: '10.0.0.50',
  });
  expect(made.SecondaryPrivateIpAddresses).toHaveLength(2);
  const GroupSet = [group.identifier];
  await card.update({ ...own, GroupSet, SecondaryPrivateIpAddressCount: 1, Tags });
  const changed = (await card.read())!;
  expect(changed).toMatchObject({ GroupSet, Description: '', SourceDestCheck: true, Tags });
  expect(changed.SecondaryPrivateIpAddresses).toEqual([made.SecondaryPrivateIpAddresses![0]]);
  const PrivateIpAddresses = [
    { PrivateIpAddress: '10.0.0.50', Primary: true },
    { PrivateIpAddress: '10.0.0.60', Primary: false },
  ];
  await card.update({ SubnetId: own.SubnetId, GroupSet, PrivateIpAddresses });
  expect(await card.read()).toMatchObject({ SecondaryPrivateIpAddresses: ['10.0.0.60'] });
  const elsewhere = [{ PrivateIpAddress: '10.0.0.70', Primary: true }];
  const other = { SubnetId: own.SubnetId, PrivateIpAddresses: elsewhere };
  expect(card.replaces('PrivateIpAddresses', other)).toBe(true);
  const door = await harness.create('AWS::EC2::InstanceConnectEndpoint', {
    ...{ SubnetId: own.SubnetId, SecurityGroupIds: GroupSet, PreserveClientIp: true },
  });
  expect(await door.read()).toMatchObject({
    ...{ Id: door.identifier, SecurityGroupIds: GroupSet, PreserveClientIp: true },
    State: 'create-complete',
  });
  for (const resource of [door, card, group, subnet, vpc]) {
    await resource.delete();
    expect(await resource.read()).toBeUndefined();
  }
});

it('keeps what account and region share of snapshots', async () => {
  await using harness = await startResourceHarness();
  const block = await harness.create('AWS::EC2::SnapshotBlockPublicAccess', {
    State: 'block-new-sharing',
  });
  await block.update({ State: 'block-all-sharing' });
  expect(await block.read()).toEqual({ AccountId: '000000000000', State: 'block-all-sharing' });
  await block.delete();
  expect(await block.read()).toBeUndefined();
});

const kitchen = (network: object) =>
  JSON.stringify({
    Resources: {
      Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
      Subnet: {
        Type: 'AWS::EC2::Subnet',
        Properties: {
          ...{ VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24' },
          AvailabilityZone: 'us-east-1a',
        },
      },
      Door: { Type: 'AWS::EC2::InternetGateway' },
      InVpc: {
        Type: 'AWS::EC2::VPCGatewayAttachment',
        Properties: { VpcId: { Ref: 'Vpc' }, InternetGatewayId: { Ref: 'Door' } },
      },
      Acl: { Type: 'AWS::EC2::NetworkAcl', Properties: { VpcId: { Ref: 'Vpc' } } },
      Web: {
        Type: 'AWS::EC2::NetworkAclEntry',
        Properties: {
          ...{ NetworkAclId: { Ref: 'Acl' }, RuleNumber: 100, Protocol: 6, RuleAction: 'allow' },
          ...{ CidrBlock: '0.0.0.0/0', PortRange: { From: 80, To: 80 }, ...network },
        },
      },
      Under: {
        Type: 'AWS::EC2::SubnetNetworkAclAssociation',
        Properties: { SubnetId: { Ref: 'Subnet' }, NetworkAclId: { Ref: 'Acl' } },
      },
      Names: { Type: 'AWS::EC2::DHCPOptions', Properties: { DomainName: 'pantry.internal' } },
      HasNames: {
        Type: 'AWS::EC2::VPCDHCPOptionsAssociation',
        Properties: { VpcId: { Ref: 'Vpc' }, DhcpOptionsId: { Ref: 'Names' } },
      },
      Card: {
        Type: 'AWS::EC2::NetworkInterface',
        Properties: { SubnetId: { Ref: 'Subnet' }, Description: 'second' },
      },
      Cook: {
        Type: 'AWS::EC2::Instance',
        Properties: {
          ImageId: '{{resolve:ssm:/aws/service/alacarte/tiny}}',
          ...{ InstanceType: 't3.small', SubnetId: { Ref: 'Subnet' } },
        },
      },
      Plugged: {
        Type: 'AWS::EC2::NetworkInterfaceAttachment',
        Properties: {
          ...{ InstanceId: { Ref: 'Cook' }, NetworkInterfaceId: { Ref: 'Card' } },
          ...{ DeviceIndex: '1', DeleteOnTermination: false },
        },
      },
      Eip: { Type: 'AWS::EC2::EIP', DependsOn: 'InVpc', Properties: { Domain: 'vpc' } },
      Known: {
        Type: 'AWS::EC2::EIPAssociation',
        Properties: {
          AllocationId: { 'Fn::GetAtt': ['Eip', 'AllocationId'] },
          NetworkInterfaceId: { Ref: 'Card' },
        },
      },
    },
    Outputs: {
      Acl: { Value: { 'Fn::GetAtt': ['Acl', 'Id'] } },
      Address: { Value: { 'Fn::GetAtt': ['Card', 'PrimaryPrivateIpAddress'] } },
    },
  });

it('stands in a stack that comes up, changes and goes', { timeout: 60_000 }, async () => {
  await using cloud = await startTestCloud();
  const cloudformation = cloud.client(CloudFormationClient);
  const ec2 = cloud.client(EC2Client);
  const StackName = 'kitchen';
  const status = async () => {
    const { Stacks = [] } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
    return Stacks[0];
  };
  await cloudformation.send(new CreateStackCommand({ StackName, TemplateBody: kitchen({}) }));
  await cloud.inside.workflows.settled();
  const stack = await status();
  expect(stack?.StackStatusReason).toBeUndefined();
  expect(stack?.StackStatus).toBe('CREATE_COMPLETE');
  const { StackResources = [] } = await cloudformation.send(
    new DescribeStackResourcesCommand({ StackName }),
  );
  const idOf = (name: string) =>
    StackResources.find((each) => each.LogicalResourceId === name)?.PhysicalResourceId ?? '';
  const cards = new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [idOf('Card')] });
  expect((await ec2.send(cards)).NetworkInterfaces).toMatchObject([
    {
      Attachment: { InstanceId: idOf('Cook'), DeviceIndex: 1, DeleteOnTermination: false },
      Association: { PublicIp: expect.any(String) },
      PrivateIpAddress: stack?.Outputs?.find(({ OutputKey }) => OutputKey === 'Address')
        ?.OutputValue,
    },
  ]);
  const changed = kitchen({ PortRange: { From: 80, To: 443 } });
  await cloudformation.send(new UpdateStackCommand({ StackName, TemplateBody: changed }));
  await cloud.inside.workflows.settled();
  expect((await status())?.StackStatus).toBe('UPDATE_COMPLETE');
  const acls = new DescribeNetworkAclsCommand({ NetworkAclIds: [idOf('Acl')] });
  const { NetworkAcls } = await ec2.send(acls);
  expect(NetworkAcls![0]!.Entries).toContainEqual(
    expect.objectContaining({ RuleNumber: 100, PortRange: { From: 80, To: 443 } }),
  );
  await cloudformation.send(new DeleteStackCommand({ StackName }));
  await cloud.inside.workflows.settled();
  await expect(status()).rejects.toMatchObject({ name: 'ValidationError' });
  const vpcs = new DescribeVpcsCommand({ Filters: [{ Name: 'is-default', Values: ['false'] }] });
  expect((await ec2.send(vpcs)).Vpcs).toEqual([]);
});
