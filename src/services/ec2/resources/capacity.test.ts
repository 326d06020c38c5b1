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
