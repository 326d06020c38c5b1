import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  CreateLaunchTemplateCommand,
  CreateNetworkInterfaceCommand,
  DeleteNetworkInterfaceCommand,
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSubnetsCommand,
  EC2Client,
  GetLaunchTemplateDataCommand,
  ModifyNetworkInterfaceAttributeCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
  waitUntilInstanceTerminated,
  type InstanceNetworkInterfaceSpecification,
  type RunInstancesCommandInput,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

let cloud: TestCloud;
let ec2: EC2Client;
/** One in each of two zones. */
let SubnetId: string;
let elsewhere: string;

beforeAll(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
  [SubnetId = '', elsewhere = ''] = ['us-east-1a', 'us-east-1b'].map(
    (zone) => Subnets.find(({ AvailabilityZone }) => AvailabilityZone === zone)?.SubnetId ?? '',
  );
});
afterAll(() => cloud[Symbol.asyncDispose]());

async function run(
  NetworkInterfaces: InstanceNetworkInterfaceSpecification[],
  change: Partial<RunInstancesCommandInput> = {},
) {
  const one = { ImageId: 'resolve:ssm:/aws/service/alacarte/tiny', MinCount: 1, MaxCount: 1 };
  const asked = { ...one, InstanceType: 't3.micro', NetworkInterfaces, ...change } as const;
  const { Instances = [] } = await ec2.send(new RunInstancesCommand(asked));
  return Instances;
}

async function newInterface(change: object = {}): Promise<string> {
  const { NetworkInterface } = await ec2.send(
    new CreateNetworkInterfaceCommand({ SubnetId, ...change }),
  );
  return NetworkInterface!.NetworkInterfaceId!;
}

async function cards(...ids: string[]) {
  const { NetworkInterfaces } = await ec2.send(
    new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: ids }),
  );
  return NetworkInterfaces!;
}

async function cardsOf(id: string) {
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
  return Reservations![0]!.Instances![0]!.NetworkInterfaces!;
}

async function terminate(...InstanceIds: string[]) {
  await cloud.inside.workflows.settled();
  await ec2.send(new TerminateInstancesCommand({ InstanceIds }));
  const quickly = { client: ec2, maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.02 };
  await waitUntilInstanceTerminated(quickly, { InstanceIds });
}

async function freeAddresses() {
  const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [SubnetId] }));
  return Subnets![0]!.AvailableIpAddressCount!;
}

it('launches instances with several new interfaces, which go with them', async () => {
  const before = await freeAddresses();
  const launched = await run(
    [
      { DeviceIndex: 1, SubnetId, Description: 'second', SecondaryPrivateIpAddressCount: 1 },
      { DeviceIndex: 0, SubnetId, Description: 'first' },
    ],
    {
      ...{ MinCount: 2, MaxCount: 2 },
      TagSpecifications: [
        { ResourceType: 'network-interface', Tags: [{ Key: 'Name', Value: 'card' }] },
      ],
    },
  );
  const all = launched.flatMap(({ NetworkInterfaces = [] }) => NetworkInterfaces);
  expect(all.map((card) => [card.Description, card.Attachment?.DeviceIndex])).toEqual([
    ...[['first', 0], ...[['second', 1]]],
    ...[['first', 0], ...[['second', 1]]],
  ]);
  expect(all.every((card) => card.Attachment?.DeleteOnTermination)).toBe(true);
  const addresses = all.flatMap((card) =>
    card.PrivateIpAddresses!.map((each) => each.PrivateIpAddress),
  );
  expect(new Set(addresses).size).toBe(6);
  expect(await freeAddresses()).toBe(before - 6);
  const ids = all.map((card) => card.NetworkInterfaceId!);
  expect((await cards(...ids)).map((card) => [card.Status, card.TagSet![0]!.Value])).toEqual(
    ids.map(() => ['in-use', 'card']),
  );
  await terminate(...launched.map(({ InstanceId }) => InstanceId!));
  await expect(cards(ids[1]!)).rejects.toMatchObject({
    name: 'InvalidNetworkInterfaceID.NotFound',
  });
  expect(await freeAddresses()).toBe(before);
});

it('launches with existing interfaces, which stay when the instance goes', async () => {
  const before = await freeAddresses();
  const first = await newInterface({ PrivateIpAddress: '172.31.0.40', Description: 'own' });
  const second = await newInterface();
  const { AllocationId, PublicIp } = await ec2.send(new AllocateAddressCommand({}));
  await ec2.send(new AssociateAddressCommand({ AllocationId, NetworkInterfaceId: first }));
  const [mac] = (await cards(first)).map(({ MacAddress }) => MacAddress);
  const asked = [
    { DeviceIndex: 0, NetworkInterfaceId: first },
    { DeviceIndex: 1, NetworkInterfaceId: second },
  ];
  const [launched] = await run(asked, { ClientToken: 'cards' });
  expect(launched).toMatchObject({
    ...{ PrivateIpAddress: '172.31.0.40', SubnetId, PublicIpAddress: PublicIp },
    NetworkInterfaces: [
      { NetworkInterfaceId: first, MacAddress: mac, Attachment: { DeleteOnTermination: false } },
      { NetworkInterfaceId: second, Attachment: { DeviceIndex: 1, DeleteOnTermination: false } },
    ],
  });
  expect((await cards(first, second)).map(({ Status }) => Status)).toEqual(['in-use', 'in-use']);
  // A repeated request finds them in use by itself, another one by the first.
  expect((await run(asked, { ClientToken: 'cards' }))[0]!.InstanceId).toBe(launched!.InstanceId);
  for (const NetworkInterfaceId of [first, second]) {
    const [at0, at1] = [
      [{ DeviceIndex: 0, NetworkInterfaceId }],
      [{ DeviceIndex: 0 }, { DeviceIndex: 1, NetworkInterfaceId }],
    ];
    for (const again of [at0, at1]) {
      await expect(
        run(again, { Placement: { AvailabilityZone: 'us-east-1a' } }),
      ).rejects.toMatchObject({
        name: 'InvalidNetworkInterface.InUse',
        message: `Interface: [${NetworkInterfaceId}] in use.`,
      });
    }
  }
  await terminate(launched!.InstanceId!);
  const [freed] = await cards(first);
  expect(freed).toMatchObject({
    ...{ Status: 'available', Description: 'own', MacAddress: mac },
    ...{ PrivateIpAddress: '172.31.0.40', Association: { PublicIp } },
  });
  expect(freed!.Attachment).toBeUndefined();
  const { Addresses } = await ec2.send(
    new DescribeAddressesCommand({ AllocationIds: [AllocationId!] }),
  );
  expect(Addresses![0]).toMatchObject({ NetworkInterfaceId: first });
  await expect(newInterface({ PrivateIpAddress: '172.31.0.40' })).rejects.toMatchObject({
    name: 'InvalidIPAddress.InUse',
  });
  for (const NetworkInterfaceId of [first, second]) {
    await ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));
  }
  expect(await freeAddresses()).toBe(before);
});

it('says of an attachment whether the interface goes with the instance', async () => {
  const [launched] = await run(
    [
      { DeviceIndex: 0, SubnetId, DeleteOnTermination: false },
      { DeviceIndex: 1, SubnetId },
      { DeviceIndex: 2, SubnetId: SubnetId, DeleteOnTermination: false },
    ],
    { InstanceType: 't3.small' },
  );
  const [first, second, third] = launched!.NetworkInterfaces!;
  const change = (card: typeof first, DeleteOnTermination: boolean) =>
    ec2.send(
      new ModifyNetworkInterfaceAttributeCommand({
        NetworkInterfaceId: card!.NetworkInterfaceId,
        Attachment: { AttachmentId: card!.Attachment!.AttachmentId, DeleteOnTermination },
      }),
    );
  await change(second, false);
  await change(third, true);
  await expect(change({ ...third, Attachment: first!.Attachment }, true)).rejects.toMatchObject({
    name: 'InvalidAttachmentID.NotFound',
  });
  const shown = await cardsOf(launched!.InstanceId!);
  expect(shown.map((card) => card.Attachment!.DeleteOnTermination)).toEqual([false, false, true]);
  await terminate(launched!.InstanceId!);
  const kept = [first!.NetworkInterfaceId!, second!.NetworkInterfaceId!];
  expect((await cards(...kept)).map(({ Status }) => Status)).toEqual(['available', 'available']);
  await expect(cards(third!.NetworkInterfaceId!)).rejects.toMatchObject({
    name: 'InvalidNetworkInterfaceID.NotFound',
  });
});

it('launches from a template that is made of such an instance', async () => {
  const [launched] = await run([
    { DeviceIndex: 0, SubnetId },
    { DeviceIndex: 1, SubnetId, Description: 'beside' },
  ]);
  const { LaunchTemplateData } = await ec2.send(
    new GetLaunchTemplateDataCommand({ InstanceId: launched!.InstanceId! }),
  );
  const { ImageId, NetworkInterfaces } = LaunchTemplateData!;
  const LaunchTemplateName = 'two-cards';
  await ec2.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName,
      LaunchTemplateData: { ImageId, NetworkInterfaces },
    }),
  );
  const [again] = (
    await ec2.send(
      new RunInstancesCommand({
        ...{ LaunchTemplate: { LaunchTemplateName }, MinCount: 1, MaxCount: 1 },
        InstanceType: 't3.micro',
      }),
    )
  ).Instances!;
  expect(again!.NetworkInterfaces!.map((card) => card.Description)).toEqual(['', 'beside']);
});

it('refuses what cannot be', async () => {
  const NetworkInterfaceId = await newInterface();
  const far = await newInterface({ SubnetId: elsewhere });
  const first = { DeviceIndex: 0, SubnetId };
  const combination = 'InvalidParameterCombination';
  const refused: [InstanceNetworkInterfaceSpecification[], string, RegExp, object?][] = [
    [[{ SubnetId }], 'InvalidParameterValue', /requires a device index/],
    [[{ DeviceIndex: 1, SubnetId }], combination, /must include a device at index 0/],
    [[first, first], combination, /device index '0'/],
    [[first, { DeviceIndex: 1, SubnetId: elsewhere }], combination, /same availability zone/],
    [[first, { DeviceIndex: 1, NetworkInterfaceId: far }], combination, /same availability zone/],
    [
      [
        { ...first, AssociatePublicIpAddress: true },
        { DeviceIndex: 1, SubnetId },
      ],
      combination,
      /associatePublicIPAddress parameter cannot be specified when launching with multiple/,
    ],
    [
      [{ DeviceIndex: 0, NetworkInterfaceId, AssociatePublicIpAddress: true }],
      combination,
      /associatePublicIPAddress parameter cannot be specified for a network interface with an ID/,
    ],
    [[{ ...first, NetworkInterfaceId }], combination, /subnetId/],
    [[{ DeviceIndex: 0, NetworkInterfaceId }], combination, /multiple instances/, { MaxCount: 2 }],
    [[first], combination, /instance-level subnet ID may not be specified/, { SubnetId }],
    [
      [{ DeviceIndex: 0, NetworkInterfaceId: 'eni-0123456789abcdef0' }],
      'InvalidNetworkInterfaceID.NotFound',
      /eni-0123456789abcdef0/,
    ],
    [
      [first, { DeviceIndex: 1, SubnetId }, { DeviceIndex: 2, SubnetId }],
      'AttachmentLimitExceeded',
      /^Interface count 3 exceeds the limit for t3.micro$/,
    ],
  ];
  for (const [asked, name, message, change] of refused) {
    await expect(run(asked, change)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message) as string,
    });
  }
  expect(await run([{ DeviceIndex: 0, NetworkInterfaceId }])).toHaveLength(1);
});
