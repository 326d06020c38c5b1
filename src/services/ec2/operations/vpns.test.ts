import {
  AttachVpnGatewayCommand,
  CreateCustomerGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateVpcCommand,
  CreateVpnConnectionCommand,
  CreateVpnConnectionRouteCommand,
  CreateVpnGatewayCommand,
  DeleteCustomerGatewayCommand,
  DeleteVpcCommand,
  DeleteVpnConnectionCommand,
  DeleteVpnConnectionRouteCommand,
  DeleteVpnGatewayCommand,
  DescribeRouteTablesCommand,
  DescribeVpnConnectionsCommand,
  DescribeVpnGatewaysCommand,
  DetachVpnGatewayCommand,
  DisableVgwRoutePropagationCommand,
  EC2Client,
  EnableVgwRoutePropagationCommand,
  ModifyVpnConnectionOptionsCommand,
  ModifyVpnTunnelOptionsCommand,
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

const Type = 'ipsec.1' as const;

async function newVpnGateway() {
  const { VpnGateway } = await ec2.send(new CreateVpnGatewayCommand({ Type }));
  return VpnGateway!.VpnGatewayId!;
}

async function newVpc() {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  return Vpc!.VpcId!;
}

async function newCustomerGateway(IpAddress: string) {
  const made = await ec2.send(new CreateCustomerGatewayCommand({ Type, IpAddress, BgpAsn: 65001 }));
  return made.CustomerGateway!.CustomerGatewayId!;
}

it('gives a VPC one VPN gateway, and has tables lead to it and learn of it', async () => {
  const [one, other, VpcId] = [await newVpnGateway(), await newVpnGateway(), await newVpc()];
  const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }));
  const RouteTableId = RouteTable!.RouteTableId!;
  const learn = { GatewayId: one, RouteTableId };
  await expect(ec2.send(new EnableVgwRoutePropagationCommand(learn))).rejects.toMatchObject({
    name: 'Gateway.NotAttached',
  });
  await ec2.send(new AttachVpnGatewayCommand({ VpcId, VpnGatewayId: one }));
  await expect(
    ec2.send(new AttachVpnGatewayCommand({ VpcId, VpnGatewayId: other })),
  ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  await ec2.send(new EnableVgwRoutePropagationCommand(learn));
  const destination = { RouteTableId, DestinationCidrBlock: '192.168.0.0/16' };
  await ec2.send(new CreateRouteCommand({ ...destination, GatewayId: one }));
  const table = async () => {
    const answer = await ec2.send(
      new DescribeRouteTablesCommand({ RouteTableIds: [RouteTableId] }),
    );
    return answer.RouteTables![0]!;
  };
  const toGateway = { GatewayId: one, DestinationCidrBlock: '192.168.0.0/16' };
  expect(await table()).toMatchObject({
    PropagatingVgws: [{ GatewayId: one }],
    Routes: [{}, { ...toGateway, State: 'active' }],
  });
  await ec2.send(new DisableVgwRoutePropagationCommand(learn));
  expect((await table()).PropagatingVgws).toEqual([]);

  await expect(ec2.send(new DeleteVpcCommand({ VpcId }))).rejects.toMatchObject({
    name: 'DependencyViolation',
  });
  const VpnGatewayId = one;
  await expect(ec2.send(new DeleteVpnGatewayCommand({ VpnGatewayId }))).rejects.toMatchObject({
    name: 'IncorrectState',
  });
  await ec2.send(new DetachVpnGatewayCommand({ VpcId, VpnGatewayId }));
  await expect(
    ec2.send(new DetachVpnGatewayCommand({ VpcId, VpnGatewayId })),
  ).rejects.toMatchObject({ name: 'InvalidVpnGatewayAttachment.NotFound' });
  expect((await table()).Routes![1]).toMatchObject({ ...toGateway, State: 'blackhole' });
  await ec2.send(new DeleteVpnGatewayCommand({ VpnGatewayId }));
  await expect(
    ec2.send(new DescribeVpnGatewaysCommand({ VpnGatewayIds: [VpnGatewayId] })),
  ).rejects.toMatchObject({
    name: 'InvalidVpnGatewayID.NotFound',
    message: `The vpnGateway ID '${VpnGatewayId}' does not exist`,
  });
});

it('keeps a customer gateway once, and refuses what is none', async () => {
  const id = await newCustomerGateway('198.51.100.7');
  expect(await newCustomerGateway('198.51.100.7')).toBe(id);
  expect(await newCustomerGateway('198.51.100.8')).not.toBe(id);
  await expect(newCustomerGateway('somewhere')).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  });
  const AmazonSideAsn = 100;
  await expect(
    ec2.send(new CreateVpnGatewayCommand({ Type, AmazonSideAsn })),
  ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
});

it('describes a connection to the customer, and keeps its routes and tunnels', async () => {
  const CustomerGatewayId = await newCustomerGateway('198.51.100.9');
  const VpnGatewayId = await newVpnGateway();
  const PreSharedKey = 'open.sesame';
  const { VpnConnection } = await ec2.send(
    new CreateVpnConnectionCommand({
      ...{ Type, CustomerGatewayId, VpnGatewayId },
      Options: {
        StaticRoutesOnly: true,
        TunnelOptions: [{ PreSharedKey, TunnelInsideCidr: '169.254.33.0/30' }],
      },
      TagSpecifications: [
        { ResourceType: 'vpn-connection', Tags: [{ Key: 'Name', Value: 'farm' }] },
      ],
    }),
  );
  const VpnConnectionId = VpnConnection!.VpnConnectionId!;
  expect(VpnConnection!.State).toBe('pending');
  const describe = async () => {
    const answer = await ec2.send(
      new DescribeVpnConnectionsCommand({ VpnConnectionIds: [VpnConnectionId] }),
    );
    return answer.VpnConnections![0]!;
  };
  const shown = await describe();
  expect(shown).toMatchObject({
    State: 'available',
    Tags: [{ Key: 'Name', Value: 'farm' }],
    VgwTelemetry: [{ Status: 'DOWN' }, { Status: 'DOWN' }],
  });
  const xml = shown.CustomerGatewayConfiguration!;
  for (const text of [
    `<vpn_connection id="${VpnConnectionId}">`,
    '<ip_address>198.51.100.9</ip_address>',
    '<ip_address>169.254.33.2</ip_address>',
    '<asn>65001</asn>',
    `<pre_shared_key>${PreSharedKey}</pre_shared_key>`,
  ]) {
    expect(xml).toContain(text);
  }

  const route = { VpnConnectionId, DestinationCidrBlock: '192.168.7.0/24' };
  await ec2.send(new CreateVpnConnectionRouteCommand(route));
  expect((await describe()).Routes).toMatchObject([
    { DestinationCidrBlock: '192.168.7.0/24', State: 'available' },
  ]);
  await ec2.send(new DeleteVpnConnectionRouteCommand(route));
  await expect(ec2.send(new DeleteVpnConnectionRouteCommand(route))).rejects.toMatchObject({
    name: 'InvalidRoute.NotFound',
  });
  const LocalIpv4NetworkCidr = '192.168.0.0/16';
  await ec2.send(new ModifyVpnConnectionOptionsCommand({ VpnConnectionId, LocalIpv4NetworkCidr }));
  const [first, second] = shown.Options!.TunnelOptions!;
  await ec2.send(
    new ModifyVpnTunnelOptionsCommand({
      ...{ VpnConnectionId, VpnTunnelOutsideIpAddress: first!.OutsideIpAddress },
      TunnelOptions: { DPDTimeoutSeconds: 60 },
    }),
  );
  expect((await describe()).Options).toMatchObject({
    ...{ LocalIpv4NetworkCidr, RemoteIpv4NetworkCidr: '0.0.0.0/0' },
    TunnelOptions: [{ ...first, DpdTimeoutSeconds: 60 }, second],
  });

  const both = [
    new DeleteCustomerGatewayCommand({ CustomerGatewayId }),
    new DeleteVpnGatewayCommand({ VpnGatewayId }),
  ] as DeleteVpnGatewayCommand[];
  for (const command of both) {
    await expect(ec2.send(command)).rejects.toMatchObject({ name: 'IncorrectState' });
  }
  await ec2.send(new DeleteVpnConnectionCommand({ VpnConnectionId }));
  expect((await describe()).State).toBe('deleted');
  for (const command of both) await ec2.send(command);
});
