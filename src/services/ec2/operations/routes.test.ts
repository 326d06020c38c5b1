import {
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  DeleteInternetGatewayCommand,
  DeleteRouteCommand,
  DeleteRouteTableCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DescribeInternetGatewaysCommand,
  DescribeRouteTablesCommand,
  DetachInternetGatewayCommand,
  DisassociateRouteTableCommand,
  EC2Client,
  ReplaceRouteCommand,
  ReplaceRouteTableAssociationCommand,
  RunInstancesCommand,
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
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  return Vpc!.VpcId!;
}

async function newGateway(VpcId: string): Promise<string> {
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const { InternetGatewayId } = InternetGateway!;
  await ec2.send(
    new AttachInternetGatewayCommand({ InternetGatewayId: InternetGatewayId!, VpcId }),
  );
  return InternetGatewayId!;
}

async function newTable(VpcId: string): Promise<string> {
  const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }));
  return RouteTable!.RouteTableId!;
}

async function table(id: string) {
  const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [id] }));
  return RouteTables![0]!;
}

it('attaches one internet gateway to one VPC', async () => {
  const [VpcId, other] = [await newVpc(), await newVpc()];
  const InternetGatewayId = await newGateway(VpcId);
  const Resources = [InternetGatewayId];
  await ec2.send(new CreateTagsCommand({ Resources, Tags: [{ Key: 'Name', Value: 'door' }] }));
  const { InternetGateways } = await ec2.send(
    new DescribeInternetGatewaysCommand({ InternetGatewayIds: Resources }),
  );
  expect(InternetGateways).toMatchObject([
    { Attachments: [{ VpcId, State: 'available' }], Tags: [{ Key: 'Name', Value: 'door' }] },
  ]);
  await expect(
    ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId: other })),
  ).rejects.toMatchObject({
    name: 'Resource.AlreadyAssociated',
    message: `resource ${InternetGatewayId} is already attached to network ${VpcId}`,
  });
  await expect(newGateway(VpcId)).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    message: `Network ${VpcId} already has an internet gateway attached`,
  });
  await expect(
    ec2.send(new DeleteInternetGatewayCommand({ InternetGatewayId })),
  ).rejects.toMatchObject({ name: 'DependencyViolation' });
  await expect(ec2.send(new DeleteVpcCommand({ VpcId }))).rejects.toMatchObject({
    name: 'DependencyViolation',
  });
  await expect(
    ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId, VpcId: other })),
  ).rejects.toMatchObject({ name: 'Gateway.NotAttached' });
  await ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId, VpcId }));
  await ec2.send(new DeleteInternetGatewayCommand({ InternetGatewayId }));
  await ec2.send(new DeleteVpcCommand({ VpcId }));
});

it('keeps the gateway of a VPC while an instance has a public address', async () => {
  await ec2.send(
    new RunInstancesCommand({
      ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
      MinCount: 1,
      MaxCount: 1,
    }),
  );
  const { InternetGateways } = await ec2.send(new DescribeInternetGatewaysCommand({}));
  const usual = InternetGateways!.find(({ Attachments }) => Attachments?.length)!;
  const { InternetGatewayId } = usual;
  const { VpcId } = usual.Attachments![0]!;
  await expect(
    ec2.send(
      new DetachInternetGatewayCommand({ InternetGatewayId: InternetGatewayId!, VpcId: VpcId! }),
    ),
  ).rejects.toMatchObject({
    name: 'DependencyViolation',
    message: `Network ${VpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
  });
});

it('routes to a gateway, which turns black when it is detached', async () => {
  const VpcId = await newVpc();
  const GatewayId = await newGateway(VpcId);
  const RouteTableId = await newTable(VpcId);
  const route = { RouteTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId };
  expect(await ec2.send(new CreateRouteCommand(route))).toMatchObject({ Return: true });
  expect((await table(RouteTableId)).Routes).toEqual([
    {
      DestinationCidrBlock: '10.0.0.0/16',
      GatewayId: 'local',
      Origin: 'CreateRouteTable',
      State: 'active',
    },
    {
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId,
      Origin: 'CreateRoute',
      State: 'active',
    },
  ]);
  await expect(ec2.send(new CreateRouteCommand(route))).rejects.toMatchObject({
    name: 'RouteAlreadyExists',
    message: 'The route identified by 0.0.0.0/0 already exists.',
  });
  const InternetGatewayId = GatewayId;
  await ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId, VpcId }));
  expect((await table(RouteTableId)).Routes![1]!.State).toBe('blackhole');
  await expect(
    ec2.send(new CreateRouteCommand({ ...route, DestinationCidrBlock: '1.0.0.0/8' })),
  ).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    message: `route table ${RouteTableId} and network gateway ${GatewayId} belong to different networks`,
  });
});

it.each([
  [{}, 'MissingParameter'],
  [{ DestinationCidrBlock: '0.0.0.0/0' }, 'MissingParameter'],
  [{ DestinationCidrBlock: '0.0.0.0', GatewayId: 'igw-1' }, 'InvalidParameterValue'],
  [
    { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-0123456789abcdef0' },
    'InvalidGatewayID.NotFound',
  ],
  [
    { DestinationCidrBlock: '0.0.0.0/0', InstanceId: 'i-0123456789abcdef0' },
    'InvalidInstanceID.NotFound',
  ],
  [{ DestinationCidrBlock: '0.0.0.0/0', LocalGatewayId: 'lgw-1' }, 'UnsupportedOperation'],
])('refuses the route %o', async (route, name) => {
  const RouteTableId = await newTable(await newVpc());
  await expect(ec2.send(new CreateRouteCommand({ RouteTableId, ...route }))).rejects.toMatchObject({
    name,
  });
});

it('replaces and deletes routes, but the local one', async () => {
  const VpcId = await newVpc();
  const GatewayId = await newGateway(VpcId);
  const RouteTableId = await newTable(VpcId);
  const route = { RouteTableId, DestinationCidrBlock: '192.0.2.0/24' };
  await expect(ec2.send(new ReplaceRouteCommand({ ...route, GatewayId }))).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  });
  await ec2.send(
    new CreateRouteCommand({ ...route, DestinationCidrBlock: '192.0.2.7/24', GatewayId }),
  );
  await ec2.send(new ReplaceRouteCommand({ ...route, GatewayId }));
  await ec2.send(new DeleteRouteCommand(route));
  await expect(ec2.send(new DeleteRouteCommand(route))).rejects.toMatchObject({
    name: 'InvalidRoute.NotFound',
    message: `no route with destination-cidr-block 192.0.2.0/24 in route table ${RouteTableId}`,
  });
  await expect(
    ec2.send(new DeleteRouteCommand({ RouteTableId, DestinationCidrBlock: '10.0.0.0/16' })),
  ).rejects.toMatchObject({
    message: `cannot remove local route 10.0.0.0/16 in route table ${RouteTableId}`,
  });
});

it('associates subnets with tables, and another main table with the VPC', async () => {
  const VpcId = await newVpc();
  const [one, two] = [await newTable(VpcId), await newTable(VpcId)];
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.0.0/24' }));
  const SubnetId = Subnet!.SubnetId!;
  const { AssociationId } = await ec2.send(
    new AssociateRouteTableCommand({ RouteTableId: one, SubnetId }),
  );
  await expect(
    ec2.send(new AssociateRouteTableCommand({ RouteTableId: two, SubnetId })),
  ).rejects.toMatchObject({ name: 'Resource.AlreadyAssociated' });
  await expect(ec2.send(new DeleteRouteTableCommand({ RouteTableId: one }))).rejects.toMatchObject({
    name: 'DependencyViolation',
    message: `The routeTable '${one}' has dependencies and cannot be deleted.`,
  });
  const { NewAssociationId } = await ec2.send(
    new ReplaceRouteTableAssociationCommand({ AssociationId: AssociationId!, RouteTableId: two }),
  );
  expect((await table(two)).Associations).toMatchObject([
    { RouteTableAssociationId: NewAssociationId, SubnetId, Main: false },
  ]);
  await ec2.send(new DeleteRouteTableCommand({ RouteTableId: one }));

  const { RouteTables } = await ec2.send(
    new DescribeRouteTablesCommand({
      Filters: [
        { Name: 'vpc-id', Values: [VpcId] },
        { Name: 'association.main', Values: ['true'] },
      ],
    }),
  );
  const main = RouteTables![0]!.Associations![0]!.RouteTableAssociationId!;
  await expect(
    ec2.send(new DisassociateRouteTableCommand({ AssociationId: main })),
  ).rejects.toMatchObject({
    message: `cannot disassociate the main route table association ${main}`,
  });
  await ec2.send(
    new ReplaceRouteTableAssociationCommand({ AssociationId: main, RouteTableId: two }),
  );
  expect((await table(two)).Associations!.map((each) => each.Main)).toEqual([false, true]);
  await ec2.send(new DisassociateRouteTableCommand({ AssociationId: NewAssociationId! }));
  await expect(
    ec2.send(new DisassociateRouteTableCommand({ AssociationId: NewAssociationId! })),
  ).rejects.toMatchObject({ name: 'InvalidAssociationID.NotFound' });
  await ec2.send(new AssociateRouteTableCommand({ RouteTableId: two, SubnetId }));
  await ec2.send(new DeleteSubnetCommand({ SubnetId }));
  expect((await table(two)).Associations!.map((each) => each.Main)).toEqual([true]);
});

it('makes one table for requests with the same token', async () => {
  const VpcId = await newVpc();
  const create = (change: object = {}) =>
    ec2.send(new CreateRouteTableCommand({ VpcId, ClientToken: 'again', ...change }));
  const [first, second] = [await create(), await create()];
  expect(second.RouteTable!.RouteTableId).toBe(first.RouteTable!.RouteTableId);
  await expect(create({ VpcId: await newVpc() })).rejects.toMatchObject({
    name: 'IdempotentParameterMismatch',
  });
});
