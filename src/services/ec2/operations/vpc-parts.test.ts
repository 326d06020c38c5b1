import {
  AssociateDhcpOptionsCommand,
  CreateDhcpOptionsCommand,
  CreateEgressOnlyInternetGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateVpcCommand,
  DeleteDhcpOptionsCommand,
  DeleteEgressOnlyInternetGatewayCommand,
  DeleteVpcCommand,
  DescribeDhcpOptionsCommand,
  DescribeEgressOnlyInternetGatewaysCommand,
  DescribeRouteTablesCommand,
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

async function newVpc(): Promise<string> {
  const { Vpc } = await ec2.send(
    new CreateVpcCommand({ CidrBlock: '10.0.0.0/16', AmazonProvidedIpv6CidrBlock: true }),
  );
  return Vpc!.VpcId!;
}

it('gives DHCP options to VPCs, and keeps those that one has', async () => {
  const VpcId = await newVpc();
  const DhcpConfigurations = [
    { Key: 'domain-name', Values: ['kitchen.example'] },
    { Key: 'domain-name-servers', Values: ['10.0.0.2', '10.0.0.3'] },
  ];
  const { DhcpOptions } = await ec2.send(new CreateDhcpOptionsCommand({ DhcpConfigurations }));
  const DhcpOptionsId = DhcpOptions!.DhcpOptionsId!;
  await ec2.send(new AssociateDhcpOptionsCommand({ VpcId, DhcpOptionsId }));
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }));
  expect(Vpcs![0]!.DhcpOptionsId).toBe(DhcpOptionsId);
  const found = await ec2.send(
    new DescribeDhcpOptionsCommand({ Filters: [{ Name: 'value', Values: ['10.0.0.3'] }] }),
  );
  expect(found.DhcpOptions).toMatchObject([
    {
      DhcpOptionsId,
      DhcpConfigurations: [
        { Key: 'domain-name', Values: [{ Value: 'kitchen.example' }] },
        { Key: 'domain-name-servers', Values: [{ Value: '10.0.0.2' }, { Value: '10.0.0.3' }] },
      ],
    },
  ]);
  const remove = new DeleteDhcpOptionsCommand({ DhcpOptionsId });
  await expect(ec2.send(remove)).rejects.toMatchObject({ name: 'DependencyViolation' });
  await ec2.send(new AssociateDhcpOptionsCommand({ VpcId, DhcpOptionsId: 'default' }));
  await ec2.send(remove);
  await expect(ec2.send(remove)).rejects.toMatchObject({ name: 'InvalidDhcpOptionID.NotFound' });
});

it.each([
  [[], 'MissingParameter'],
  [[{ Key: 'wine', Values: ['red'] }], 'InvalidParameterValue'],
  [[{ Key: 'domain-name', Values: ['a', 'b'] }], 'InvalidParameterValue'],
  [[{ Key: 'ntp-servers', Values: [] }], 'MissingParameter'],
])('refuses the DHCP options %o', async (DhcpConfigurations, name) => {
  await expect(
    ec2.send(new CreateDhcpOptionsCommand({ DhcpConfigurations })),
  ).rejects.toMatchObject({ name });
});

it('lets IPv6 out through an egress-only gateway, which its VPC waits for', async () => {
  const VpcId = await newVpc();
  const create = new CreateEgressOnlyInternetGatewayCommand({ VpcId, ClientToken: 'once' });
  const { EgressOnlyInternetGateway } = await ec2.send(create);
  const id = EgressOnlyInternetGateway!.EgressOnlyInternetGatewayId!;
  await ec2.send(create);
  const { EgressOnlyInternetGateways } = await ec2.send(
    new DescribeEgressOnlyInternetGatewaysCommand({}),
  );
  expect(EgressOnlyInternetGateways).toMatchObject([
    { EgressOnlyInternetGatewayId: id, Attachments: [{ State: 'attached', VpcId }] },
  ]);
  const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }));
  const { RouteTableId } = RouteTable!;
  await ec2.send(
    new CreateRouteCommand({
      RouteTableId,
      DestinationIpv6CidrBlock: '::/0',
      EgressOnlyInternetGatewayId: id,
    }),
  );
  const state = async () => {
    const { RouteTables } = await ec2.send(
      new DescribeRouteTablesCommand({ RouteTableIds: [RouteTableId!] }),
    );
    return RouteTables![0]!.Routes!.find((route) => route.EgressOnlyInternetGatewayId)!.State;
  };
  expect(await state()).toBe('active');
  await expect(ec2.send(new DeleteVpcCommand({ VpcId }))).rejects.toMatchObject({
    name: 'DependencyViolation',
  });
  const remove = new DeleteEgressOnlyInternetGatewayCommand({ EgressOnlyInternetGatewayId: id });
  expect(await ec2.send(remove)).toMatchObject({ ReturnCode: true });
  expect(await state()).toBe('blackhole');
  await expect(ec2.send(remove)).rejects.toMatchObject({
    name: 'InvalidEgressOnlyInternetGatewayId.NotFound',
  });
});
