import {
  AssignPrivateIpAddressesCommand,
  CreateNetworkInterfaceCommand,
  CreateSubnetCidrReservationCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  DeleteNetworkInterfaceCommand,
  DeleteSubnetCidrReservationCommand,
  DeleteSubnetCommand,
  DescribeVpcsCommand,
  EC2Client,
  GetSubnetCidrReservationsCommand,
  RunInstancesCommand,
  type CreateNetworkInterfaceCommandInput,
  type SubnetCidrReservationType,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

let cloud: TestCloud;
let ec2: EC2Client;
let VpcId: string;
let SubnetId: string;
let ipv6: string;

/** A subnet with eleven addresses to give out: .4 to .14. */
beforeEach(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
  const { Vpc } = await ec2.send(
    new CreateVpcCommand({ CidrBlock: '10.0.0.0/16', AmazonProvidedIpv6CidrBlock: true }),
  );
  VpcId = Vpc!.VpcId!;
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }));
  const block = Vpcs![0]!.Ipv6CidrBlockAssociationSet![0]!.Ipv6CidrBlock!;
  ipv6 = block.replace('/56', '/64');
  const { Subnet } = await ec2.send(
    new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.0.0/28', Ipv6CidrBlock: ipv6 }),
  );
  SubnetId = Subnet!.SubnetId!;
});
afterEach(() => cloud[Symbol.asyncDispose]());

async function reserve(Cidr: string, ReservationType: SubnetCidrReservationType = 'explicit') {
  const { SubnetCidrReservation } = await ec2.send(
    new CreateSubnetCidrReservationCommand({ SubnetId, Cidr, ReservationType }),
  );
  return SubnetCidrReservation!;
}

async function card(input: Partial<CreateNetworkInterfaceCommandInput> = {}) {
  const { NetworkInterface } = await ec2.send(
    new CreateNetworkInterfaceCommand({ SubnetId, ...input }),
  );
  return NetworkInterface!;
}

const lastByte = (address: string | undefined) => Number(address?.split('.')[3]);

test('keep addresses for those who name them', async () => {
  await reserve('10.0.0.4/30');
  const { NetworkInterfaceId, PrivateIpAddress } = await card();
  expect(lastByte(PrivateIpAddress)).toBe(8);
  const assigned = await ec2.send(
    new AssignPrivateIpAddressesCommand({ NetworkInterfaceId, SecondaryPrivateIpAddressCount: 2 }),
  );
  const further = assigned.AssignedPrivateIpAddresses!.map((each) => each.PrivateIpAddress);
  expect(further.map(lastByte)).toEqual([9, 10]);
  expect((await card({ PrivateIpAddress: '10.0.0.5' })).PrivateIpAddress).toBe('10.0.0.5');
  const launch = (count: number) =>
    ec2.send(
      new RunInstancesCommand({
        ...{ ImageId: 'resolve:ssm:/aws/service/alacarte/tiny', SubnetId },
        ...{ MinCount: count, MaxCount: count },
      }),
    );
  await expect(launch(5)).rejects.toMatchObject({ name: 'InsufficientFreeAddressesInSubnet' });
  const { Instances } = await launch(4);
  const launched = Instances!.map((each) => lastByte(each.PrivateIpAddress));
  expect(launched.toSorted((a, b) => a - b)).toEqual([11, 12, 13, 14]);
  await expect(card()).rejects.toMatchObject({ name: 'InsufficientFreeAddressesInSubnet' });
});

test('give addresses back when they are deleted', async () => {
  const { SubnetCidrReservationId } = await reserve('10.0.0.0/29', 'prefix');
  expect(lastByte((await card()).PrivateIpAddress)).toBe(8);
  const remove = () =>
    ec2.send(new DeleteSubnetCidrReservationCommand({ SubnetCidrReservationId }));
  expect((await remove()).DeletedSubnetCidrReservation).toMatchObject({
    ...{ SubnetCidrReservationId, Cidr: '10.0.0.0/29', ReservationType: 'prefix' },
  });
  expect(lastByte((await card()).PrivateIpAddress)).toBe(4);
  await expect(remove()).rejects.toMatchObject({
    name: 'InvalidSubnetCidrReservationID.NotFound',
  });
});

/** The eight groups of an IPv6 address in its shortest form. */
function groupsOf(address: string): number[] {
  const [head = [], tail = []] = address
    .split('::')
    .map((part) => (part === '' ? [] : part.split(':')));
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return [...head, ...zeros, ...tail].map((group) => Number.parseInt(group, 16));
}

test('keep IPv6 addresses, too', async () => {
  const own = groupsOf(ipv6.replace('/64', '')).slice(0, 4);
  // All but the lower half of the subnet's.
  const upper = [...own.map((group) => group.toString(16)), '8000'].join(':');
  await reserve(`${upper}::/65`);
  const { Ipv6Addresses } = await card({ Ipv6AddressCount: 8 });
  const fifth = Ipv6Addresses!.map(({ Ipv6Address }) => groupsOf(Ipv6Address!)[4]!);
  expect(fifth).toHaveLength(8);
  expect(Math.max(...fifth)).toBeLessThan(0x8000);
  await expect(reserve(`${upper}:0:1::/80`)).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  });
  const named = [{ Ipv6Address: `${upper}::1` }];
  expect((await card({ Ipv6Addresses: named })).Ipv6Addresses).toMatchObject(named);
});

test('are told by family, filter and tag, and go with their subnet', async () => {
  const one = await reserve('10.0.0.8/30');
  const other = await reserve(ipv6.replace('/64', '/80'), 'prefix');
  await ec2.send(
    new CreateTagsCommand({
      Resources: [one.SubnetCidrReservationId!],
      Tags: [{ Key: 'for', Value: 'soup' }],
    }),
  );
  const told = async (Filters: { Name: string; Values: string[] }[] = []) => {
    const answer = await ec2.send(new GetSubnetCidrReservationsCommand({ SubnetId, Filters }));
    return [answer.SubnetIpv4CidrReservations, answer.SubnetIpv6CidrReservations].map((each) =>
      each!.map(({ SubnetCidrReservationId }) => SubnetCidrReservationId),
    );
  };
  const ids = [[one.SubnetCidrReservationId], [other.SubnetCidrReservationId]];
  expect(await told()).toEqual(ids);
  expect(await told([{ Name: 'reservationType', Values: ['prefix'] }])).toEqual([[], ids[1]]);
  expect(await told([{ Name: 'tag:for', Values: ['soup'] }])).toEqual([ids[0], []]);
  const { NetworkInterfaceId } = await card();
  await ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));
  await ec2.send(new DeleteSubnetCommand({ SubnetId }));
  await expect(told()).rejects.toMatchObject({ name: 'InvalidSubnetID.NotFound' });
  await expect(
    ec2.send(
      new DeleteSubnetCidrReservationCommand({
        SubnetCidrReservationId: one.SubnetCidrReservationId,
      }),
    ),
  ).rejects.toMatchObject({ name: 'InvalidSubnetCidrReservationID.NotFound' });
});

test('are of blocks of their subnet that nothing else reserves', async () => {
  await reserve('10.0.0.8/30');
  for (const wrong of ['10.0.0.8/31', '10.0.1.0/30', '10.0.0.0/24', 'kitchen']) {
    await expect(reserve(wrong)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  }
  await expect(
    reserve('10.0.0.4/30', 'somehow' as SubnetCidrReservationType),
  ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  expect((await reserve('10.0.0.5/30')).Cidr).toBe('10.0.0.4/30');
});
