import {
  CopySnapshotCommand,
  CreateImageCommand,
  CreateSnapshotCommand,
  CreateVolumeCommand,
  DeleteSnapshotCommand,
  DeregisterImageCommand,
  DescribeFastSnapshotRestoresCommand,
  DescribeImagesCommand,
  DescribeLockedSnapshotsCommand,
  DescribeSnapshotTierStatusCommand,
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
  DisableFastSnapshotRestoresCommand,
  DisableImageCommand,
  EC2Client,
  EnableEbsEncryptionByDefaultCommand,
  EnableFastSnapshotRestoresCommand,
  EnableImageCommand,
  EnableVolumeIOCommand,
  GetEbsDefaultKmsKeyIdCommand,
  ListImagesInRecycleBinCommand,
  ListSnapshotsInRecycleBinCommand,
  ListVolumesInRecycleBinCommand,
  LockSnapshotCommand,
  ModifyEbsDefaultKmsKeyIdCommand,
  ModifySnapshotTierCommand,
  RegisterImageCommand,
  ResetEbsDefaultKmsKeyIdCommand,
  RestoreImageFromRecycleBinCommand,
  RestoreSnapshotFromRecycleBinCommand,
  RestoreSnapshotTierCommand,
  RestoreVolumeFromRecycleBinCommand,
  RunInstancesCommand,
  UnlockSnapshotCommand,
  type LockSnapshotCommandInput,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const AvailabilityZone = 'us-east-1a';

let cloud: TestCloud;
let ec2: EC2Client;

beforeEach(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
});
afterEach(() => cloud[Symbol.asyncDispose]());

const settled = () => cloud.inside.workflows.settled();
const after = (ms: number) => new Date(cloud.inside.clock.now() + ms);

async function volume(input: object = { Size: 1 }): Promise<string> {
  const { VolumeId } = await ec2.send(new CreateVolumeCommand({ AvailabilityZone, ...input }));
  await settled();
  return VolumeId!;
}

async function snapshot(): Promise<string> {
  const { SnapshotId } = await ec2.send(new CreateSnapshotCommand({ VolumeId: await volume() }));
  await settled();
  return SnapshotId!;
}

const remove = (SnapshotId: string) => ec2.send(new DeleteSnapshotCommand({ SnapshotId }));

describe('a locked snapshot', () => {
  const lock = (SnapshotId: string, input: Omit<LockSnapshotCommandInput, 'SnapshotId'>) =>
    ec2.send(new LockSnapshotCommand({ SnapshotId, ...input }));
  const unlock = (SnapshotId: string) => ec2.send(new UnlockSnapshotCommand({ SnapshotId }));
  const stateOf = async (SnapshotId: string) => {
    const SnapshotIds = [SnapshotId];
    const { Snapshots } = await ec2.send(new DescribeLockedSnapshotsCommand({ SnapshotIds }));
    return Snapshots![0]?.LockState;
  };

  test('is deleted once it is unlocked, in governance mode', async () => {
    const id = await snapshot();
    expect(await stateOf(id)).toBeUndefined();
    expect(await lock(id, { LockMode: 'governance', LockDuration: 2 })).toMatchObject({
      ...{ SnapshotId: id, LockState: 'governance', LockDuration: 2 },
      LockExpiresOn: after(2 * DAY_MS),
    });
    await expect(remove(id)).rejects.toMatchObject({ name: 'OperationNotPermitted' });
    expect((await lock(id, { LockMode: 'governance', LockDuration: 1 })).LockDuration).toBe(1);
    await unlock(id);
    expect(await stateOf(id)).toBeUndefined();
    await expect(unlock(id)).rejects.toMatchObject({ name: 'OperationNotPermitted' });
    await remove(id);
  });

  test('is deleted when its lock has expired', async () => {
    const id = await snapshot();
    await lock(id, { LockMode: 'governance', ExpirationDate: after(2 * DAY_MS) });
    cloud.inside.clock.advance(2 * DAY_MS - 1);
    await expect(remove(id)).rejects.toMatchObject({ name: 'OperationNotPermitted' });
    cloud.inside.clock.advance(1);
    expect(await stateOf(id)).toBe('expired');
    await remove(id);
  });

  test('may be locked longer only, in compliance mode after its cooling-off period', async () => {
    const id = await snapshot();
    const compliance = { LockMode: 'compliance', LockDuration: 5 } as const;
    await lock(id, { ...compliance, CoolOffPeriod: 3 });
    expect(await stateOf(id)).toBe('compliance-cooloff');
    await unlock(id);
    await lock(id, { ...compliance, CoolOffPeriod: 3 });
    cloud.inside.clock.advance(3 * HOUR_MS);
    expect(await stateOf(id)).toBe('compliance');
    for (const refused of [
      () => unlock(id),
      () => lock(id, { ...compliance, LockDuration: 4 }),
      () => lock(id, { LockMode: 'governance', LockDuration: 9 }),
      () => remove(id),
    ]) {
      await expect(refused()).rejects.toMatchObject({ name: 'OperationNotPermitted' });
    }
    expect(await lock(id, { ...compliance, LockDuration: 6 })).toMatchObject({
      ...{ LockState: 'compliance', LockDuration: 6, CoolOffPeriod: 3 },
      LockExpiresOn: after(6 * DAY_MS - 3 * HOUR_MS),
    });
  });

  test('is locked by a request that says how long, and once', async () => {
    const id = await snapshot();
    const wrong: [Omit<LockSnapshotCommandInput, 'SnapshotId'>, string][] = [
      [{ LockMode: 'governance' }, 'MissingParameter'],
      [{ LockMode: 'governance', LockDuration: 0 }, 'InvalidParameterValue'],
      [{ LockMode: 'governance', ExpirationDate: after(HOUR_MS) }, 'InvalidParameterValue'],
      [
        { LockMode: 'governance', LockDuration: 1, CoolOffPeriod: 1 },
        'InvalidParameterCombination',
      ],
      [{ LockMode: 'compliance', LockDuration: 1, CoolOffPeriod: 73 }, 'InvalidParameterValue'],
    ];
    for (const [input, name] of wrong)
      await expect(lock(id, input)).rejects.toMatchObject({ name });
    await lock(id, { LockMode: 'compliance', LockDuration: 1, CoolOffPeriod: 72 });
    const Filters = [{ Name: 'lock-state', Values: ['compliance-cooloff'] }];
    const { Snapshots } = await ec2.send(new DescribeLockedSnapshotsCommand({ Filters }));
    expect(Snapshots).toMatchObject([
      { SnapshotId: id, OwnerId: '000000000000', CoolOffPeriodExpiresOn: after(3 * DAY_MS) },
    ]);
  });
});

describe('an archived snapshot', () => {
  const archive = (SnapshotId: string) =>
    ec2.send(new ModifySnapshotTierCommand({ SnapshotId, StorageTier: 'archive' }));
  const restore = (SnapshotId: string, input: object) =>
    ec2.send(new RestoreSnapshotTierCommand({ SnapshotId, ...input }));
  const tierOf = async (id: string) => {
    const { Snapshots } = await ec2.send(new DescribeSnapshotsCommand({ SnapshotIds: [id] }));
    return Snapshots![0]!.StorageTier;
  };

  test('makes volumes again when it is restored, for some days or forever', async () => {
    const id = await snapshot();
    await archive(id);
    expect(await tierOf(id)).toBe('archive');
    await expect(volume({ SnapshotId: id })).rejects.toMatchObject({ name: 'IncorrectState' });
    await expect(archive(id)).rejects.toMatchObject({ name: 'IncorrectState' });
    expect(await restore(id, { TemporaryRestoreDays: 2 })).toMatchObject({
      ...{ SnapshotId: id, RestoreDuration: 2, IsPermanentRestore: false },
    });
    await volume({ SnapshotId: id });
    const status = async () =>
      (await ec2.send(new DescribeSnapshotTierStatusCommand({}))).SnapshotTierStatuses;
    expect(await status()).toMatchObject([
      {
        ...{ SnapshotId: id, StorageTier: 'standard', RestoreExpiryTime: after(2 * DAY_MS) },
        LastTieringOperationStatus: 'temporary-restore-completed',
      },
    ]);
    cloud.inside.clock.advance(2 * DAY_MS);
    expect(await tierOf(id)).toBe('archive');
    expect(await status()).toMatchObject([{ LastTieringOperationStatus: 'archival-completed' }]);
    await restore(id, { PermanentRestore: true });
    cloud.inside.clock.advance(400 * DAY_MS);
    expect(await tierOf(id)).toBe('standard');
    await volume({ SnapshotId: id });
    await expect(restore(id, { PermanentRestore: true })).rejects.toMatchObject({
      name: 'IncorrectState',
    });
    await expect(restore(id, {})).rejects.toMatchObject({ name: 'MissingParameter' });
  });

  test('is of no image that can be launched', async () => {
    const { Instances } = await ec2.send(
      new RunInstancesCommand({
        ...{ ImageId: 'resolve:ssm:/aws/service/alacarte/tiny', MinCount: 1, MaxCount: 1 },
      }),
    );
    await settled();
    const { InstanceId } = Instances![0]!;
    const { ImageId } = await ec2.send(new CreateImageCommand({ InstanceId, Name: 'kitchen' }));
    await settled();
    const { Images } = await ec2.send(new DescribeImagesCommand({ ImageIds: [ImageId!] }));
    const id = Images![0]!.BlockDeviceMappings![0]!.Ebs!.SnapshotId!;
    await expect(archive(id)).rejects.toMatchObject({ name: 'InvalidSnapshot.InUse' });
    await ec2.send(new DisableImageCommand({ ImageId }));
    await archive(id);
    await ec2.send(new EnableImageCommand({ ImageId }));
    const launch = () => ec2.send(new RunInstancesCommand({ ImageId, MinCount: 1, MaxCount: 1 }));
    const copy = () =>
      ec2.send(new CopySnapshotCommand({ SourceRegion: 'us-east-1', SourceSnapshotId: id }));
    const register = () =>
      ec2.send(
        new RegisterImageCommand({
          ...{ Name: 'again', RootDeviceName: '/dev/xvda' },
          BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId: id } }],
        }),
      );
    for (const refused of [launch, copy, register]) {
      await expect(refused()).rejects.toMatchObject({ name: 'IncorrectState' });
    }
    await restore(id, { TemporaryRestoreDays: 1 });
    await launch();
    await copy();
    const again = await register();
    await settled();
    await ec2.send(new DeregisterImageCommand({ ImageId: again.ImageId }));
    await ec2.send(
      new LockSnapshotCommand({ SnapshotId: id, LockMode: 'governance', LockDuration: 1 }),
    );
    const { DeleteSnapshotResults } = await ec2.send(
      new DeregisterImageCommand({ ImageId, DeleteAssociatedSnapshots: true }),
    );
    expect(DeleteSnapshotResults).toMatchObject([{ SnapshotId: id, ReturnCode: 'client-error' }]);
  });
});

test('snapshots are restored fast in the zones that an account says', async () => {
  const id = await snapshot();
  const missing = 'snap-00000000000000000';
  const zones = { AvailabilityZones: [AvailabilityZone, 'us-east-1b'] };
  const described = async () =>
    (await ec2.send(new DescribeFastSnapshotRestoresCommand({}))).FastSnapshotRestores!.map(
      ({ AvailabilityZone: zone, State }) => [zone, State],
    );
  const enabled = await ec2.send(
    new EnableFastSnapshotRestoresCommand({ SourceSnapshotIds: [id, missing], ...zones }),
  );
  expect(enabled.Successful).toMatchObject([
    { SnapshotId: id, AvailabilityZone, State: 'enabling', OwnerId: '000000000000' },
    { SnapshotId: id, AvailabilityZone: 'us-east-1b' },
  ]);
  expect(enabled.Unsuccessful).toMatchObject([
    {
      SnapshotId: missing,
      FastSnapshotRestoreStateErrors: [
        { AvailabilityZone, Error: { Code: 'InvalidSnapshot.NotFound' } },
        { AvailabilityZone: 'us-east-1b' },
      ],
    },
  ]);
  expect(await described()).toEqual([
    [AvailabilityZone, 'enabled'],
    ['us-east-1b', 'enabled'],
  ]);
  const disable = new DisableFastSnapshotRestoresCommand({
    ...{ SourceSnapshotIds: [id], AvailabilityZones: ['us-east-1b'] },
  });
  expect((await ec2.send(disable)).Successful).toMatchObject([{ State: 'disabling' }]);
  expect(await described()).toEqual([
    [AvailabilityZone, 'enabled'],
    ['us-east-1b', 'disabled'],
  ]);
  const again = await ec2.send(disable);
  expect([again.Successful, again.Unsuccessful]).toMatchObject([
    [],
    [{ FastSnapshotRestoreStateErrors: [{ Error: { Code: 'IncorrectState' } }] }],
  ]);
  await expect(
    ec2.send(
      new EnableFastSnapshotRestoresCommand({
        ...{ SourceSnapshotIds: [id], AvailabilityZones: ['us-east-1x'] },
      }),
    ),
  ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
});

test('nothing is in the recycle bins', async () => {
  const { Snapshots } = await ec2.send(new ListSnapshotsInRecycleBinCommand({}));
  const { Images } = await ec2.send(new ListImagesInRecycleBinCommand({}));
  const { Volumes } = await ec2.send(new ListVolumesInRecycleBinCommand({}));
  expect([Snapshots, Images, Volumes]).toEqual([[], [], []]);
  const none = '00000000000000000';
  await expect(
    ec2.send(new RestoreSnapshotFromRecycleBinCommand({ SnapshotId: `snap-${none}` })),
  ).rejects.toMatchObject({ name: 'InvalidSnapshot.NotFound' });
  await expect(
    ec2.send(new RestoreImageFromRecycleBinCommand({ ImageId: `ami-${none}` })),
  ).rejects.toMatchObject({ name: 'InvalidAMIID.NotFound' });
  await expect(
    ec2.send(new RestoreVolumeFromRecycleBinCommand({ VolumeId: `vol-${none}` })),
  ).rejects.toMatchObject({ name: 'InvalidVolume.NotFound' });
});

test('an account names the key that volumes are encrypted with by default', async () => {
  const key = async () => (await ec2.send(new GetEbsDefaultKmsKeyIdCommand({}))).KmsKeyId;
  const keyOf = async (id: string) =>
    (await ec2.send(new DescribeVolumesCommand({ VolumeIds: [id] }))).Volumes![0]!.KmsKeyId;
  expect(await key()).toBe('alias/aws/ebs');
  const id = '1234abcd-12ab-34cd-56ef-1234567890ab';
  const arn = `arn:aws:kms:us-east-1:000000000000:key/${id}`;
  const named = await ec2.send(new ModifyEbsDefaultKmsKeyIdCommand({ KmsKeyId: id }));
  expect([named.KmsKeyId, await key()]).toEqual([arn, arn]);
  expect(await keyOf(await volume())).toBeUndefined();
  await ec2.send(new EnableEbsEncryptionByDefaultCommand({}));
  expect(await keyOf(await volume())).toBe(arn);
  await expect(
    ec2.send(new ModifyEbsDefaultKmsKeyIdCommand({ KmsKeyId: 'under the mat' })),
  ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  await ec2.send(new ResetEbsDefaultKmsKeyIdCommand({}));
  expect(await key()).toBe('alias/aws/ebs');
});

test('I/O is enabled for volumes that are there', async () => {
  await ec2.send(new EnableVolumeIOCommand({ VolumeId: await volume() }));
  await expect(
    ec2.send(new EnableVolumeIOCommand({ VolumeId: 'vol-00000000000000000' })),
  ).rejects.toMatchObject({ name: 'InvalidVolume.NotFound' });
});
