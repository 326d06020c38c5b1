import {
  AcceptVpcPeeringConnectionCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateVpcCommand,
  CreateVpcPeeringConnectionCommand,
  DeleteVpcCommand,
  DeleteVpcPeeringConnectionCommand,
  DescribeRouteTablesCommand,
  DescribeVpcPeeringConnectionsCommand,
  EC2Client,
  ModifyVpcPeeringConnectionOptionsCommand,
  RejectVpcPeeringConnectionCommand,
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

const HOUR_MS = 3_600_000;

async function newVpc(CidrBlock: string): Promise<string> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock }));
  return Vpc!.VpcId!;
}

async function ask(VpcId: string, PeerVpcId: string): Promise<string> {
  const { VpcPeeringConnection } = await ec2.send(
    new CreateVpcPeeringConnectionCommand({ VpcId, PeerVpcId }),
  );
  expect(VpcPeeringConnection!.Status!.Code).toBe('initiating-request');
  return VpcPeeringConnection!.VpcPeeringConnectionId!;
}

async function connection(id: string) {
  const { VpcPeeringConnections } = await ec2.send(
    new DescribeVpcPeeringConnectionsCommand({
      Filters: [{ Name: 'vpc-peering-connection-id', Values: [id] }],
    }),
  );
  return VpcPeeringConnections![0];
}

const accept = (VpcPeeringConnectionId: string) =>
  ec2.send(new AcceptVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));
const reject = (VpcPeeringConnectionId: string) =>
  ec2.send(new RejectVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));
const part = (VpcPeeringConnectionId: string) =>
  ec2.send(new DeleteVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));

it('connects two VPCs once the request is accepted, and routes to the other', async () => {
  const [one, two] = [await newVpc('10.1.0.0/16'), await newVpc('10.2.0.0/16')];
  const id = await ask(one, two);
  expect(await connection(id)).toMatchObject({
    Status: { Code: 'pending-acceptance', Message: 'Pending Acceptance by 000000000000' },
    RequesterVpcInfo: { VpcId: one, CidrBlock: '10.1.0.0/16' },
    AccepterVpcInfo: { VpcId: two, Region: 'us-east-1' },
  });
  await expect(ask(two, one)).rejects.toMatchObject({
    name: 'VpcPeeringConnectionAlreadyExists',
  });
  const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId: one }));
  const { RouteTableId } = RouteTable!;
  const route = new CreateRouteCommand({
    RouteTableId,
    DestinationCidrBlock: '10.2.0.0/16',
    VpcPeeringConnectionId: id,
  });
  await expect(ec2.send(route)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  const { VpcPeeringConnection } = await accept(id);
  expect(VpcPeeringConnection!.Status).toEqual({ Code: 'active', Message: 'Active' });
  await ec2.send(route);
  const state = async () => {
    const { RouteTables } = await ec2.send(
      new DescribeRouteTablesCommand({ RouteTableIds: [RouteTableId!] }),
    );
    return RouteTables![0]!.Routes![1]!.State;
  };
  expect(await state()).toBe('active');
  const options = await ec2.send(
    new ModifyVpcPeeringConnectionOptionsCommand({
      VpcPeeringConnectionId: id,
      RequesterPeeringConnectionOptions: { AllowDnsResolutionFromRemoteVpc: true },
    }),
  );
  expect(options.RequesterPeeringConnectionOptions).toMatchObject({
    AllowDnsResolutionFromRemoteVpc: true,
  });

  const remove = new DeleteVpcCommand({ VpcId: two });
  await expect(ec2.send(remove)).rejects.toMatchObject({ name: 'DependencyViolation' });
  await part(id);
  expect(await state()).toBe('blackhole');
  await expect(part(id)).rejects.toMatchObject({
    name: 'InvalidStateTransition',
    message: `Invalid state transition for ${id}, attempted to transition from deleted to deleted`,
  });
  await ec2.send(remove);
  cloud.inside.clock.advance(2 * HOUR_MS);
  expect(await connection(id)).toBeUndefined();
});

it('fails where addresses overlap', async () => {
  const id = await ask(await newVpc('10.3.0.0/16'), await newVpc('10.3.128.0/20'));
  expect((await connection(id))!.Status!.Code).toBe('failed');
  await expect(accept(id)).rejects.toMatchObject({ name: 'InvalidStateTransition' });
});

it('comes to nothing where the request is rejected or a week passes', async () => {
  const [one, two] = [await newVpc('10.4.0.0/16'), await newVpc('10.5.0.0/16')];
  const rejected = await ask(one, two);
  expect(await reject(rejected)).toMatchObject({ Return: true });
  expect((await connection(rejected))!.Status!.Code).toBe('rejected');
  await expect(accept(rejected)).rejects.toMatchObject({ name: 'InvalidStateTransition' });
  const expired = await ask(one, two);
  cloud.inside.clock.advance(7 * 24 * HOUR_MS);
  expect((await connection(expired))!.Status!.Code).toBe('expired');
  await expect(accept(expired)).rejects.toMatchObject({ name: 'InvalidStateTransition' });
  await accept(await ask(one, two));
});

it('refuses to peer with other accounts and regions by name', async () => {
  const [one, two] = [await newVpc('10.6.0.0/16'), await newVpc('10.7.0.0/16')];
  const elsewhere = { VpcId: one, PeerVpcId: two, PeerRegion: 'eu-west-1' };
  await expect(ec2.send(new CreateVpcPeeringConnectionCommand(elsewhere))).rejects.toMatchObject({
    name: 'UnsupportedOperation',
  });
});
