import { DescribeFleetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { expect, it } from 'vitest';
import { startResourceHarness } from '../../../../test/resource-harness.ts';

it('reserves capacity, and changes how much and until when', async () => {
  await using harness = await startResourceHarness();
  const type = 'AWS::EC2::CapacityReservation';
  const desired = {
    ...{ InstanceType: 'm5.large', InstancePlatform: 'Linux/UNIX', InstanceCount: 2 },
    AvailabilityZone: 'us-east-1a',
    TagSpecifications: [
      { ResourceType: 'capacity-reservation', Tags: [{ Key: 'Name', Value: 'window' }] },
    ],
  };
  const made = await harness.create(type, desired);
  expect(await made.read()).toMatchObject({
    ...{ ...desired, Id: made.identifier, State: 'active', EndDateType: 'unlimited' },
    ...{ AvailableInstanceCount: 2, InstanceMatchCriteria: 'open' },
  });
  expect(await harness.list(type)).toEqual([made.identifier]);
  const EndDate = '2026-12-24T18:00:00.000Z';
  await made.update({ ...desired, InstanceCount: 5, EndDate });
  expect(await made.read()).toMatchObject({ InstanceCount: 5, EndDate, EndDateType: 'limited' });
  await made.update({ ...desired, InstanceCount: 5 });
  expect(await made.read()).toMatchObject({ EndDateType: 'unlimited' });
  await made.delete();
  expect(await made.read()).toBeUndefined();
  expect(await harness.list(type)).toEqual([]);
});

it('has hosts of its own, and changes what they take by themselves', async () => {
  await using harness = await startResourceHarness();
  const type = 'AWS::EC2::Host';
  const desired = {
    ...{ InstanceFamily: 'm5', AvailabilityZone: 'us-east-1a', AutoPlacement: 'off' },
    Tags: [{ Key: 'Name', Value: 'private' }],
  };
  const made = await harness.create(type, desired);
  expect(await made.read()).toMatchObject({
    ...{ ...desired, HostId: made.identifier, HostRecovery: 'off' },
  });
  expect(await harness.list(type)).toEqual([made.identifier]);
  await made.update({ InstanceFamily: 'm5', AvailabilityZone: 'us-east-1a', HostRecovery: 'on' });
  const changed = await made.read();
  expect(changed).toMatchObject({ AutoPlacement: 'on', HostRecovery: 'on' });
  expect(changed).not.toHaveProperty('Tags');
  await made.delete();
  expect(await made.read()).toBeUndefined();
  expect(await harness.list(type)).toEqual([]);
});

it('keeps a fleet, which changes its size and goes with its instances', async () => {
  await using harness = await startResourceHarness();
  const template = await harness.create('AWS::EC2::LaunchTemplate', {
    LaunchTemplateData: { ImageId: 'resolve:ssm:/aws/service/alacarte/tiny' },
  });
  const type = 'AWS::EC2::EC2Fleet';
  const Tags = [{ Key: 'Name', Value: 'crew' }];
  const LaunchTemplateSpecification = { LaunchTemplateId: template.identifier, Version: '1' };
  const desired = (TotalTargetCapacity: number) => ({
    LaunchTemplateConfigs: [
      { LaunchTemplateSpecification, Overrides: [{ InstanceType: 't3.nano' }] },
    ],
    TargetCapacitySpecification: { TotalTargetCapacity, DefaultTargetCapacityType: 'on-demand' },
    TagSpecifications: [{ ResourceType: 'fleet', Tags }],
  });
  const made = await harness.create(type, desired(2));
  expect(await made.read()).toMatchObject({ ...desired(2), Type: 'maintain' });
  expect(await harness.list(type)).toEqual([made.identifier]);
  const ec2 = harness.cloud.client(EC2Client);
  const FleetIds = [made.identifier];
  const fulfilled = async () => {
    const { Fleets } = await ec2.send(new DescribeFleetsCommand({ FleetIds }));
    return Fleets![0]!.FulfilledCapacity;
  };
  await made.update(desired(3));
  await expect.poll(fulfilled).toBe(3);
  await made.delete();
  expect(await made.read()).toBeUndefined();
  expect(await fulfilled()).toBe(0);
  expect(await harness.list(type)).toEqual([]);
});
