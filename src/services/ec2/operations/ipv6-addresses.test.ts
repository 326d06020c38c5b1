import {
  AssignIpv6AddressesCommand,
  CreateNetworkInterfaceCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteNetworkInterfaceCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeVpcsCommand,
  DisassociateSubnetCidrBlockCommand,
  EC2Client,
  ModifySubnetAttributeCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
  UnassignIpv6AddressesCommand,
  waitUntilInstanceTerminated,
  type RunInstancesCommandInput,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

let cloud: TestCloud;
let ec2: EC2Client;
let SubnetId: string;
let AssociationId: string;
/** What all addresses of the subnet begin with, such as `2600:1f18:0:100`. */
let prefix: string;

beforeAll(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
  const made = await ec2.send(
    new CreateVpcCommand({ CidrBlock: '10.0.0.0/16', AmazonProvidedIpv6CidrBlock: true }),
  );
  const VpcId = made.Vpc!.VpcId!;
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }));
  const block = Vpcs![0]!.Ipv6CidrBlockAssociationSet![0]!.Ipv6CidrBlock!;
  const Ipv6CidrBlock = block.replace('/56', '/64');
  const { Subnet } = await ec2.send(
    new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.1.0/24', Ipv6CidrBlock }),
  );
  SubnetId = Subnet!.SubnetId!;
  const [association] = Subnet!.Ipv6CidrBlockAssociationSet!;
  AssociationId = association!.AssociationId!;
  prefix = association!.Ipv6CidrBlock!.replace('::/64', '');
});
afterAll(() => cloud[Symbol.asyncDispose]());

async function run(change: Partial<RunInstancesCommandInput>) {
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
      ...{ MinCount: 1, MaxCount: 1, ...change },
    }),
  );
  return Instances!;
}

async function addressesOf(id: string) {
  const { NetworkInterfaces } = await ec2.send(
    new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [id] }),
  );
  return NetworkInterfaces![0]!.Ipv6Addresses!.map((each) => each.Ipv6Address);
}

async function terminate(InstanceIds: string[]) {
  await cloud.inside.workflows.settled();
  await ec2.send(new TerminateInstancesCommand({ InstanceIds }));
  const quickly = { client: ec2, maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.02 };
  await waitUntilInstanceTerminated(quickly, { InstanceIds });
}

it('launches instances with as many as are asked for, which go with them', async () => {
  const two = await run({ SubnetId, Ipv6AddressCount: 1, MinCount: 2, MaxCount: 2 });
  const given = two.map(({ Ipv6Address }) => Ipv6Address!);
  expect(new Set(given).size).toBe(2);
  expect(given.every((address) => address.startsWith(`${prefix}:`))).toBe(true);
  const Ipv6Address = `${prefix}::1234`;
  const named = { SubnetId, Ipv6Addresses: [{ Ipv6Address: `${prefix}:0:0:0:1234` }] };
  const [one] = await run({ NetworkInterfaces: [{ DeviceIndex: 0, ...named }] });
  expect(one!.Ipv6Address).toBe(Ipv6Address);
  await expect(run(named)).rejects.toMatchObject({
    name: 'InvalidIPAddress.InUse',
    message: `Address ${Ipv6Address} is in use.`,
  });
  const { Reservations } = await ec2.send(
    new DescribeInstancesCommand({ Filters: [{ Name: 'ipv6-address', Values: [Ipv6Address] }] }),
  );
  const [found] = Reservations!.flatMap(({ Instances = [] }) => Instances);
  expect(found).toMatchObject({
    InstanceId: one!.InstanceId,
    NetworkInterfaces: [{ Ipv6Addresses: [{ Ipv6Address, IsPrimaryIpv6: false }] }],
  });
  await terminate([...two, one!].map(({ InstanceId }) => InstanceId!));
  const [again] = await run(named);
  await terminate([again!.InstanceId!]);
});

it('gives every interface of a subnet one that says so', async () => {
  const assign = (Value: boolean) =>
    ec2.send(
      new ModifySubnetAttributeCommand({ SubnetId, AssignIpv6AddressOnCreation: { Value } }),
    );
  await assign(true);
  const [launched] = await run({ SubnetId });
  const { NetworkInterface: card } = await ec2.send(
    new CreateNetworkInterfaceCommand({ SubnetId }),
  );
  await assign(false);
  const NetworkInterfaceId = card!.NetworkInterfaceId!;
  expect(launched!.Ipv6Address).toMatch(new RegExp(`^${prefix}:`));
  expect(await addressesOf(NetworkInterfaceId)).toHaveLength(1);
  expect((await run({ SubnetId }))[0]!.Ipv6Address).toBeUndefined();
});

it('assigns and unassigns them, of first interfaces as well', async () => {
  const [launched] = await run({ SubnetId });
  const { NetworkInterface: card } = await ec2.send(
    new CreateNetworkInterfaceCommand({ SubnetId, Ipv6AddressCount: 1 }),
  );
  const own = launched!.NetworkInterfaces![0]!.NetworkInterfaceId!;
  const made = card!.NetworkInterfaceId!;
  for (const NetworkInterfaceId of [own, made]) {
    const before = await addressesOf(NetworkInterfaceId);
    const assign = (change: object) =>
      ec2.send(new AssignIpv6AddressesCommand({ NetworkInterfaceId, ...change }));
    const { AssignedIpv6Addresses: [one = ''] = [] } = await assign({ Ipv6AddressCount: 1 });
    await assign({ Ipv6Addresses: [`${prefix}::9`] });
    expect(await addressesOf(NetworkInterfaceId)).toEqual([...before, one, `${prefix}::9`]);
    await expect(assign({ Ipv6Addresses: [`${prefix}::9`] })).rejects.toMatchObject({
      name: 'InvalidIPAddress.InUse',
    });
    await expect(assign({ Ipv6Addresses: ['fd00::9'] })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: "Address fd00::9 does not fall within the subnet's address range",
    });
    const unassign = (...Ipv6Addresses: string[]) =>
      ec2.send(new UnassignIpv6AddressesCommand({ NetworkInterfaceId, Ipv6Addresses }));
    await unassign(`${prefix}:0::9`);
    await expect(unassign(`${prefix}::9`)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    expect(await addressesOf(NetworkInterfaceId)).toEqual([...before, one]);
  }
  const release = () => ec2.send(new DisassociateSubnetCidrBlockCommand({ AssociationId }));
  await expect(release()).rejects.toMatchObject({ name: 'InvalidCidrBlock.InUse' });
});

it('has none where the subnet has no block, and lets a block go that nobody uses', async () => {
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({}));
  const there = Reservations!.flatMap(({ Instances = [] }) => Instances);
  await terminate(there.map(({ InstanceId }) => InstanceId!));
  const { NetworkInterfaces } = await ec2.send(
    new DescribeNetworkInterfacesCommand({ Filters: [{ Name: 'subnet-id', Values: [SubnetId] }] }),
  );
  for (const { NetworkInterfaceId } of NetworkInterfaces!) {
    await ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));
  }
  await ec2.send(new DisassociateSubnetCidrBlockCommand({ AssociationId }));
  await expect(run({ SubnetId, Ipv6AddressCount: 1 })).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    message: `The subnet '${SubnetId}' does not have an IPv6 CIDR block associated with it.`,
  });
});
