import {
  AssociateTransitGatewayRouteTableCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateTransitGatewayCommand,
  CreateTransitGatewayRouteCommand,
  CreateTransitGatewayRouteTableCommand,
  CreateTransitGatewayVpcAttachmentCommand,
  CreateVpcCommand,
  DeleteSubnetCommand,
  DeleteTransitGatewayCommand,
  DeleteTransitGatewayRouteCommand,
  DeleteTransitGatewayRouteTableCommand,
  DeleteTransitGatewayVpcAttachmentCommand,
  DescribeRouteTablesCommand,
  DescribeTransitGatewayAttachmentsCommand,
  DescribeTransitGatewayRouteTablesCommand,
  DescribeTransitGatewaysCommand,
  DescribeTransitGatewayVpcAttachmentsCommand,
  DisableTransitGatewayRouteTablePropagationCommand,
  DisassociateTransitGatewayRouteTableCommand,
  EC2Client,
  EnableTransitGatewayRouteTablePropagationCommand,
  GetTransitGatewayAttachmentPropagationsCommand,
  GetTransitGatewayRouteTableAssociationsCommand,
  ModifyTransitGatewayCommand,
  ModifyTransitGatewayVpcAttachmentCommand,
  ReplaceTransitGatewayRouteCommand,
  SearchTransitGatewayRoutesCommand,
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

async function newVpc(CidrBlock: string) {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock }));
  const VpcId = Vpc!.VpcId!;
  const made = await ec2.send(
    new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone: 'us-east-1a' }),
  );
  return { VpcId, SubnetIds: [made.Subnet!.SubnetId!] };
}

async function newGateway() {
  const { TransitGateway } = await ec2.send(new CreateTransitGatewayCommand({}));
  return {
    TransitGatewayId: TransitGateway!.TransitGatewayId!,
    defaultTable: TransitGateway!.Options!.AssociationDefaultRouteTableId!,
  };
}

async function attach(TransitGatewayId: string, cidr: string) {
  const vpc = await newVpc(cidr);
  const { TransitGatewayVpcAttachment } = await ec2.send(
    new CreateTransitGatewayVpcAttachmentCommand({ TransitGatewayId, ...vpc }),
  );
  const id = TransitGatewayVpcAttachment!.TransitGatewayAttachmentId!;
  return { ...vpc, TransitGatewayAttachmentId: id };
}

async function search(TransitGatewayRouteTableId: string, Name: string, ...Values: string[]) {
  const Filters = [{ Name, Values }];
  const { Routes } = await ec2.send(
    new SearchTransitGatewayRoutesCommand({ TransitGatewayRouteTableId, Filters }),
  );
  return Routes!.map(({ DestinationCidrBlock, State, Type }) => [
    DestinationCidrBlock,
    State,
    Type,
  ]);
}

it('makes a gateway with a default table, and changes it', async () => {
  const { TransitGatewayId, defaultTable } = await newGateway();
  const describe = async () => {
    const answer = await ec2.send(
      new DescribeTransitGatewaysCommand({ TransitGatewayIds: [TransitGatewayId] }),
    );
    return answer.TransitGateways![0]!;
  };
  expect(await describe()).toMatchObject({
    State: 'available',
    Options: { AmazonSideAsn: 64512, DnsSupport: 'enable', DefaultRouteTableAssociation: 'enable' },
  });
  const tables = await ec2.send(
    new DescribeTransitGatewayRouteTablesCommand({ TransitGatewayRouteTableIds: [defaultTable] }),
  );
  expect(tables.TransitGatewayRouteTables).toMatchObject([
    { DefaultAssociationRouteTable: true, DefaultPropagationRouteTable: true },
  ]);
  await expect(
    ec2.send(
      new DeleteTransitGatewayRouteTableCommand({ TransitGatewayRouteTableId: defaultTable }),
    ),
  ).rejects.toMatchObject({ name: 'IncorrectState' });
  await ec2.send(
    new ModifyTransitGatewayCommand({
      TransitGatewayId,
      Description: 'hub',
      Options: { DnsSupport: 'disable', AddTransitGatewayCidrBlocks: ['10.99.0.0/24'] },
    }),
  );
  expect(await describe()).toMatchObject({
    Description: 'hub',
    Options: { DnsSupport: 'disable', TransitGatewayCidrBlocks: ['10.99.0.0/24'] },
  });
  const Tags = [{ Key: 'Name', Value: 'hub' }];
  await ec2.send(new CreateTagsCommand({ Resources: [TransitGatewayId, defaultTable], Tags }));
  expect((await describe()).Tags).toEqual(Tags);
  await ec2.send(new DeleteTransitGatewayCommand({ TransitGatewayId }));
  await expect(describe()).rejects.toMatchObject({
    name: 'InvalidTransitGatewayID.NotFound',
    message: `Transit Gateway ${TransitGatewayId} was deleted or does not exist.`,
  });
});

it('attaches a VPC once, learns its network, and is a target of its routes', async () => {
  const { TransitGatewayId, defaultTable } = await newGateway();
  const one = await attach(TransitGatewayId, '10.1.0.0/16');
  const { VpcId, SubnetIds, TransitGatewayAttachmentId } = one;
  await expect(
    ec2.send(new CreateTransitGatewayVpcAttachmentCommand({ TransitGatewayId, VpcId, SubnetIds })),
  ).rejects.toMatchObject({ name: 'DuplicateTransitGatewayAttachment' });
  const { TransitGatewayAttachments } = await ec2.send(
    new DescribeTransitGatewayAttachmentsCommand({
      Filters: [{ Name: 'resource-id', Values: [VpcId] }],
    }),
  );
  expect(TransitGatewayAttachments).toMatchObject([
    {
      ...{ TransitGatewayAttachmentId, ResourceType: 'vpc', State: 'available' },
      Association: { TransitGatewayRouteTableId: defaultTable, State: 'associated' },
    },
  ]);
  expect(await search(defaultTable, 'type', 'propagated')).toEqual([
    ['10.1.0.0/16', 'active', 'propagated'],
  ]);
  await ec2.send(
    new ModifyTransitGatewayVpcAttachmentCommand({
      ...{ TransitGatewayAttachmentId, Options: { ApplianceModeSupport: 'enable' } },
    }),
  );
  const described = await ec2.send(
    new DescribeTransitGatewayVpcAttachmentsCommand({
      TransitGatewayAttachmentIds: [TransitGatewayAttachmentId],
    }),
  );
  expect(described.TransitGatewayVpcAttachments).toMatchObject([
    { SubnetIds, Options: { ApplianceModeSupport: 'enable', DnsSupport: 'enable' } },
  ]);

  const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }));
  const RouteTableId = RouteTable!.RouteTableId!;
  const route = { RouteTableId, DestinationCidrBlock: '10.0.0.0/8', TransitGatewayId };
  const other = await newGateway();
  await expect(
    ec2.send(new CreateRouteCommand({ ...route, TransitGatewayId: other.TransitGatewayId })),
  ).rejects.toMatchObject({ name: 'InvalidTransitGatewayID.NotFound' });
  await ec2.send(new CreateRouteCommand(route));
  const state = async () => {
    const answer = await ec2.send(
      new DescribeRouteTablesCommand({ RouteTableIds: [RouteTableId] }),
    );
    return answer.RouteTables![0]!.Routes!.find((each) => each.TransitGatewayId)!.State;
  };
  expect(await state()).toBe('active');

  const SubnetId = SubnetIds[0];
  await expect(ec2.send(new DeleteSubnetCommand({ SubnetId }))).rejects.toMatchObject({
    name: 'DependencyViolation',
  });
  await expect(
    ec2.send(new DeleteTransitGatewayCommand({ TransitGatewayId })),
  ).rejects.toMatchObject({ name: 'IncorrectState' });
  await ec2.send(new DeleteTransitGatewayVpcAttachmentCommand({ TransitGatewayAttachmentId }));
  expect(await state()).toBe('blackhole');
  const gone = await ec2.send(
    new DescribeTransitGatewayVpcAttachmentsCommand({
      Filters: [{ Name: 'vpc-id', Values: [VpcId] }],
    }),
  );
  expect(gone.TransitGatewayVpcAttachments).toMatchObject([{ State: 'deleted' }]);
  await ec2.send(new DeleteSubnetCommand({ SubnetId }));
  await ec2.send(new DeleteTransitGatewayCommand({ TransitGatewayId }));
});

it('associates, propagates and routes in tables of its own', async () => {
  const { TransitGatewayId, defaultTable } = await newGateway();
  const { TransitGatewayAttachmentId } = await attach(TransitGatewayId, '10.2.0.0/16');
  const made = await ec2.send(new CreateTransitGatewayRouteTableCommand({ TransitGatewayId }));
  const { TransitGatewayRouteTableId = '' } = made.TransitGatewayRouteTable!;
  const pair = { TransitGatewayRouteTableId, TransitGatewayAttachmentId };
  const inDefault = { ...pair, TransitGatewayRouteTableId: defaultTable };

  await expect(ec2.send(new AssociateTransitGatewayRouteTableCommand(pair))).rejects.toMatchObject({
    name: 'Resource.AlreadyAssociated',
  });
  await ec2.send(new DisassociateTransitGatewayRouteTableCommand(inDefault));
  await ec2.send(new AssociateTransitGatewayRouteTableCommand(pair));
  const { Associations } = await ec2.send(
    new GetTransitGatewayRouteTableAssociationsCommand({ TransitGatewayRouteTableId }),
  );
  expect(Associations).toMatchObject([{ TransitGatewayAttachmentId, State: 'associated' }]);
  const table = { TransitGatewayRouteTableId };
  await expect(ec2.send(new DeleteTransitGatewayRouteTableCommand(table))).rejects.toMatchObject({
    name: 'IncorrectState',
  });

  await ec2.send(new EnableTransitGatewayRouteTablePropagationCommand(pair));
  await ec2.send(new DisableTransitGatewayRouteTablePropagationCommand(inDefault));
  const { TransitGatewayAttachmentPropagations } = await ec2.send(
    new GetTransitGatewayAttachmentPropagationsCommand({ TransitGatewayAttachmentId }),
  );
  expect(TransitGatewayAttachmentPropagations).toEqual([
    { TransitGatewayRouteTableId, State: 'enabled' },
  ]);

  const everywhere = { TransitGatewayRouteTableId, DestinationCidrBlock: '0.0.0.0/0' };
  await ec2.send(new CreateTransitGatewayRouteCommand({ ...everywhere, Blackhole: true }));
  await expect(
    ec2.send(new CreateTransitGatewayRouteCommand({ ...everywhere, ...pair })),
  ).rejects.toMatchObject({ name: 'RouteAlreadyExists' });
  const blackhole = ['0.0.0.0/0', 'blackhole', 'static'];
  const learned = ['10.2.0.0/16', 'active', 'propagated'];
  expect(await search(TransitGatewayRouteTableId, 'state', 'blackhole')).toEqual([blackhole]);
  await ec2.send(new ReplaceTransitGatewayRouteCommand({ ...everywhere, ...pair }));
  const routed = ['0.0.0.0/0', 'active', 'static'];
  const find = (kind: string, cidr: string) =>
    search(TransitGatewayRouteTableId, `route-search.${kind}`, cidr);
  expect(await find('exact-match', '0.0.0.0/0')).toEqual([routed]);
  expect(await find('longest-prefix-match', '10.2.3.4')).toEqual([learned]);
  expect(await find('longest-prefix-match', '10.3.3.4')).toEqual([routed]);
  expect(await find('subnet-of-match', '10.0.0.0/8')).toEqual([learned]);
  expect(await find('supernet-of-match', '10.2.0.0/24')).toEqual([routed, learned]);

  await ec2.send(new DeleteTransitGatewayRouteCommand(everywhere));
  await expect(ec2.send(new DeleteTransitGatewayRouteCommand(everywhere))).rejects.toMatchObject({
    name: 'InvalidRoute.NotFound',
  });
  await ec2.send(new DisassociateTransitGatewayRouteTableCommand(pair));
  await ec2.send(new DeleteTransitGatewayRouteTableCommand(table));
});
