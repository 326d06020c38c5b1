import {
  AllocateAddressCommand,
  AssignPrivateIpAddressesCommand,
  AssociateAddressCommand,
  AttachNetworkInterfaceCommand,
  CreateNetworkInterfaceCommand,
  CreateRouteCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DeleteNetworkInterfaceCommand,
  DeleteSecurityGroupCommand,
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfaceAttributeCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DetachNetworkInterfaceCommand,
  DisassociateAddressCommand,
  EC2Client,
  ModifyNetworkInterfaceAttributeCommand,
  ResetNetworkInterfaceAttributeCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
  UnassignPrivateIpAddressesCommand,
  waitUntilInstanceRunning,
  waitUntilInstanceTerminated,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

let cloud: TestCloud;
let ec2: EC2Client;
let SubnetId: string;

beforeAll(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
  const { Subnets } = await ec2.send(
    new DescribeSubnetsCommand({
      Filters: [{ Name: 'availability-zone', Values: ['us-east-1a'] }],
    }),
  );
  SubnetId = Subnets![0]!.SubnetId!;
});
afterAll(() => cloud[Symbol.asyncDispose]());

async function newInterface(change: object = {}): Promise<string> {
  const { NetworkInterface } = await ec2.send(
    new CreateNetworkInterfaceCommand({ SubnetId, ...change }),
  );
  return NetworkInterface!.NetworkInterfaceId!;
}

async function card(id: string) {
  const { NetworkInterfaces } = await ec2.send(
    new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [id] }),
  );
  return NetworkInterfaces![0]!;
}

const quickly = () => ({ client: ec2, maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.02 });

async function launch() {
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
      MinCount: 1,
      MaxCount: 1,
      SubnetId,
    }),
  );
  const InstanceId = Instances![0]!.InstanceId!;
  await waitUntilInstanceRunning(quickly(), { InstanceIds: [InstanceId] });
  return { InstanceId, own: Instances![0]!.NetworkInterfaces![0]!.NetworkInterfaceId! };
}

const remove = (NetworkInterfaceId: string) =>
  ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));

it('has an address of its subnet until it is deleted', async () => {
  const before = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [SubnetId] }));
  const id = await newInterface({ PrivateIpAddress: '172.31.0.50', Description: 'spare' });
  await ec2.send(
    new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'Name', Value: 'spare' }] }),
  );
  expect(await card(id)).toMatchObject({
    Status: 'available',
    InterfaceType: 'interface',
    PrivateIpAddress: '172.31.0.50',
    Description: 'spare',
    SourceDestCheck: true,
    Groups: [{ GroupName: 'default' }],
    TagSet: [{ Key: 'Name', Value: 'spare' }],
  });
  await expect(newInterface({ PrivateIpAddress: '172.31.0.50' })).rejects.toMatchObject({
    name: 'InvalidIPAddress.InUse',
  });
  await expect(newInterface({ PrivateIpAddress: '172.31.0.1' })).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  });
  await remove(id);
  await expect(remove(id)).rejects.toMatchObject({ name: 'InvalidNetworkInterfaceID.NotFound' });
  const after = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [SubnetId] }));
  expect(after.Subnets![0]!.AvailableIpAddressCount).toBe(
    before.Subnets![0]!.AvailableIpAddressCount,
  );
});

it('is attached to an instance and shown with it until one of them goes', async () => {
  const id = await newInterface();
  const { InstanceId, own } = await launch();
  const attach = (DeviceIndex: number, NetworkInterfaceId = id) =>
    ec2.send(new AttachNetworkInterfaceCommand({ NetworkInterfaceId, InstanceId, DeviceIndex }));
  await expect(attach(0)).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    message: `Instance '${InstanceId}' already has an interface attached at device index '0'.`,
  });
  const { AttachmentId } = await attach(1);
  expect(await card(id)).toMatchObject({
    Status: 'in-use',
    Attachment: { AttachmentId, InstanceId, DeviceIndex: 1, Status: 'attached' },
  });
  const { Reservations } = await ec2.send(
    new DescribeInstancesCommand({ InstanceIds: [InstanceId] }),
  );
  expect(
    Reservations![0]!.Instances![0]!.NetworkInterfaces!.map((each) => each.NetworkInterfaceId),
  ).toEqual([own, id]);
  await expect(attach(2)).rejects.toMatchObject({ name: 'InvalidNetworkInterface.InUse' });
  await expect(remove(id)).rejects.toMatchObject({ name: 'InvalidNetworkInterface.InUse' });
  const first = (await card(own)).Attachment!.AttachmentId!;
  await expect(
    ec2.send(new DetachNetworkInterfaceCommand({ AttachmentId: first })),
  ).rejects.toMatchObject({ name: 'OperationNotPermitted' });
  await ec2.send(new DetachNetworkInterfaceCommand({ AttachmentId: AttachmentId! }));
  await expect(
    ec2.send(new DetachNetworkInterfaceCommand({ AttachmentId: AttachmentId! })),
  ).rejects.toMatchObject({ name: 'InvalidAttachmentID.NotFound' });

  await attach(1);
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId] }));
  await waitUntilInstanceTerminated(quickly(), { InstanceIds: [InstanceId] });
  expect((await card(id)).Status).toBe('available');
  await remove(id);
});

it('changes groups and more, of interfaces of instances as well', async () => {
  const { own } = await launch();
  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'cards', Description: 'cards' }),
  );
  for (const NetworkInterfaceId of [await newInterface(), own]) {
    const modify = (change: object) =>
      ec2.send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId, ...change }));
    await modify({ Groups: [GroupId] });
    await modify({ SourceDestCheck: { Value: false } });
    await modify({ Description: { Value: 'changed' } });
    expect(await card(NetworkInterfaceId)).toMatchObject({
      Groups: [{ GroupId, GroupName: 'cards' }],
      SourceDestCheck: false,
      Description: 'changed',
    });
    await ec2.send(new ResetNetworkInterfaceAttributeCommand({ NetworkInterfaceId }));
    const { SourceDestCheck } = await ec2.send(
      new DescribeNetworkInterfaceAttributeCommand({
        NetworkInterfaceId,
        Attribute: 'sourceDestCheck',
      }),
    );
    expect(SourceDestCheck).toEqual({ Value: true });
    await expect(modify({ Groups: ['sg-0123456789abcdef0'] })).rejects.toMatchObject({
      name: 'InvalidGroup.NotFound',
    });
    await expect(
      ec2.send(new DeleteSecurityGroupCommand({ GroupId: GroupId! })),
    ).rejects.toMatchObject({ name: 'DependencyViolation' });
  }
});

it('has further addresses, and gives them back', async () => {
  const NetworkInterfaceId = await newInterface();
  const assign = (change: object) =>
    ec2.send(new AssignPrivateIpAddressesCommand({ NetworkInterfaceId, ...change }));
  await assign({ PrivateIpAddresses: ['172.31.0.60'] });
  const { AssignedPrivateIpAddresses } = await assign({ SecondaryPrivateIpAddressCount: 2 });
  expect(AssignedPrivateIpAddresses).toHaveLength(2);
  const primary = (await card(NetworkInterfaceId)).PrivateIpAddress!;
  expect((await card(NetworkInterfaceId)).PrivateIpAddresses).toHaveLength(4);
  await expect(assign({ PrivateIpAddresses: [primary] })).rejects.toMatchObject({
    name: 'InvalidIPAddress.InUse',
  });
  const unassign = (address: string) =>
    ec2.send(
      new UnassignPrivateIpAddressesCommand({ NetworkInterfaceId, PrivateIpAddresses: [address] }),
    );
  await unassign('172.31.0.60');
  await expect(unassign(primary)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  await remove(NetworkInterfaceId);
  await remove(await newInterface({ PrivateIpAddress: '172.31.0.60' }));
});

it('is made with several addresses', async () => {
  const some = await newInterface({
    PrivateIpAddresses: [
      { PrivateIpAddress: '172.31.0.90' },
      { PrivateIpAddress: '172.31.0.91', Primary: true },
    ],
  });
  const addresses = async (id: string) =>
    (await card(id)).PrivateIpAddresses!.map((each) => each.PrivateIpAddress);
  expect(await addresses(some)).toEqual(['172.31.0.91', '172.31.0.90']);
  expect((await card(some)).PrivateIpAddress).toBe('172.31.0.91');
  const others = await newInterface({ SecondaryPrivateIpAddressCount: 2 });
  expect(new Set(await addresses(others)).size).toBe(3);
  await expect(
    newInterface({
      PrivateIpAddresses: [
        { PrivateIpAddress: '172.31.0.92', Primary: true },
        { PrivateIpAddress: '172.31.0.93', Primary: true },
      ],
    }),
  ).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
  for (const id of [some, others]) await remove(id);
  await remove(await newInterface({ PrivateIpAddress: '172.31.0.90' }));
});

it('comes with several addresses where a launch asks for them', async () => {
  const run = async (request: object, count = 1) => {
    const { Instances } = await ec2.send(
      new RunInstancesCommand({
        ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
        MinCount: count,
        MaxCount: count,
        NetworkInterfaces: [{ DeviceIndex: 0, SubnetId, ...request }],
      }),
    );
    return Instances!.map(({ NetworkInterfaces }) =>
      NetworkInterfaces![0]!.PrivateIpAddresses!.map((each) => each.PrivateIpAddress),
    );
  };
  const pairs = await run({ SecondaryPrivateIpAddressCount: 1 }, 2);
  expect(pairs.map((each) => each.length)).toEqual([2, 2]);
  expect(new Set(pairs.flat()).size).toBe(4);
  const named = ['172.31.0.120', '172.31.0.121'];
  const PrivateIpAddresses = named.map((PrivateIpAddress, at) => ({
    PrivateIpAddress,
    Primary: at === 0,
  }));
  expect(await run({ PrivateIpAddresses })).toEqual([named]);
  await expect(run({ PrivateIpAddresses: PrivateIpAddresses.slice(1) })).rejects.toMatchObject({
    name: 'InvalidIPAddress.InUse',
    message: 'Address 172.31.0.121 is in use.',
  });
});

it('has an elastic IP for each address, also as the first interface of an instance', async () => {
  const { own, InstanceId } = await launch();
  const NetworkInterfaceIds = [await newInterface(), own];
  for (const NetworkInterfaceId of NetworkInterfaceIds) {
    const { AssignedPrivateIpAddresses: [assigned] = [] } = await ec2.send(
      new AssignPrivateIpAddressesCommand({
        NetworkInterfaceId,
        SecondaryPrivateIpAddressCount: 1,
      }),
    );
    const further = assigned!.PrivateIpAddress!;
    const { AllocationId, PublicIp } = await ec2.send(new AllocateAddressCommand({}));
    const associate = (PrivateIpAddress: string) =>
      ec2.send(new AssociateAddressCommand({ AllocationId, NetworkInterfaceId, PrivateIpAddress }));
    await expect(associate('172.31.0.99')).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    const { AssociationId } = await associate(further);
    expect((await associate(further)).AssociationId).toBe(AssociationId);
    const shown = (await card(NetworkInterfaceId)).PrivateIpAddresses!;
    expect(shown.map((each) => each.Association?.AllocationId)).toEqual([undefined, AllocationId]);
    const held = async () => {
      const found = await ec2.send(
        new DescribeAddressesCommand({ AllocationIds: [AllocationId!] }),
      );
      return found.Addresses![0]!.PrivateIpAddress;
    };
    expect(await held()).toBe(further);
    // It leads to one address at a time.
    await associate(shown[0]!.PrivateIpAddress!);
    expect(await held()).toBe(shown[0]!.PrivateIpAddress);
    expect((await card(NetworkInterfaceId)).Association!.PublicIp).toBe(PublicIp);
    await associate(further);
    await ec2.send(
      new UnassignPrivateIpAddressesCommand({ NetworkInterfaceId, PrivateIpAddresses: [further] }),
    );
    expect(await held()).toBeUndefined();
    expect((await card(NetworkInterfaceId)).PrivateIpAddresses).toHaveLength(1);
  }
  const further = '172.31.0.77';
  const assign = { NetworkInterfaceId: own, PrivateIpAddresses: [further] };
  await ec2.send(new AssignPrivateIpAddressesCommand(assign));
  await expect(newInterface({ PrivateIpAddress: further })).rejects.toMatchObject({
    name: 'InvalidIPAddress.InUse',
  });
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId] }));
  await waitUntilInstanceTerminated(quickly(), { InstanceIds: [InstanceId] });
  await newInterface({ PrivateIpAddress: further });
});

it('is where a route leads, which is black while no running instance has it', async () => {
  const NetworkInterfaceId = await newInterface();
  const { InstanceId, own } = await launch();
  const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({}));
  const { RouteTableId } = RouteTables![0]!;
  const targets = { '192.0.2.0/24': { NetworkInterfaceId }, '198.51.100.0/24': { InstanceId } };
  for (const [DestinationCidrBlock, target] of Object.entries(targets)) {
    await ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock, ...target }));
  }
  const state = async (id: string) => {
    const tables = await ec2.send(new DescribeRouteTablesCommand({}));
    return tables.RouteTables![0]!.Routes!.find((each) => each.NetworkInterfaceId === id)!.State;
  };
  expect([await state(NetworkInterfaceId), await state(own)]).toEqual(['blackhole', 'active']);
  await ec2.send(
    new AttachNetworkInterfaceCommand({ NetworkInterfaceId, InstanceId, DeviceIndex: 1 }),
  );
  expect(await state(NetworkInterfaceId)).toBe('active');
});

it('holds an elastic IP', async () => {
  const NetworkInterfaceId = await newInterface();
  const { AllocationId, PublicIp } = await ec2.send(new AllocateAddressCommand({}));
  const { AssociationId } = await ec2.send(
    new AssociateAddressCommand({ AllocationId, NetworkInterfaceId }),
  );
  expect((await card(NetworkInterfaceId)).Association).toMatchObject({ PublicIp, AssociationId });
  const addresses = () =>
    ec2.send(new DescribeAddressesCommand({ AllocationIds: [AllocationId!] }));
  expect((await addresses()).Addresses![0]).toMatchObject({ NetworkInterfaceId, AssociationId });
  await ec2.send(new DisassociateAddressCommand({ AssociationId }));
  expect((await addresses()).Addresses![0]!.AssociationId).toBeUndefined();
});
