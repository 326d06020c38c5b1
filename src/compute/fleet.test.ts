import { pino } from 'pino';
import { expect, test } from 'vitest';
import { MovableClock } from '../kernel/clock.ts';
import { specOf } from './driver.contract.ts';
import type { Driver, DriverName, MachineState } from './driver.ts';
import { Fleet } from './fleet.ts';
import { MockDriver } from './mock/mock-driver.ts';

const clock = new MovableClock(0);

/** A mock that goes by another driver's name. */
function driverNamed(name: DriverName): MockDriver {
  return Object.assign(new MockDriver({ clock }), { name });
}

function fleetOf(first: Driver, others: readonly Driver[], withMachines: DriverName[] = []) {
  const opened: DriverName[] = [];
  const open = (name: DriverName): Driver => {
    opened.push(name);
    return others.find((each) => each.name === name)!;
  };
  const log = pino({ level: 'silent' });
  return { fleet: new Fleet({ first, withMachines, open, log }), opened };
}

test('a machine is made by the driver that it asks for, and stays its own', async () => {
  const [first, docker] = [driverNamed('qemu'), driverNamed('docker')];
  const { fleet, opened } = fleetOf(first, [docker]);
  await fleet.create(specOf('i-1'));
  expect(opened).toEqual([]);
  await fleet.create({ ...specOf('i-2'), driver: 'docker' });
  await fleet.start('i-2');
  expect(await first.list()).toMatchObject([{ id: 'i-1', power: 'off' }]);
  expect(await docker.list()).toMatchObject([{ id: 'i-2', power: 'on' }]);
  expect((await fleet.list()).map(({ id }) => id)).toEqual(['i-1', 'i-2']);
  await fleet.destroy('i-2');
  expect(await docker.list()).toEqual([]);
  expect(await first.list()).toHaveLength(1);
});

test('machines from before are found with their drivers, and heard of', async () => {
  const [first, docker] = [driverNamed('qemu'), driverNamed('docker')];
  await docker.create(specOf('i-1'));
  await docker.start('i-1');
  const { fleet } = fleetOf(first, [docker], ['docker']);
  expect(await fleet.find('i-1')).toMatchObject({ power: 'on' });
  const heard: MachineState[] = [];
  fleet.watch((state) => heard.push(state));
  await docker.powerOffFromInside('i-1');
  expect(heard).toEqual([{ id: 'i-1', power: 'off' }]);
  await fleet.start('i-1');
  expect(await docker.find('i-1')).toMatchObject({ power: 'on' });
});

test('a machine that no driver has is missing', async () => {
  const { fleet } = fleetOf(driverNamed('qemu'), []);
  expect(await fleet.find('i-1')).toBeUndefined();
  await expect(fleet.start('i-1')).rejects.toThrow('There is no machine i-1.');
});

test('another driver that does not answer hides its own machines only', async () => {
  const [first, docker] = [driverNamed('qemu'), driverNamed('docker')];
  await first.create(specOf('i-1'));
  docker.list = () => Promise.reject(new Error('The engine has stopped.'));
  const { fleet } = fleetOf(first, [docker], ['docker']);
  expect(await fleet.list()).toMatchObject([{ id: 'i-1' }]);
  first.list = () => Promise.reject(new Error('No disk.'));
  await expect(fleet.list()).rejects.toThrow('No disk.');
});
