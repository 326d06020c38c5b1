import {
  CancelImageLaunchPermissionCommand,
  CopyImageCommand,
  CreateImageCommand,
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  DeregisterImageCommand,
  DescribeImageAttributeCommand,
  DescribeImageReferencesCommand,
  DescribeImagesCommand,
  DescribeInstanceImageMetadataCommand,
  DisableAllowedImagesSettingsCommand,
  DisableImageCommand,
  DisableImageBlockPublicAccessCommand,
  DisableImageDeprecationCommand,
  DisableImageDeregistrationProtectionCommand,
  EC2Client,
  EnableAllowedImagesSettingsCommand,
  EnableImageCommand,
  EnableImageDeprecationCommand,
  EnableImageDeregistrationProtectionCommand,
  GetAllowedImagesSettingsCommand,
  GetImageAncestryCommand,
  ModifyImageAttributeCommand,
  ReplaceImageCriteriaInAllowedImagesSettingsCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
  type DescribeImageReferencesCommandInput,
  type DescribeImagesCommandInput,
  type ImageCriterionRequest,
} from '@aws-sdk/client-ec2';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

const OTHER_ACCOUNT = '111111111111';
const HOUR_MS = 3_600_000;
const TINY = 'resolve:ssm:/aws/service/alacarte/tiny';

let cloud: TestCloud;
let ec2: EC2Client;
let other: EC2Client;

beforeEach(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
  other = cloud.client(EC2Client, {
    credentials: { accessKeyId: OTHER_ACCOUNT, secretAccessKey: 'test' },
  });
});
afterEach(() => cloud[Symbol.asyncDispose]());

const settled = () => cloud.inside.workflows.settled();

async function launch(ImageId = TINY, client = ec2) {
  const { Instances } = await client.send(
    new RunInstancesCommand({ ImageId, MinCount: 1, MaxCount: 1 }),
  );
  await settled();
  return Instances![0]!;
}

async function imageOf(InstanceId: string, Name = 'kitchen'): Promise<string> {
  const { ImageId } = await ec2.send(new CreateImageCommand({ InstanceId, Name }));
  await settled();
  return ImageId!;
}

const images = async (input: DescribeImagesCommandInput, client = ec2) =>
  (await client.send(new DescribeImagesCommand(input))).Images!;

const share = (ImageId: string) =>
  ec2.send(
    new ModifyImageAttributeCommand({
      ImageId,
      LaunchPermission: { Add: [{ UserId: OTHER_ACCOUNT }] },
    }),
  );

describe('a deprecated image', () => {
  test('is launched by those who know it, found by its owner and by those who ask for it', async () => {
    const ImageId = await imageOf((await launch()).InstanceId!);
    await share(ImageId);
    const { clock } = cloud.inside;
    const DeprecateAt = new Date(clock.now() + HOUR_MS);
    await ec2.send(new EnableImageDeprecationCommand({ ImageId, DeprecateAt }));
    const Owners = ['000000000000'];
    const seen = async () => [
      (await images({ Owners })).length,
      (await images({ Owners }, other)).length,
      (await images({ Owners, IncludeDeprecated: true }, other)).length,
      (await images({ ImageIds: [ImageId] }, other)).length,
    ];
    expect(await seen()).toEqual([1, 1, 1, 1]);
    clock.advance(HOUR_MS);
    expect(await seen()).toEqual([1, 0, 1, 1]);
    const [shown] = await images({ Owners });
    expect(shown!.DeprecationTime).toBe(DeprecateAt.toISOString());
    expect((await launch(ImageId, other)).ImageId).toBe(ImageId);
    await ec2.send(new DisableImageDeprecationCommand({ ImageId }));
    expect(await seen()).toEqual([1, 1, 1, 1]);
    expect((await images({ Owners }))[0]).not.toHaveProperty('DeprecationTime');
  });

  test('is deprecated to the minute, within ten years, and two where it is public', async () => {
    const ImageId = await imageOf((await launch()).InstanceId!);
    const deprecate = (at: string) =>
      ec2.send(new EnableImageDeprecationCommand({ ImageId, DeprecateAt: new Date(at) }));
    for (const at of ['2026-11-23T11:00:00Z', '2036-11-24T00:00:00Z']) {
      await expect(deprecate(at)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    }
    await deprecate('2036-11-23T11:59:31Z');
    const [shown] = await images({ ImageIds: [ImageId] });
    expect(shown!.DeprecationTime).toBe('2036-11-23T12:00:00.000Z');
    await ec2.send(new DisableImageBlockPublicAccessCommand());
    await ec2.send(
      new ModifyImageAttributeCommand({ ImageId, LaunchPermission: { Add: [{ Group: 'all' }] } }),
    );
    await expect(deprecate('2028-12-01T00:00:00Z')).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
    await deprecate('2028-11-01T00:00:00Z');
  });
});

describe('a disabled image', () => {
  test('is shared with nobody, launched by nobody and hidden until it is enabled', async () => {
    const ImageId = await imageOf((await launch()).InstanceId!);
    await share(ImageId);
    expect(await ec2.send(new DisableImageCommand({ ImageId }))).toMatchObject({ Return: true });
    expect(await images({ Owners: ['self'] })).toEqual([]);
    expect(await images({ Owners: ['self'], IncludeDisabled: true })).toMatchObject([
      { ImageId, State: 'disabled', Public: false },
    ]);
    await expect(launch(ImageId)).rejects.toMatchObject({ name: 'InvalidAMIID.Unavailable' });
    await expect(share(ImageId)).rejects.toMatchObject({ name: 'InvalidAMIID.Unavailable' });
    await expect(launch(ImageId, other)).rejects.toMatchObject({ name: 'InvalidAMIID.NotFound' });
    await ec2.send(new EnableImageCommand({ ImageId }));
    expect((await launch(ImageId)).ImageId).toBe(ImageId);
    await expect(launch(ImageId, other)).rejects.toMatchObject({ name: 'InvalidAMIID.NotFound' });
    await share(ImageId);
    expect((await launch(ImageId, other)).ImageId).toBe(ImageId);
    await expect(other.send(new DisableImageCommand({ ImageId }))).rejects.toMatchObject({
      name: 'AuthFailure',
    });
  });
});

describe('a protected image', () => {
  const protect = (ImageId: string, WithCooldown: boolean) =>
    ec2.send(new EnableImageDeregistrationProtectionCommand({ ImageId, WithCooldown }));
  const unprotect = (ImageId: string) =>
    ec2.send(new DisableImageDeregistrationProtectionCommand({ ImageId }));
  const deregister = (ImageId: string) => ec2.send(new DeregisterImageCommand({ ImageId }));

  test('is deregistered as soon as it is protected no more', async () => {
    const ImageId = await imageOf((await launch()).InstanceId!);
    await protect(ImageId, false);
    expect((await images({ ImageIds: [ImageId] }))[0]).toMatchObject({
      DeregistrationProtection: 'enabled-without-cooldown',
    });
    await expect(deregister(ImageId)).rejects.toMatchObject({ name: 'OperationNotPermitted' });
    await unprotect(ImageId);
    await deregister(ImageId);
    expect(await images({ Owners: ['self'] })).toEqual([]);
  });

  test('stays for another day with a cooldown', async () => {
    const ImageId = await imageOf((await launch()).InstanceId!);
    const attribute = async () =>
      (
        await ec2.send(
          new DescribeImageAttributeCommand({ ImageId, Attribute: 'deregistrationProtection' }),
        )
      ).DeregistrationProtection?.Value;
    await protect(ImageId, true);
    expect(await attribute()).toBe('enabled-with-cooldown');
    await unprotect(ImageId);
    expect(await attribute()).toBe('disabled');
    cloud.inside.clock.advance(23 * HOUR_MS);
    await unprotect(ImageId);
    await expect(deregister(ImageId)).rejects.toMatchObject({ name: 'OperationNotPermitted' });
    cloud.inside.clock.advance(HOUR_MS);
    await deregister(ImageId);
  });
});

test('an account gives back the leave to launch an image', async () => {
  const ImageId = await imageOf((await launch()).InstanceId!);
  await share(ImageId);
  const cancel = () => other.send(new CancelImageLaunchPermissionCommand({ ImageId }));
  expect(await images({ ExecutableUsers: ['self'] }, other)).toHaveLength(1);
  await cancel();
  expect(await images({ ExecutableUsers: ['self'] }, other)).toEqual([]);
  await expect(cancel()).rejects.toMatchObject({ name: 'InvalidAMIID.NotFound' });
  await expect(ec2.send(new CancelImageLaunchPermissionCommand({ ImageId }))).rejects.toMatchObject(
    { name: 'OperationNotPermitted' },
  );
});

test('the ancestry of an image goes back over regions to its root', async () => {
  const { InstanceId, ImageId: root } = await launch();
  const SourceImageId = await imageOf(InstanceId!);
  const west = cloud.client(EC2Client, { region: 'us-west-2' });
  const { ImageId } = await west.send(
    new CopyImageCommand({ SourceImageId, SourceRegion: 'us-east-1', Name: 'copied' }),
  );
  await settled();
  const { ImageAncestryEntries } = await west.send(new GetImageAncestryCommand({ ImageId }));
  expect(ImageAncestryEntries).toMatchObject([
    { ImageId, SourceImageId, SourceImageRegion: 'us-east-1' },
    { ImageId: SourceImageId, SourceImageId: root, SourceImageRegion: 'us-east-1' },
    { ImageId: root, ImageOwnerAlias: 'alacarte' },
  ]);
  await expect(
    west.send(new GetImageAncestryCommand({ ImageId: 'ami-00000000000000000' })),
  ).rejects.toMatchObject({ name: 'InvalidAMIID.NotFound' });
});

describe('allowed images', () => {
  const allow = (...ImageCriteria: ImageCriterionRequest[]) =>
    ec2.send(new ReplaceImageCriteriaInAllowedImagesSettingsCommand({ ImageCriteria }));
  const switchTo = (AllowedImagesSettingsState: 'enabled' | 'audit-mode') =>
    ec2.send(new EnableAllowedImagesSettingsCommand({ AllowedImagesSettingsState }));

  test('are all that are found and launched, beside those of the account', async () => {
    const { InstanceId, ImageId } = await launch();
    const own = await imageOf(InstanceId!);
    await allow({ ImageProviders: ['amazon'], ImageNames: ['al2023-*'] });
    expect((await launch(ImageId)).ImageId).toBe(ImageId);
    await switchTo('enabled');
    await expect(launch(ImageId)).rejects.toMatchObject({ name: 'InvalidAMIID.NotFound' });
    await expect(images({ ImageIds: [ImageId!] })).rejects.toMatchObject({
      name: 'InvalidAMIID.NotFound',
    });
    expect((await launch(own)).ImageId).toBe(own);
    const found = await images({});
    expect(found.every(({ Name, ImageId: id }) => id === own || Name!.startsWith('al2023-'))).toBe(
      true,
    );
    expect(found.length).toBeGreaterThan(1);
    expect(found.every(({ ImageAllowed }) => ImageAllowed === true)).toBe(true);
    await allow(
      { ImageNames: ['alacarte-*'] },
      { CreationDateCondition: { MaximumDaysSinceCreated: 1 } },
    );
    expect((await launch(ImageId)).ImageId).toBe(ImageId);
    await ec2.send(new DisableAllowedImagesSettingsCommand());
    expect((await images({ ImageIds: [ImageId!] }))[0]).not.toHaveProperty('ImageAllowed');
  });

  test('are told from others when they are audited', async () => {
    const { ImageId, InstanceId } = await launch();
    await allow({ CreationDateCondition: { MaximumDaysSinceCreated: 1 } });
    await switchTo('audit-mode');
    expect((await launch(ImageId)).ImageId).toBe(ImageId);
    const Filters = [{ Name: 'image-allowed', Values: ['false'] }];
    const refused = (await images({ Filters })).map((each) => each.ImageId);
    expect(refused).toContain(ImageId);
    const { InstanceImageMetadata } = await ec2.send(
      new DescribeInstanceImageMetadataCommand({ InstanceIds: [InstanceId!] }),
    );
    expect(InstanceImageMetadata).toMatchObject([
      {
        InstanceId,
        State: { Name: 'running' },
        ImageMetadata: {
          ImageId,
          ImageOwnerAlias: 'alacarte',
          ImageAllowed: false,
          IsPublic: true,
        },
      },
    ]);
    const { $metadata: _, ...settings } = await ec2.send(new GetAllowedImagesSettingsCommand());
    expect(settings).toEqual({
      State: 'audit-mode',
      ImageCriteria: [{ CreationDateCondition: { MaximumDaysSinceCreated: 1 } }],
      ManagedBy: 'account',
    });
  });

  test('are told by criteria that are well formed', async () => {
    for (const wrong of [
      { ImageProviders: ['somebody'] },
      { ImageNames: ['{}'] },
      { MarketplaceProductCodes: ['a-b'] },
    ]) {
      await expect(allow(wrong)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    }
    await expect(allow({ ImageProviders: ['none', 'amazon'] })).rejects.toMatchObject({
      name: 'InvalidParameterCombination',
    });
    await allow({ ImageProviders: ['none'] });
    const before = await ec2.send(new GetAllowedImagesSettingsCommand());
    expect(before).toMatchObject({
      State: 'disabled',
      ImageCriteria: [{ ImageProviders: ['none'] }],
    });
  });
});

test('what became of an instance’s image is told after it was deregistered', async () => {
  const ImageId = await imageOf((await launch()).InstanceId!);
  const { InstanceId } = await launch(ImageId);
  const InstanceIds = [InstanceId!];
  const metadata = async () =>
    (await ec2.send(new DescribeInstanceImageMetadataCommand({ InstanceIds })))
      .InstanceImageMetadata![0]!.ImageMetadata;
  expect(await metadata()).toMatchObject({ ImageId, Name: 'kitchen', State: 'available' });
  await ec2.send(new DeregisterImageCommand({ ImageId }));
  expect(await metadata()).toEqual({ ImageId, State: 'deregistered' });
  await ec2.send(new TerminateInstancesCommand({ InstanceIds }));
});

describe('what refers to an image', () => {
  const references = async (
    input: Omit<DescribeImageReferencesCommandInput, 'ImageIds'>,
    id: string,
  ) =>
    (
      await ec2.send(new DescribeImageReferencesCommand({ ImageIds: [id], ...input }))
    ).ImageReferences!.map(({ ResourceType, Arn }) => [ResourceType, Arn?.split(':').at(-1)]);

  test('is instances, launch templates and parameters', async () => {
    const { InstanceId, ImageId } = await launch();
    const id = ImageId!;
    const { LaunchTemplate } = await ec2.send(
      new CreateLaunchTemplateCommand({
        LaunchTemplateName: 'kitchen',
        LaunchTemplateData: { ImageId },
      }),
    );
    const { LaunchTemplateId } = LaunchTemplate!;
    const ssm = cloud.client(SSMClient);
    await ssm.send(
      new PutParameterCommand({
        ...{ Name: '/kitchen/image', Type: 'String', DataType: 'aws:ec2:image', Value: ImageId },
      }),
    );
    await ssm.send(
      new PutParameterCommand({ Name: '/kitchen/text', Type: 'String', Value: ImageId }),
    );
    const all = { IncludeAllResourceTypes: true };
    expect(await references(all, id)).toEqual([
      ['ec2:Instance', `instance/${InstanceId}`],
      ['ec2:LaunchTemplate', `launch-template/${LaunchTemplateId}`],
      ['ssm:Parameter', 'parameter/kitchen/image'],
    ]);
    const stopped = {
      ResourceType: 'ec2:Instance',
      ResourceTypeOptions: [{ OptionName: 'state-name', OptionValues: ['stopped'] }],
    } as const;
    expect(await references({ ResourceTypes: [stopped as object] }, id)).toEqual([]);
    await ec2.send(
      new CreateLaunchTemplateVersionCommand({
        LaunchTemplateId,
        LaunchTemplateData: { ImageId: 'ami-00000000000000000' },
      }),
    );
    const latest = {
      ResourceType: 'ec2:LaunchTemplate',
      ResourceTypeOptions: [{ OptionName: 'version-depth', OptionValues: ['1'] }],
    } as const;
    expect(await references({ ResourceTypes: [latest as object] }, id)).toEqual([]);
    expect(
      await references({ ResourceTypes: [{ ResourceType: 'ec2:LaunchTemplate' }] }, id),
    ).toEqual([['ec2:LaunchTemplate', `launch-template/${LaunchTemplateId}`]]);
    await expect(references({}, id)).rejects.toMatchObject({ name: 'MissingParameter' });
    await expect(
      references({ ResourceTypes: [{ ResourceType: 'ec2:Kettle' as 'ec2:Instance' }] }, id),
    ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });
});
