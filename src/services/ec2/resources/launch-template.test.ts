import { expect, it } from 'vitest';
import { startResourceHarness } from '../../../../test/resource-harness.ts';

const ImageId = 'resolve:ssm:/aws/service/alacarte/tiny';

it('makes a template, gives it a version for each change, and launches from it into a group', async () => {
  await using harness = await startResourceHarness();
  const type = 'AWS::EC2::LaunchTemplate';
  const Tags = [{ Key: 'Name', Value: 'menu' }];
  const desired = {
    LaunchTemplateData: {
      ...{ ImageId, InstanceType: 'm5.large', MetadataOptions: { HttpTokens: 'required' } },
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'of', Value: 'template' }] }],
    },
    TagSpecifications: [{ ResourceType: 'launch-template', Tags }],
  };
  const made = await harness.create(type, desired);
  const LaunchTemplateId = made.identifier;
  expect(await made.read()).toMatchObject({
    ...{ ...desired, LaunchTemplateId, DefaultVersionNumber: '1', LatestVersionNumber: '1' },
    LaunchTemplateName: expect.stringMatching(/^stack-/),
  });
  expect(await harness.list(type)).toEqual([LaunchTemplateId]);

  await made.update({ ...desired, TagSpecifications: [] });
  expect(await made.read()).toMatchObject({ LatestVersionNumber: '1' });
  await made.update({ LaunchTemplateData: { ImageId, InstanceType: 'm5.xlarge' } });
  const changed = await made.read();
  expect(changed).toMatchObject({ DefaultVersionNumber: '1', LatestVersionNumber: '2' });
  expect(changed).not.toHaveProperty('TagSpecifications');

  const group = await harness.create('AWS::EC2::PlacementGroup', { Strategy: 'cluster' });
  const instance = await harness.create('AWS::EC2::Instance', {
    LaunchTemplate: { LaunchTemplateId, Version: '2' },
    PlacementGroupName: group.identifier,
  });
  expect(await instance.read()).toMatchObject({
    ...{ InstanceType: 'm5.xlarge', PlacementGroupName: group.identifier },
  });
  await expect(group.delete()).rejects.toMatchObject({ code: 'InvalidPlacementGroup.InUse' });
  await instance.delete();
  await group.delete();
  await made.delete();
  expect(await made.read()).toBeUndefined();
});

it('makes a placement group with all that it may say', async () => {
  await using harness = await startResourceHarness();
  const desired = {
    ...{ Strategy: 'partition', PartitionCount: 4 },
    Tags: [{ Key: 'Name', Value: 'apart' }],
  };
  const group = await harness.create('AWS::EC2::PlacementGroup', desired);
  expect(await group.read()).toMatchObject({ ...desired, GroupName: group.identifier });
  await group.delete();
  expect(await harness.list('AWS::EC2::PlacementGroup')).toEqual([]);
});
