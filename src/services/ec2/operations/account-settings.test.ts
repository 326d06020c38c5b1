import {
  DescribeInstancesCommand,
  DescribeVolumesCommand,
  DisableEbsEncryptionByDefaultCommand,
  DisableImageBlockPublicAccessCommand,
  DisableSerialConsoleAccessCommand,
  DisableSnapshotBlockPublicAccessCommand,
  EC2Client,
  EnableEbsEncryptionByDefaultCommand,
  EnableImageBlockPublicAccessCommand,
  EnableSerialConsoleAccessCommand,
  EnableSnapshotBlockPublicAccessCommand,
  GetEbsEncryptionByDefaultCommand,
  GetImageBlockPublicAccessStateCommand,
  GetInstanceMetadataDefaultsCommand,
  GetSerialConsoleAccessStatusCommand,
  GetSnapshotBlockPublicAccessStateCommand,
  ModifyInstanceMetadataDefaultsCommand,
  RunInstancesCommand,
  type RunInstancesCommandInput,
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

async function launch(input: Partial<RunInstancesCommandInput> = {}) {
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
      ...{ MinCount: 1, MaxCount: 1, ...input },
    }),
  );
  return Instances![0]!.InstanceId!;
}

async function metadataOf(id: string) {
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
  return Reservations![0]!.Instances![0]!.MetadataOptions;
}

async function isEncrypted(id: string) {
  const Filters = [{ Name: 'attachment.instance-id', Values: [id] }];
  const { Volumes } = await ec2.send(new DescribeVolumesCommand({ Filters }));
  return Volumes![0]!.Encrypted;
}

it('encrypts new volumes by default from when that is switched on to when it is off again', async () => {
  const get = () => ec2.send(new GetEbsEncryptionByDefaultCommand());
  expect(await get()).toMatchObject({ EbsEncryptionByDefault: false, SseType: 'none' });
  await ec2.send(new EnableEbsEncryptionByDefaultCommand());
  expect(await get()).toMatchObject({ EbsEncryptionByDefault: true, SseType: 'sse-ebs' });
  expect(await isEncrypted(await launch())).toBe(true);

  const elsewhere = cloud.client(EC2Client, { region: 'eu-west-1' });
  expect(await elsewhere.send(new GetEbsEncryptionByDefaultCommand())).toMatchObject({
    EbsEncryptionByDefault: false,
  });

  await ec2.send(new DisableEbsEncryptionByDefaultCommand());
  expect(await isEncrypted(await launch())).toBe(false);
});

it("launches with the account's metadata defaults where the request does not say", async () => {
  const get = async () => (await ec2.send(new GetInstanceMetadataDefaultsCommand())).AccountLevel;
  expect(await get()).toEqual({});
  await ec2.send(
    new ModifyInstanceMetadataDefaultsCommand({
      HttpTokens: 'required',
      InstanceMetadataTags: 'enabled',
    }),
  );
  await ec2.send(new ModifyInstanceMetadataDefaultsCommand({ HttpPutResponseHopLimit: 3 }));
  expect(await get()).toEqual({
    ...{ HttpTokens: 'required', InstanceMetadataTags: 'enabled' },
    ...{ HttpPutResponseHopLimit: 3, ManagedBy: 'account' },
  });
  expect(await metadataOf(await launch())).toMatchObject({
    ...{ HttpTokens: 'required', HttpPutResponseHopLimit: 3, InstanceMetadataTags: 'enabled' },
  });
  const asked = await launch({ MetadataOptions: { HttpTokens: 'optional' } });
  expect(await metadataOf(asked)).toMatchObject({
    ...{ HttpTokens: 'optional', HttpPutResponseHopLimit: 3 },
  });

  await ec2.send(
    new ModifyInstanceMetadataDefaultsCommand({
      ...{ HttpTokens: 'no-preference', HttpPutResponseHopLimit: -1 },
    }),
  );
  expect(await get()).toEqual({ InstanceMetadataTags: 'enabled', ManagedBy: 'account' });
});

it.each([
  [{ HttpPutResponseHopLimit: 65 }, /65.*HttpPutResponseHopLimit/],
  [{ HttpPutResponseHopLimit: 0 }, /0.*HttpPutResponseHopLimit/],
  [{ HttpTokens: 'maybe' as 'optional' }, /maybe/],
])('refuses the metadata defaults %o', async (input, message) => {
  await expect(ec2.send(new ModifyInstanceMetadataDefaultsCommand(input))).rejects.toMatchObject({
    ...{ name: 'InvalidParameterValue', message: expect.stringMatching(message) },
  });
});

it('remembers what may be made public, and who may use serial consoles', async () => {
  const snapshots = async () =>
    (await ec2.send(new GetSnapshotBlockPublicAccessStateCommand())).State;
  const images = async () =>
    (await ec2.send(new GetImageBlockPublicAccessStateCommand())).ImageBlockPublicAccessState;
  const consoles = async () =>
    (await ec2.send(new GetSerialConsoleAccessStatusCommand())).SerialConsoleAccessEnabled;
  expect([await snapshots(), await images(), await consoles()]).toEqual([
    'unblocked',
    'block-new-sharing',
    false,
  ]);
  await ec2.send(new EnableSnapshotBlockPublicAccessCommand({ State: 'block-all-sharing' }));
  await ec2.send(new DisableImageBlockPublicAccessCommand());
  await ec2.send(new EnableSerialConsoleAccessCommand());
  expect([await snapshots(), await images(), await consoles()]).toEqual([
    'block-all-sharing',
    'unblocked',
    true,
  ]);
  await ec2.send(new DisableSnapshotBlockPublicAccessCommand());
  await ec2.send(
    new EnableImageBlockPublicAccessCommand({ ImageBlockPublicAccessState: 'block-new-sharing' }),
  );
  await ec2.send(new DisableSerialConsoleAccessCommand());
  expect([await snapshots(), await images(), await consoles()]).toEqual([
    'unblocked',
    'block-new-sharing',
    false,
  ]);
  await expect(
    ec2.send(new EnableSnapshotBlockPublicAccessCommand({ State: 'unblocked' })),
  ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
});
