import {
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeSubnetsCommand,
  DescribeTagsCommand,
  DescribeVolumesCommand,
  EC2Client,
  ImportKeyPairCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
  type RunInstancesCommandInput,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

const tiny = 'resolve:ssm:/aws/service/alacarte/tiny';
const one = { ImageId: tiny, InstanceType: 't3.micro', MinCount: 1, MaxCount: 1 } as const;

let cloud: TestCloud;
let ec2: EC2Client;

beforeAll(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
});
afterAll(() => cloud[Symbol.asyncDispose]());

function run(change: Partial<RunInstancesCommandInput> = {}) {
  return ec2.send(new RunInstancesCommand({ ...one, ...change }));
}

async function runOne(change: Partial<RunInstancesCommandInput> = {}) {
  return (await run(change)).Instances![0]!;
}

async function describeOne(id: string) {
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
  return Reservations![0]!.Instances![0]!;
}

function tags(name: string) {
  return [{ Key: 'Name', Value: name }];
}

describe('a launch', () => {
  it('is pending at once and running soon', async () => {
    const launched = await runOne();
    expect(launched.State).toEqual({ Code: 0, Name: 'pending' });
    await cloud.inside.workflows.settled();
    const running = await describeOne(launched.InstanceId!);
    expect(running.State).toEqual({ Code: 16, Name: 'running' });
    expect(running.PrivateIpAddress).toMatch(/^172\.31\./);
    expect(running.PublicIpAddress).toMatch(/^127\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./);
    expect(running.LaunchTime).toEqual(new Date('2026-11-23T12:00:00Z'));
    expect(running.BlockDeviceMappings![0]!.Ebs!.Status).toBe('attached');
  });

  it('gives every instance addresses and an interface of its own', async () => {
    const { Instances } = await run({ MinCount: 5, MaxCount: 5 });
    expect(Instances).toHaveLength(5);
    expect(Instances!.map((each) => each.AmiLaunchIndex)).toEqual([0, 1, 2, 3, 4]);
    for (const read of ['InstanceId', 'PrivateIpAddress', 'PublicIpAddress'] as const) {
      expect(new Set(Instances!.map((each) => each[read])).size).toBe(5);
    }
  });

  it('gives no address twice when many come at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => run({ MinCount: 2, MaxCount: 2 })),
    );
    const addresses = answers.flatMap(({ Instances }) =>
      Instances!.map((each) => each.PublicIpAddress),
    );
    expect(new Set(addresses).size).toBe(16);
  });

  it('answers a repeated token with the same instances, and nothing else with it', async () => {
    const first = await run({ ClientToken: 'once' });
    const again = await run({ ClientToken: 'once' });
    expect(again.ReservationId).toBe(first.ReservationId);
    expect(again.Instances![0]!.InstanceId).toBe(first.Instances![0]!.InstanceId);
    await expect(run({ ClientToken: 'once', MaxCount: 2 })).rejects.toMatchObject({
      name: 'IdempotentParameterMismatch',
    });
    const other = await run({ ClientToken: 'twice' });
    expect(other.ReservationId).not.toBe(first.ReservationId);
  });

  it('tags instances, volumes and interfaces', async () => {
    const launched = await runOne({
      TagSpecifications: [
        { ResourceType: 'instance', Tags: tags('i') },
        { ResourceType: 'volume', Tags: tags('v') },
        { ResourceType: 'network-interface', Tags: tags('n') },
      ],
    });
    expect(launched.Tags).toEqual(tags('i'));
    const ids = [
      launched.InstanceId!,
      launched.BlockDeviceMappings![0]!.Ebs!.VolumeId!,
      launched.NetworkInterfaces![0]!.NetworkInterfaceId!,
    ];
    const found = await ec2.send(
      new DescribeTagsCommand({ Filters: [{ Name: 'resource-id', Values: ids }] }),
    );
    expect(found.Tags!.map((tag) => `${tag.ResourceType} ${tag.Value}`).toSorted()).toEqual([
      'instance i',
      'network-interface n',
      'volume v',
    ]);
  });

  it('takes the address, the subnet and the zone that it is told', async () => {
    const { Subnets } = await ec2.send(new DescribeSubnetsCommand({}));
    const subnet = Subnets!.find((each) => each.AvailabilityZone === 'us-east-1c')!;
    const address = subnet.CidrBlock!.replace(/0\/20$/, '77');
    const there = { SubnetId: subnet.SubnetId!, PrivateIpAddress: address };
    const launched = await runOne(there);
    expect(launched).toMatchObject({ SubnetId: subnet.SubnetId, PrivateIpAddress: address });
    expect(launched.Placement!.AvailabilityZone).toBe('us-east-1c');
    await expect(run(there)).rejects.toMatchObject({ name: 'InvalidIPAddress.InUse' });
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [launched.InstanceId!] }));
    await expect
      .poll(async () => (await describeOne(launched.InstanceId!)).State!.Name)
      .toBe('terminated');
    expect((await runOne(there)).PrivateIpAddress).toBe(address);
    expect(
      (await runOne({ Placement: { AvailabilityZone: 'us-east-1e' } })).Placement!.AvailabilityZone,
    ).toBe('us-east-1e');
  });

  it('leaves the public address out where the interface says so', async () => {
    const launched = await runOne({
      NetworkInterfaces: [{ DeviceIndex: 0, AssociatePublicIpAddress: false }],
    });
    expect(launched.PublicIpAddress).toBeUndefined();
    expect(launched.PrivateIpAddress).toBeDefined();
  });

  it('grows the root volume', async () => {
    const launched = await runOne({
      BlockDeviceMappings: [
        { DeviceName: '/dev/xvda', Ebs: { VolumeSize: 12, VolumeType: 'gp2' } },
      ],
    });
    const { Volumes } = await ec2.send(
      new DescribeVolumesCommand({ VolumeIds: [launched.BlockDeviceMappings![0]!.Ebs!.VolumeId!] }),
    );
    expect(Volumes![0]).toMatchObject({ Size: 12, VolumeType: 'gp2', State: 'in-use' });
  });

  it('starts any image of the catalogue on mock compute, and says that it is mock', async () => {
    const { Images } = await ec2.send(
      new DescribeImagesCommand({
        Owners: ['136693071363'],
        Filters: [{ Name: 'name', Values: ['debian-12-arm64-*'] }],
      }),
    );
    let realization: unknown;
    const probe = cloud.client(EC2Client);
    probe.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        realization = (result.response as { headers: Record<string, string> }).headers[
          'x-alacarte-realization'
        ];
        return result;
      },
      { step: 'deserialize' },
    );
    const ImageId = Images![0]!.ImageId!;
    await probe.send(new RunInstancesCommand({ ...one, ImageId, InstanceType: 't4g.nano' }));
    expect(realization).toBe('mock');
  });

  it('keeps the public key it was launched with', async () => {
    const PublicKeyMaterial = Buffer.from(
      'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl me',
    );
    await ec2.send(new ImportKeyPairCommand({ KeyName: 'mine', PublicKeyMaterial }));
    expect((await runOne({ KeyName: 'mine' })).KeyName).toBe('mine');
  });
});

describe('a launch is refused', () => {
  const big = Buffer.alloc(16_385).toString('base64');
  it.each<[string, Partial<RunInstancesCommandInput>, string]>([
    ['an image that does not exist', { ImageId: 'ami-0123456789abcdef0' }, 'InvalidAMIID.NotFound'],
    ['what is no image', { ImageId: 'debian' }, 'InvalidAMIID.Malformed'],
    ['no image', { ImageId: undefined }, 'MissingParameter'],
    ['a parameter that does not exist', { ImageId: 'resolve:ssm:/none' }, 'InvalidParameterValue'],
    ['an unknown type', { InstanceType: 'q9.huge' as never }, 'InvalidParameterValue'],
    ['a type of another architecture', { InstanceType: 't4g.micro' }, 'InvalidParameterValue'],
    ['an unknown key', { KeyName: 'nobody' }, 'InvalidKeyPair.NotFound'],
    ['an unknown group', { SecurityGroupIds: ['sg-0123456789abcdef0'] }, 'InvalidGroup.NotFound'],
    ['an unknown group name', { SecurityGroups: ['web'] }, 'InvalidGroup.NotFound'],
    ['an unknown subnet', { SubnetId: 'subnet-0123456789abcdef0' }, 'InvalidSubnetID.NotFound'],
    ['an unknown zone', { Placement: { AvailabilityZone: 'us-east-1z' } }, 'InvalidParameterValue'],
    ['an address elsewhere', { PrivateIpAddress: '10.0.0.9' }, 'InvalidParameterValue'],
    ['a reserved address', { PrivateIpAddress: '172.31.0.3' }, 'InvalidParameterValue'],
    ['more than it may be', { MinCount: 3, MaxCount: 2 }, 'InvalidParameterCombination'],
    ['too much user data', { UserData: big }, 'InvalidParameterValue'],
    ['user data that is not base64', { UserData: 'a*b' }, 'InvalidParameterValue'],
    [
      'a volume smaller than its snapshot',
      {
        ImageId: 'resolve:ssm:/aws/service/debian/release/12/latest/amd64',
        BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 2 } }],
      },
      'InvalidBlockDeviceMapping',
    ],
    [
      'tags of a type it does not make',
      { TagSpecifications: [{ ResourceType: 'vpc', Tags: [] }] },
      'InvalidParameterValue',
    ],
    [
      'a reserved tag',
      { TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'aws:x', Value: '' }] }] },
      'InvalidParameterValue',
    ],
    [
      'an instance profile of no possible name',
      { IamInstanceProfile: { Name: 'a cook' } },
      'InvalidParameterValue',
    ],
    ['what would have succeeded, on a dry run', { DryRun: true }, 'DryRunOperation'],
  ])('%s', async (_, change, code) => {
    const before = await ec2.send(new DescribeInstancesCommand({}));
    await expect(run(change)).rejects.toMatchObject({ name: code });
    const after = await ec2.send(new DescribeInstancesCommand({}));
    expect(after.Reservations!.length).toBe(before.Reservations!.length);
  });
});
