import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteNatGatewayCommand,
  DeleteSubnetCommand,
  DescribeAddressesAttributeCommand,
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DetachInternetGatewayCommand,
  DisassociateAddressCommand,
  EC2Client,
  ReleaseAddressCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
  waitUntilInstanceRunning,
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

async function allocate() {
  const { AllocationId, PublicIp } = await ec2.send(new AllocateAddressCommand({}));
  return { AllocationId: AllocationId!, PublicIp: PublicIp! };
}

async function address(AllocationId: string) {
  const { Addresses } = await ec2.send(
    new DescribeAddressesCommand({ AllocationIds: [AllocationId] }),
  );
  return Addresses![0]!;
}

const quickly = () => ({ client: ec2, maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.02 });

async function launch(): Promise<string> {
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
      MinCount: 1,
      MaxCount: 1,
    }),
  );
  const { InstanceId } = Instances![0]!;
  await waitUntilInstanceRunning(quickly(), { InstanceIds: [InstanceId!] });
  return InstanceId!;
}

async function publicAddress(InstanceId: string): Promise<string | undefined> {
  const { Reservations } = await ec2.send(
    new DescribeInstancesCommand({ InstanceIds: [InstanceId] }),
  );
  return Reservations![0]!.Instances![0]!.PublicIpAddress;
}

async function newSubnet({ withGateway }: { withGateway: boolean }) {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const { VpcId } = Vpc!;
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.1.0/24' }));
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const { InternetGatewayId } = InternetGateway!;
  if (withGateway) {
    await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId }));
  }
  return { VpcId: VpcId!, SubnetId: Subnet!.SubnetId!, InternetGatewayId: InternetGatewayId! };
}

it('allocates addresses with tags and releases them', async () => {
  const allocated = await ec2.send(
    new AllocateAddressCommand({
      Domain: 'vpc',
      TagSpecifications: [{ ResourceType: 'elastic-ip', Tags: [{ Key: 'Name', Value: 'door' }] }],
    }),
  );
  const { AllocationId, PublicIp } = allocated;
  expect(allocated).toMatchObject({
    Domain: 'vpc',
    PublicIpv4Pool: 'amazon',
    NetworkBorderGroup: 'us-east-1',
  });
  const { Addresses } = await ec2.send(
    new DescribeAddressesCommand({ Filters: [{ Name: 'tag:Name', Values: ['door'] }] }),
  );
  expect(Addresses).toMatchObject([{ AllocationId, PublicIp }]);
  const attributes = await ec2.send(
    new DescribeAddressesAttributeCommand({
      AllocationIds: [AllocationId!],
      Attribute: 'domain-name',
    }),
  );
  expect(attributes.Addresses).toEqual([{ AllocationId, PublicIp }]);
  await ec2.send(new ReleaseAddressCommand({ AllocationId: AllocationId! }));
  await expect(address(AllocationId!)).rejects.toMatchObject({
    name: 'InvalidAllocationID.NotFound',
    message: `The allocation ID '${AllocationId}' does not exist`,
  });
  await expect(
    ec2.send(new DescribeAddressesCommand({ PublicIps: [PublicIp!] })),
  ).rejects.toMatchObject({ name: 'InvalidAddress.NotFound' });
});

it('is the public address of the instance that has it, and moves to another', async () => {
  const { AllocationId, PublicIp } = await allocate();
  const [one, two] = [await launch(), await launch()];
  const own = await publicAddress(one);
  const associate = (InstanceId: string, change: object = {}) =>
    ec2.send(new AssociateAddressCommand({ AllocationId, InstanceId, ...change }));
  const { AssociationId } = await associate(one);
  expect(await publicAddress(one)).toBe(PublicIp);
  expect(await address(AllocationId)).toMatchObject({ AssociationId, InstanceId: one });
  const { NetworkInterfaces } = await ec2.send(
    new DescribeNetworkInterfacesCommand({
      Filters: [{ Name: 'association.allocation-id', Values: [AllocationId] }],
    }),
  );
  expect(NetworkInterfaces![0]!.Association).toMatchObject({ PublicIp, AssociationId });

  await expect(ec2.send(new ReleaseAddressCommand({ AllocationId }))).rejects.toMatchObject({
    name: 'InvalidIPAddress.InUse',
    message: `Address ${PublicIp} is in use.`,
  });
  await expect(associate(two, { AllowReassociation: false })).rejects.toMatchObject({
    name: 'Resource.AlreadyAssociated',
    message: `resource ${AllocationId} is already associated with associate-id ${AssociationId}`,
  });
  const moved = await associate(two);
  expect(await publicAddress(one)).toBe(own);
  await expect(ec2.send(new DisassociateAddressCommand({ AssociationId }))).rejects.toMatchObject({
    name: 'InvalidAssociationID.NotFound',
  });
  await ec2.send(new DisassociateAddressCommand({ AssociationId: moved.AssociationId }));
  expect((await address(AllocationId)).AssociationId).toBeUndefined();

  await associate(one);
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [one] }));
  await waitUntilInstanceTerminated(quickly(), { InstanceIds: [one] });
  await expect(associate(one)).rejects.toMatchObject({ name: 'InvalidInstanceID.NotFound' });
  await ec2.send(new ReleaseAddressCommand({ AllocationId }));
});

it('has NAT gateways take an address of their subnet and an elastic IP until they are deleted', async () => {
  const { VpcId, SubnetId, InternetGatewayId } = await newSubnet({ withGateway: true });
  const { AllocationId, PublicIp } = await allocate();
  const create = new CreateNatGatewayCommand({ SubnetId, AllocationId });
  const { NatGateway } = await ec2.send(create);
  const NatGatewayId = NatGateway!.NatGatewayId!;
  expect(NatGateway).toMatchObject({ State: 'pending', VpcId, ConnectivityType: 'public' });
  const describe = async () => {
    const { NatGateways } = await ec2.send(
      new DescribeNatGatewaysCommand({ Filter: [{ Name: 'vpc-id', Values: [VpcId] }] }),
    );
    return NatGateways!;
  };
  expect(await describe()).toMatchObject([
    {
      NatGatewayId,
      State: 'available',
      CreateTime: new Date('2026-11-23T12:00:00Z'),
      NatGatewayAddresses: [{ AllocationId, PublicIp, PrivateIp: '10.0.1.4', IsPrimary: true }],
    },
  ]);
  const again = new CreateNatGatewayCommand({ SubnetId, AllocationId });
  await expect(ec2.send(again)).rejects.toMatchObject({ name: 'Resource.AlreadyAssociated' });
  await expect(ec2.send(new DeleteSubnetCommand({ SubnetId }))).rejects.toMatchObject({
    name: 'DependencyViolation',
  });
  const detach = new DetachInternetGatewayCommand({ InternetGatewayId, VpcId });
  await expect(ec2.send(detach)).rejects.toMatchObject({ name: 'DependencyViolation' });
  const { AssociationId } = await address(AllocationId);
  await expect(ec2.send(new DisassociateAddressCommand({ AssociationId }))).rejects.toMatchObject({
    name: 'AuthFailure',
  });

  const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }));
  const RouteTableId = RouteTable!.RouteTableId!;
  await ec2.send(
    new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId }),
  );
  const route = async () => {
    const { RouteTables } = await ec2.send(
      new DescribeRouteTablesCommand({
        Filters: [{ Name: 'route.nat-gateway-id', Values: [NatGatewayId] }],
      }),
    );
    return RouteTables![0]!.Routes![1]!;
  };
  expect(await route()).toMatchObject({ NatGatewayId, State: 'active' });

  await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId }));
  expect(await route()).toMatchObject({ State: 'blackhole' });
  expect(await describe()).toMatchObject([{ State: 'deleted' }]);
  await ec2.send(detach);
  await ec2.send(new ReleaseAddressCommand({ AllocationId }));
  await ec2.send(new DeleteSubnetCommand({ SubnetId }));
  cloud.inside.clock.advance(3_600_000);
  expect(await describe()).toEqual([]);
});

it('fails a NAT gateway where the VPC has no way to the internet', async () => {
  const { SubnetId, VpcId } = await newSubnet({ withGateway: false });
  const { AllocationId } = await allocate();
  const { NatGateway } = await ec2.send(new CreateNatGatewayCommand({ SubnetId, AllocationId }));
  const { NatGatewayId } = NatGateway!;
  const { NatGateways } = await ec2.send(
    new DescribeNatGatewaysCommand({ NatGatewayIds: [NatGatewayId!] }),
  );
  expect(NatGateways).toMatchObject([
    {
      State: 'failed',
      FailureCode: 'Gateway.NotAttached',
      FailureMessage: `Network ${VpcId} has no Internet gateway attached`,
    },
  ]);
  await ec2.send(new ReleaseAddressCommand({ AllocationId }));
  await ec2.send(new CreateNatGatewayCommand({ SubnetId, ConnectivityType: 'private' }));
  await expect(ec2.send(new CreateNatGatewayCommand({ SubnetId }))).rejects.toMatchObject({
    name: 'MissingParameter',
  });
  await expect(
    ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: 'nat-0123456789abcdef0' })),
  ).rejects.toMatchObject({
    name: 'NatGatewayNotFound',
    message: 'NAT gateway nat-0123456789abcdef0 was not found',
  });
});
