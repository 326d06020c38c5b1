import {
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  CreateTagsCommand,
  DeleteLaunchTemplateCommand,
  DeleteLaunchTemplateVersionsCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeLaunchTemplatesCommand,
  DescribeVolumesCommand,
  EC2Client,
  GetLaunchTemplateDataCommand,
  ModifyLaunchTemplateCommand,
  RunInstancesCommand,
  type CreateLaunchTemplateCommandInput,
  type DescribeLaunchTemplateVersionsCommandInput,
  type RequestLaunchTemplateData,
  type RunInstancesCommandInput,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

const tiny = 'resolve:ssm:/aws/service/alacarte/tiny';
const data: RequestLaunchTemplateData = { ImageId: tiny, InstanceType: 't3.micro' };

let cloud: TestCloud;
let ec2: EC2Client;
let made = 0;

beforeAll(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
});
afterAll(() => cloud[Symbol.asyncDispose]());

async function create(change: Partial<CreateLaunchTemplateCommandInput> = {}) {
  const { LaunchTemplate } = await ec2.send(
    new CreateLaunchTemplateCommand({
      ...{ LaunchTemplateName: `menu-${++made}`, LaunchTemplateData: data, ...change },
    }),
  );
  return LaunchTemplate!;
}

async function addVersion(
  LaunchTemplateId: string,
  LaunchTemplateData: RequestLaunchTemplateData,
  change: { SourceVersion?: string; ClientToken?: string; VersionDescription?: string } = {},
) {
  const { LaunchTemplateVersion } = await ec2.send(
    new CreateLaunchTemplateVersionCommand({ LaunchTemplateId, LaunchTemplateData, ...change }),
  );
  return LaunchTemplateVersion!;
}

async function versions(change: DescribeLaunchTemplateVersionsCommandInput) {
  const answer = await ec2.send(new DescribeLaunchTemplateVersionsCommand(change));
  return answer.LaunchTemplateVersions!;
}

async function run(change: Partial<RunInstancesCommandInput>) {
  const { Instances } = await ec2.send(
    new RunInstancesCommand({ MinCount: 1, MaxCount: 1, ...change }),
  );
  return Instances![0]!;
}

describe('templates', () => {
  it('are made with tags, found by name, ID and tag, and deleted', async () => {
    const Tags = [{ Key: 'course', Value: 'main' }];
    const template = await create({
      TagSpecifications: [{ ResourceType: 'launch-template', Tags }],
    });
    expect(template).toMatchObject({
      ...{ DefaultVersionNumber: 1, LatestVersionNumber: 1, Tags },
      CreatedBy: 'arn:aws:iam::000000000000:root',
      LaunchTemplateId: expect.stringMatching(/^lt-[0-9a-f]{17}$/),
    });
    const LaunchTemplateId = template.LaunchTemplateId!;
    await ec2.send(
      new CreateTagsCommand({ Resources: [LaunchTemplateId], Tags: [{ Key: 'a', Value: 'b' }] }),
    );
    const find = async (how: object) => {
      const answer = await ec2.send(new DescribeLaunchTemplatesCommand(how));
      return answer.LaunchTemplates!.map((each) => each.LaunchTemplateId);
    };
    expect(await find({ LaunchTemplateNames: [template.LaunchTemplateName] })).toEqual([
      LaunchTemplateId,
    ]);
    expect(await find({ LaunchTemplateIds: [LaunchTemplateId] })).toEqual([LaunchTemplateId]);
    expect(await find({ Filters: [{ Name: 'tag:a', Values: ['b'] }] })).toEqual([LaunchTemplateId]);

    await ec2.send(new DeleteLaunchTemplateCommand({ LaunchTemplateId }));
    await expect(find({ LaunchTemplateIds: [LaunchTemplateId] })).rejects.toMatchObject({
      name: 'InvalidLaunchTemplateId.NotFound',
    });
    await expect(
      find({ LaunchTemplateNames: [template.LaunchTemplateName] }),
    ).rejects.toMatchObject({ name: 'InvalidLaunchTemplateName.NotFoundException' });
    await create({ LaunchTemplateName: template.LaunchTemplateName });
  });

  it('are made once for each token and name', async () => {
    const request = { LaunchTemplateName: 'once', ClientToken: 'token' };
    const { LaunchTemplateId } = await create(request);
    expect(await create(request)).toMatchObject({ LaunchTemplateId });
    await expect(
      create({ ...request, LaunchTemplateData: { ImageId: tiny } }),
    ).rejects.toMatchObject({ name: 'IdempotentParameterMismatch' });
    await expect(create({ LaunchTemplateName: 'once' })).rejects.toMatchObject({
      name: 'InvalidLaunchTemplateName.AlreadyExistsException',
    });
    await ec2.send(new DeleteLaunchTemplateCommand({ LaunchTemplateName: 'once' }));
    expect((await create(request)).LaunchTemplateId).not.toBe(LaunchTemplateId);
  });

  it.each([
    [{ LaunchTemplateName: 'not a name' }, 'InvalidLaunchTemplateName.MalformedException'],
    [{ LaunchTemplateName: 'ab' }, 'InvalidLaunchTemplateName.MalformedException'],
    [{ LaunchTemplateData: {} }, 'MissingParameter'],
    [{ LaunchTemplateData: { UserData: '?' } }, 'InvalidParameterValue'],
    [
      { LaunchTemplateData: { TagSpecifications: [{ ResourceType: 'vpc' as const }] } },
      'InvalidParameterValue',
    ],
    [{ DryRun: true }, 'DryRunOperation'],
  ])('are refused with %o', async (change, name) => {
    await expect(create(change)).rejects.toMatchObject({ name });
  });
});

describe('versions', () => {
  it('take over what their source says and they do not', async () => {
    const { LaunchTemplateId } = await create({
      LaunchTemplateData: { ...data, KeyName: 'gone', Monitoring: { Enabled: true } },
    });
    const second = await addVersion(
      LaunchTemplateId!,
      { InstanceType: 't3.small' },
      { SourceVersion: '1', VersionDescription: 'bigger', ClientToken: 'again' },
    );
    expect(second).toMatchObject({
      ...{ VersionNumber: 2, DefaultVersion: false, VersionDescription: 'bigger' },
      LaunchTemplateData: {
        ImageId: tiny,
        InstanceType: 't3.small',
        Monitoring: { Enabled: true },
      },
    });
    const repeated = await addVersion(
      LaunchTemplateId!,
      { InstanceType: 't3.small' },
      { SourceVersion: '1', VersionDescription: 'bigger', ClientToken: 'again' },
    );
    expect(repeated.VersionNumber).toBe(2);
    const third = await addVersion(LaunchTemplateId!, { InstanceType: 't3.nano' });
    expect(third.LaunchTemplateData).toEqual({ InstanceType: 't3.nano' });
    await expect(addVersion(LaunchTemplateId!, data, { SourceVersion: '9' })).rejects.toMatchObject(
      { name: 'InvalidLaunchTemplateId.VersionNotFound' },
    );
  });

  it('are described by number, by alias, in ranges and by page', async () => {
    const { LaunchTemplateId } = await create();
    for (const InstanceType of ['t3.small', 't3.medium', 't3.large'] as const) {
      await addVersion(LaunchTemplateId!, { InstanceType });
    }
    await ec2.send(new ModifyLaunchTemplateCommand({ LaunchTemplateId, DefaultVersion: '2' }));
    const numbers = async (change: object) =>
      (await versions({ LaunchTemplateId, ...change })).map((each) => each.VersionNumber);
    expect(await numbers({})).toEqual([4, 3, 2, 1]);
    expect(await numbers({ Versions: ['$Latest', '$Default'] })).toEqual([4, 2]);
    expect(await numbers({ MinVersion: '2', MaxVersion: '3' })).toEqual([3, 2]);
    const isDefault = { Name: 'is-default-version', Values: ['true'] };
    expect(await numbers({ Filters: [isDefault] })).toEqual([2]);
    const page = await ec2.send(
      new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId, MaxResults: 3 }),
    );
    expect(page.LaunchTemplateVersions).toHaveLength(3);
    expect(await numbers({ NextToken: page.NextToken })).toEqual([1]);
    const latest = await versions({ Versions: ['$Latest'] });
    expect(latest).toContainEqual(expect.objectContaining({ LaunchTemplateId, VersionNumber: 4 }));
    await expect(numbers({ Versions: ['7'] })).rejects.toMatchObject({
      name: 'InvalidLaunchTemplateId.VersionNotFound',
    });
    await expect(numbers({ Versions: ['first'] })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
    await expect(versions({ Versions: ['1'] })).rejects.toMatchObject({
      name: 'InvalidParameterCombination',
    });
  });

  it('are deleted one by one, but for the default one', async () => {
    const { LaunchTemplateId } = await create();
    await addVersion(LaunchTemplateId!, data);
    const answer = await ec2.send(
      new DeleteLaunchTemplateVersionsCommand({ LaunchTemplateId, Versions: ['1', '2', '8'] }),
    );
    expect(answer.SuccessfullyDeletedLaunchTemplateVersions).toMatchObject([{ VersionNumber: 2 }]);
    expect(answer.UnsuccessfullyDeletedLaunchTemplateVersions).toMatchObject([
      { VersionNumber: 1, ResponseError: { Code: 'unexpectedError' } },
      { VersionNumber: 8, ResponseError: { Code: 'launchTemplateVersionDoesNotExist' } },
    ]);
    expect((await addVersion(LaunchTemplateId!, data)).VersionNumber).toBe(3);
    await expect(
      ec2.send(new ModifyLaunchTemplateCommand({ LaunchTemplateId, DefaultVersion: '2' })),
    ).rejects.toMatchObject({ name: 'InvalidLaunchTemplateId.VersionNotFound' });
  });
});

describe('a launch from a template', () => {
  const tag = (Key: string, Value: string) => ({ Key, Value });

  it('takes what the request does not say from the version that it names', async () => {
    const { LaunchTemplateId, LaunchTemplateName } = await create({
      LaunchTemplateData: {
        ...data,
        BlockDeviceMappings: [{ DeviceName: '/dev/sdf', Ebs: { VolumeSize: 3 } }],
        TagSpecifications: [
          { ResourceType: 'instance', Tags: [tag('Name', 'template'), tag('team', 'kitchen')] },
          { ResourceType: 'volume', Tags: [tag('disk', 'yes')] },
        ],
      },
    });
    const instance = await run({
      LaunchTemplate: { LaunchTemplateName },
      InstanceType: 't3.small',
      TagSpecifications: [{ ResourceType: 'instance', Tags: [tag('Name', 'request')] }],
    });
    expect(instance.InstanceType).toBe('t3.small');
    expect(new Set(instance.Tags)).toEqual(
      new Set([
        tag('Name', 'request'),
        tag('team', 'kitchen'),
        tag('aws:ec2launchtemplate:id', LaunchTemplateId!),
        tag('aws:ec2launchtemplate:version', '1'),
      ]),
    );
    const Filters = [{ Name: 'attachment.instance-id', Values: [instance.InstanceId!] }];
    const { Volumes } = await ec2.send(new DescribeVolumesCommand({ Filters }));
    expect(Volumes).toContainEqual(
      expect.objectContaining({ Size: 3, Tags: [tag('disk', 'yes')] }),
    );

    await addVersion(LaunchTemplateId!, { ...data, InstanceType: 't3.nano' });
    const latest = await run({ LaunchTemplate: { LaunchTemplateId, Version: '$Latest' } });
    expect(latest.InstanceType).toBe('t3.nano');
    expect(latest.Tags).toContainEqual(tag('aws:ec2launchtemplate:version', '2'));
  });

  it.each([
    [{ LaunchTemplateName: 'nobody' }, 'InvalidLaunchTemplateName.NotFoundException'],
    [{ LaunchTemplateId: 'lt-0123456789abcdef0' }, 'InvalidLaunchTemplateId.NotFound'],
    [{ LaunchTemplateId: 'nobody' }, 'InvalidLaunchTemplateId.Malformed'],
    [{ Version: '1' }, 'MissingParameter'],
  ])('is refused with %o', async (LaunchTemplate, name) => {
    await expect(run({ ImageId: tiny, LaunchTemplate })).rejects.toMatchObject({ name });
  });

  it('is like the instance that its template was read from', async () => {
    const first = await run({
      ...{ ImageId: tiny, InstanceType: 't3.small', DisableApiStop: true },
      MetadataOptions: { HttpTokens: 'required' },
      BlockDeviceMappings: [{ DeviceName: '/dev/sdg', Ebs: { VolumeSize: 2 } }],
      TagSpecifications: [{ ResourceType: 'instance', Tags: [tag('Name', 'first')] }],
    });
    const { LaunchTemplateData } = await ec2.send(
      new GetLaunchTemplateDataCommand({ InstanceId: first.InstanceId }),
    );
    const template = await create({
      LaunchTemplateData: LaunchTemplateData as RequestLaunchTemplateData,
    });
    const { LaunchTemplateId } = template;
    const second = await run({ LaunchTemplate: { LaunchTemplateId } });
    expect(second).toMatchObject({
      ...{ ImageId: first.ImageId, InstanceType: 't3.small', SubnetId: first.SubnetId },
      MetadataOptions: { HttpTokens: 'required' },
    });
    expect(second.Tags).toContainEqual(tag('Name', 'first'));
    expect(second.BlockDeviceMappings).toHaveLength(2);
  });
});
