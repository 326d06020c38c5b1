import { expect, it } from 'vitest';
import { startResourceHarness } from '../../../../test/resource-harness.ts';

const Tags = [{ Key: 'Name', Value: 'gate' }];
const S3 = 'com.amazonaws.us-east-1.s3';
const SQS = 'com.amazonaws.us-east-1.sqs';

it('makes endpoints of a VPC, changes them, and takes them away', async () => {
  await using harness = await startResourceHarness();
  const vpc = await harness.create('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
  const VpcId = vpc.identifier;
  const subnet = await harness.create('AWS::EC2::Subnet', { VpcId, CidrBlock: '10.0.0.0/24' });
  const table = await harness.create('AWS::EC2::RouteTable', { VpcId });
  const RouteTableIds = [table.identifier];

  const gateway = await harness.create('AWS::EC2::VPCEndpoint', { VpcId, ServiceName: S3, Tags });
  expect(await gateway.read()).toMatchObject({
    VpcEndpointType: 'Gateway',
    RouteTableIds: [],
    Tags,
  });
  // The type knows the document's text only.
  const PolicyDocument = { Version: '2012-10-17', Statement: [] } as unknown as string;
  await gateway.update({ VpcId, ServiceName: S3, RouteTableIds, PolicyDocument });
  const changed = await gateway.read();
  expect(changed).toMatchObject({ RouteTableIds, PolicyDocument });
  expect(changed).not.toHaveProperty('Tags');

  const wish = { VpcId, ServiceName: SQS, VpcEndpointType: 'Interface' as const };
  const SubnetIds = [subnet.identifier];
  const card = await harness.create('AWS::EC2::VPCEndpoint', { ...wish, SubnetIds });
  expect(await card.read()).toMatchObject({
    ...{ SubnetIds, PrivateDnsEnabled: false },
    NetworkInterfaceIds: [expect.stringMatching(/^eni-/)],
    SecurityGroupIds: [expect.stringMatching(/^sg-/)],
  });
  await card.update(wish);
  expect(await card.read()).toMatchObject({ SubnetIds: [], NetworkInterfaceIds: [] });
  const ids = [gateway.identifier, card.identifier];
  expect((await harness.list('AWS::EC2::VPCEndpoint')).toSorted()).toEqual(ids.toSorted());
  for (const resource of [gateway, card, table, subnet, vpc]) {
    await resource.delete();
    expect(await resource.read()).toBeUndefined();
  }
});

it('makes gateways of VPNs and between VPCs, and takes them away', async () => {
  await using harness = await startResourceHarness();
  const vpc = await harness.create('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
  const VpcId = vpc.identifier;
  const subnet = await harness.create('AWS::EC2::Subnet', { VpcId, CidrBlock: '10.0.0.0/24' });

  const farm = { Type: 'ipsec.1', IpAddress: '198.51.100.7', BgpAsn: 65001 };
  const customer = await harness.create('AWS::EC2::CustomerGateway', { ...farm, Tags });
  expect(await customer.read()).toEqual({ CustomerGatewayId: customer.identifier, ...farm, Tags });
  const vpn = await harness.create('AWS::EC2::VPNGateway', { Type: 'ipsec.1' });
  await vpn.update({ Type: 'ipsec.1', Tags });
  expect(await vpn.read()).toMatchObject({ AmazonSideAsn: 64512, Tags });

  const hub = await harness.create('AWS::EC2::TransitGateway', { Description: 'hub', Tags });
  expect(await hub.read()).toMatchObject({ Description: 'hub', DnsSupport: 'enable', Tags });
  const TransitGatewayCidrBlocks = ['10.99.0.0/24'];
  await hub.update({ DnsSupport: 'disable', TransitGatewayCidrBlocks });
  expect(await hub.read()).toMatchObject({ DnsSupport: 'disable', TransitGatewayCidrBlocks });
  const wish = {
    ...{ VpcId, TransitGatewayId: hub.identifier, SubnetIds: [subnet.identifier] },
  };
  const attachment = await harness.create('AWS::EC2::TransitGatewayAttachment', wish);
  await attachment.update({ ...wish, Options: { ApplianceModeSupport: 'enable' }, Tags });
  expect(await attachment.read()).toMatchObject({
    ...wish,
    Options: { ApplianceModeSupport: 'enable', DnsSupport: 'enable' },
    Tags,
  });
  for (const resource of [attachment, hub, vpn, customer, subnet, vpc]) {
    await resource.delete();
    expect(await resource.read()).toBeUndefined();
  }
});

it('leads into VPNs and between VPCs by tables, and takes that away', async () => {
  await using harness = await startResourceHarness();
  const vpc = await harness.create('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
  const VpcId = vpc.identifier;
  const subnet = await harness.create('AWS::EC2::Subnet', { VpcId, CidrBlock: '10.0.0.0/24' });
  const table = await harness.create('AWS::EC2::RouteTable', { VpcId });
  const second = await harness.create('AWS::EC2::RouteTable', { VpcId });
  const farm = { Type: 'ipsec.1', IpAddress: '198.51.100.7', BgpAsn: 65001 };
  const customer = await harness.create('AWS::EC2::CustomerGateway', farm);
  const vpn = await harness.create('AWS::EC2::VPNGateway', { Type: 'ipsec.1' });
  const VpnGatewayId = vpn.identifier;
  const attached = await harness.create('AWS::EC2::VPCGatewayAttachment', { VpcId, VpnGatewayId });
  expect(attached.identifier).toBe(`VGW|${VpcId}`);
  expect(await attached.read()).toEqual({ AttachmentType: 'VGW', VpcId, VpnGatewayId });
  const wish = { CustomerGatewayId: customer.identifier, VpnGatewayId, Type: 'ipsec.1' };
  const connection = await harness.create('AWS::EC2::VPNConnection', {
    ...{ ...wish, StaticRoutesOnly: true },
  });
  await connection.update({ ...wish, StaticRoutesOnly: true, Tags });
  expect(await connection.read()).toMatchObject({ ...wish, StaticRoutesOnly: true, Tags });
  const to = { DestinationCidrBlock: '192.168.0.0/16', VpnConnectionId: connection.identifier };
  const behind = await harness.create('AWS::EC2::VPNConnectionRoute', to);
  expect(await behind.read()).toEqual(to);
  expect(await harness.list('AWS::EC2::VPNConnectionRoute')).toEqual([behind.identifier]);
  const learning = await harness.create('AWS::EC2::VPNGatewayRoutePropagation', {
    ...{ VpnGatewayId, RouteTableIds: [table.identifier] },
  });
  await learning.update({ VpnGatewayId, RouteTableIds: [second.identifier] });
  expect(await learning.read()).toMatchObject({ RouteTableIds: [second.identifier] });

  const hub = await harness.create('AWS::EC2::TransitGateway', {
    ...{ DefaultRouteTableAssociation: 'disable', DefaultRouteTablePropagation: 'disable' },
  });
  const TransitGatewayId = hub.identifier;
  const attachment = await harness.create('AWS::EC2::TransitGatewayVpcAttachment', {
    ...{ VpcId, TransitGatewayId, SubnetIds: [subnet.identifier] },
  });
  const TransitGatewayAttachmentId = attachment.identifier;
  const other = await harness.create('AWS::EC2::Subnet', {
    ...{ VpcId, CidrBlock: '10.0.1.0/24', AvailabilityZone: 'us-east-1f' },
  });
  await attachment.update({
    ...{ VpcId, TransitGatewayId, SubnetIds: [subnet.identifier] },
    AddSubnetIds: [other.identifier],
  });
  expect((await attachment.read())!.SubnetIds).toContain(other.identifier);
  const rib = await harness.create('AWS::EC2::TransitGatewayRouteTable', {
    TransitGatewayId,
    Tags,
  });
  const TransitGatewayRouteTableId = rib.identifier;
  expect(await rib.read()).toEqual({ TransitGatewayRouteTableId, TransitGatewayId, Tags });
  const pair = { TransitGatewayRouteTableId, TransitGatewayAttachmentId };
  const from = await harness.create('AWS::EC2::TransitGatewayRouteTableAssociation', pair);
  const learns = await harness.create('AWS::EC2::TransitGatewayRouteTablePropagation', pair);
  for (const each of [from, learns]) {
    expect(each.identifier).toBe(`${TransitGatewayRouteTableId}|${TransitGatewayAttachmentId}`);
    expect(await each.read()).toEqual(pair);
  }
  const far = { ...pair, DestinationCidrBlock: '172.16.0.0/12' };
  const way = await harness.create('AWS::EC2::TransitGatewayRoute', far);
  expect(await way.read()).toEqual({ ...far, Blackhole: false });
  expect(await harness.list('AWS::EC2::TransitGatewayRoute')).toEqual([way.identifier]);
  const all = [way, learns, from, rib, attachment, hub, learning, behind, connection, attached];
  for (const resource of [...all, vpn, customer, table, second, other, subnet, vpc]) {
    await resource.delete();
    expect(await resource.read()).toBeUndefined();
  }
});
