import { CreateSnapshotCommand, EC2Client } from '@aws-sdk/client-ec2';
import { expect, it } from 'vitest';
import * as model from '../../../models/generated/ec2.ts';
import { startResourceHarness } from '../../../../test/resource-harness.ts';

it('is made, attached to an instance, changed, and taken away again', async () => {
  await using harness = await startResourceHarness();
  const AvailabilityZone = 'us-east-1a';
  const instance = await harness.create('AWS::EC2::Instance', {
    ...{ ImageId: 'resolve:ssm:/aws/service/alacarte/tiny', AvailabilityZone },
  });
  const desired = { AvailabilityZone, Size: 2, Tags: [{ Key: 'Name', Value: 'larder' }] };
  const volume = await harness.create('AWS::EC2::Volume', desired);
  expect(await volume.read()).toMatchObject({
    ...{ VolumeId: volume.identifier, Size: 2, VolumeType: 'gp2', AutoEnableIO: false },
    Tags: desired.Tags,
  });
  const [VolumeId, InstanceId] = [volume.identifier, instance.identifier];
  const attachment = await harness.create('AWS::EC2::VolumeAttachment', {
    ...{ VolumeId, InstanceId, Device: '/dev/sdf' },
  });
  expect(attachment.identifier).toBe(`${VolumeId}|${InstanceId}`);
  expect(await attachment.read()).toEqual({ VolumeId, InstanceId, Device: '/dev/sdf' });
  await volume.update({ ...desired, Size: 3, VolumeType: 'gp3', AutoEnableIO: true });
  expect(await volume.read()).toMatchObject({ Size: 3, VolumeType: 'gp3', AutoEnableIO: true });
  await expect(volume.delete()).rejects.toMatchObject({ code: 'VolumeInUse' });
  await attachment.delete();
  expect(await attachment.read()).toBeUndefined();
  await volume.delete();
  expect(await volume.read()).toBeUndefined();
});

it('is made of a snapshot', async () => {
  await using harness = await startResourceHarness();
  const AvailabilityZone = 'us-east-1a';
  const first = await harness.create('AWS::EC2::Volume', { AvailabilityZone, Size: 2 });
  const ec2 = harness.cloud.client(EC2Client);
  const { SnapshotId } = await ec2.send(new CreateSnapshotCommand({ VolumeId: first.identifier }));
  await harness.cloud.inside.workflows.settled();
  const second = await harness.create('AWS::EC2::Volume', {
    AvailabilityZone,
    SnapshotId: SnapshotId!,
  });
  expect(await second.read()).toMatchObject({ SnapshotId, Size: 2 });
});

it('is made once where an attempt was cut off', async () => {
  await using harness = await startResourceHarness();
  harness.crashBefore(model.ModifyVolumeAttribute);
  const desired = { AvailabilityZone: 'us-east-1a', Size: 2, AutoEnableIO: true };
  await expect(harness.create('AWS::EC2::Volume', desired)).rejects.toThrow('crashed');
  expect(await harness.list('AWS::EC2::Volume')).toHaveLength(1);
});
