import {
  DescribeImagesCommand,
  DescribeInstanceTypeOfferingsCommand,
  DescribeInstanceTypesCommand,
  EC2Client,
  type DescribeImagesCommandInput,
  type DescribeInstanceTypesCommandInput,
} from '@aws-sdk/client-ec2';
import { GetParameterCommand, GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MovableClock } from '../../../kernel/clock.ts';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

let cloud: TestCloud;
let ec2: EC2Client;

beforeAll(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
});
afterAll(() => cloud[Symbol.asyncDispose]());

async function images(input: DescribeImagesCommandInput) {
  return (await ec2.send(new DescribeImagesCommand(input))).Images!;
}

function named(owner: string, ...Values: string[]) {
  return images({ Owners: [owner], Filters: [{ Name: 'name', Values }] });
}

function types(input: DescribeInstanceTypesCommandInput) {
  return ec2.send(new DescribeInstanceTypesCommand(input));
}

describe('images', () => {
  it.each([
    ['amazon', 'al2023-ami-2023.*-x86_64', 1],
    ['137112412989', 'al2023-ami-2023.*-arm64', 1],
    ['amazon', 'amzn2-ami-hvm-*-x86_64-gp2', 1],
    ['136693071363', 'debian-12-amd64-*', 1],
    ['136693071363', 'debian-1?-arm64-*', 2],
    ['099720109477', 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*', 1],
    ['alacarte', '*', 1],
    ['self', '*', 0],
  ])('of %s named %s are %i', async (owner, name, count) => {
    expect(await named(owner, name)).toHaveLength(count);
  });

  it('have the same IDs always, others in another region', async () => {
    const [here] = await named('amazon', 'al2023-ami-2023.*-x86_64');
    const [again] = await images({ ImageIds: [here!.ImageId!] });
    expect(again).toEqual(here);
    // An ID that somebody wrote down must work for ever.
    expect(here!.ImageId).toBe('ami-0c13ec9c90c6cb57e');
    const elsewhere = cloud.client(EC2Client, { region: 'eu-west-1' });
    await expect(
      elsewhere.send(new DescribeImagesCommand({ ImageIds: [here!.ImageId!] })),
    ).rejects.toMatchObject({ name: 'InvalidAMIID.NotFound' });
  });

  it('are found by what is inside', async () => {
    const found = await images({
      Filters: [
        { Name: 'architecture', Values: ['arm64'] },
        { Name: 'block-device-mapping.volume-type', Values: ['gp3'] },
        { Name: 'root-device-name', Values: ['/dev/sda1'] },
      ],
    });
    expect(found.map((image) => image.OwnerId)).toEqual(['099720109477']);
    await expect(images({ Filters: [{ Name: 'owner', Values: ['x'] }] })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
  });

  it('are what their public parameters say', async () => {
    const ssm = cloud.client(SSMClient);
    const Name =
      '/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id';
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name }));
    const [image] = await images({ ImageIds: [Parameter!.Value!] });
    expect(image!.Name).toContain('ubuntu-noble-24.04-amd64');
    let count = 0;
    let NextToken: string | undefined;
    do {
      const Path = '/aws/service';
      const page = await ssm.send(
        new GetParametersByPathCommand({ Path, Recursive: true, ...(NextToken && { NextToken }) }),
      );
      for (const { Value } of page.Parameters!) {
        expect(await images({ ImageIds: [Value!] })).toHaveLength(1);
        count++;
      }
      ({ NextToken } = page);
    } while (NextToken);
    expect(count).toBeGreaterThan(20);
  });
});

describe('instance types', () => {
  it.each([
    ['t3.micro', 2, 1024, 'x86_64', 2, 2],
    ['t4g.medium', 2, 4096, 'arm64', 3, 6],
    ['m5.24xlarge', 96, 393_216, 'x86_64', 15, 50],
    ['m7g.medium', 1, 4096, 'arm64', 2, 4],
    ['c5.9xlarge', 36, 73_728, 'x86_64', 8, 30],
    ['c7i.metal-48xl', 192, 393_216, 'x86_64', 15, 50],
    ['r6i.32xlarge', 128, 1_048_576, 'x86_64', 15, 50],
    ['r8g.large', 2, 16_384, 'arm64', 3, 10],
  ] as const)('%s has %i vCPUs and %i MiB', async (name, vcpus, mib, architecture, cards, each) => {
    const [type] = (await types({ InstanceTypes: [name] })).InstanceTypes!;
    expect(type!.VCpuInfo!.DefaultVCpus).toBe(vcpus);
    expect(type!.MemoryInfo!.SizeInMiB).toBe(mib);
    expect(type!.ProcessorInfo!.SupportedArchitectures).toContain(architecture);
    expect(type!.NetworkInfo).toMatchObject({
      MaximumNetworkInterfaces: cards,
      Ipv4AddressesPerInterface: each,
    });
  });

  it('come a hundred at a time', async () => {
    const seen = new Set<string>();
    let NextToken: string | undefined;
    do {
      const page = await types(NextToken ? { NextToken } : {});
      expect(page.InstanceTypes!.length).toBeLessThanOrEqual(100);
      for (const type of page.InstanceTypes!) seen.add(type.InstanceType!);
      ({ NextToken } = page);
    } while (NextToken);
    expect(seen.size).toBeGreaterThan(200);
  });

  it('are found by what they have', async () => {
    const { InstanceTypes } = await types({
      Filters: [
        { Name: 'vcpu-info.default-vcpus', Values: ['8'] },
        { Name: 'memory-info.size-in-mib', Values: ['16384'] },
        { Name: 'processor-info.supported-architecture', Values: ['arm64'] },
      ],
    });
    expect(InstanceTypes!.map((type) => type.InstanceType)).toEqual([
      'c6g.2xlarge',
      'c7g.2xlarge',
      'c8g.2xlarge',
    ]);
    await expect(types({ InstanceTypes: ['q9.huge' as never] })).rejects.toMatchObject({
      name: 'InvalidInstanceType',
    });
  });

  it('are offered in every zone', async () => {
    const { InstanceTypeOfferings } = await ec2.send(
      new DescribeInstanceTypeOfferingsCommand({
        LocationType: 'availability-zone',
        Filters: [{ Name: 'instance-type', Values: ['t3.micro'] }],
      }),
    );
    expect(InstanceTypeOfferings).toHaveLength(6);
  });
});

describe('images after years', () => {
  it('are found as on the first day', async () => {
    await using later = await startTestCloud({ clock: new MovableClock(Date.UTC(2036, 0, 1)) });
    const asked = {
      Owners: ['amazon'],
      Filters: [{ Name: 'name', Values: ['al2023-ami-2023.*'] }],
    };
    const { Images } = await later.client(EC2Client).send(new DescribeImagesCommand(asked));
    expect(Images).toEqual(await images(asked));
    expect(Images).not.toEqual([]);
  });
});
