import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MovableClock } from '../kernel/clock.ts';
import { type Candidate, candidates, chooseDriver } from './choose.ts';
import type { Compute } from './compute.ts';
import { createCompute } from './create-compute.ts';
import { specOf } from './driver.contract.ts';

const candidate = (name: Candidate['name'], obstacle?: string): Candidate => ({
  name,
  obstacle: () => Promise.resolve(obstacle),
});

test('the best driver that works is taken, and what kept better ones is told', async () => {
  const drivers = [candidate('qemu', 'Not installed.'), candidate('docker'), candidate('mock')];
  expect(await chooseDriver('best', drivers)).toEqual({
    name: 'docker',
    passedOver: ['qemu: Not installed.'],
  });
});

test('a driver that is asked for is taken, or refused with the reason', async () => {
  const drivers = [candidate('qemu', 'Not installed.'), candidate('docker'), candidate('mock')];
  expect(await chooseDriver('mock', drivers)).toEqual({ name: 'mock', passedOver: [] });
  await expect(chooseDriver('qemu', drivers)).rejects.toThrow(
    'The compute driver qemu cannot be used: Not installed.',
  );
});

test('a driver may come twice, better and worse: what is asked for is the worse', async () => {
  const drivers = [candidate('qemu', 'No KVM.'), candidate('namespaces'), candidate('qemu')];
  expect(await chooseDriver('qemu', drivers)).toEqual({ name: 'qemu', passedOver: [] });
  expect(await chooseDriver('best', drivers)).toEqual({
    name: 'namespaces',
    passedOver: ['qemu: No KVM.'],
  });
});

test("QEMU with an emulated processor comes after those that use the host's kernel", () => {
  const best = ['qemu', 'namespaces', 'docker', 'qemu', 'mock'];
  expect(candidates.map(({ name }) => name)).toEqual(best);
});

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'alacarte-compute-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const parts = { clock: new MovableClock(0), log: pino({ level: 'silent' }) };

test('mock that was asked for is no cause for a warning', async () => {
  const compute = await createCompute({ ...parts, directory, driver: 'mock' });
  expect([compute.driver.name, compute.warning]).toEqual(['mock', undefined]);
  await compute.close();
});

test('the doctor tells of every driver', async () => {
  const compute = await createCompute({ ...parts, directory, driver: 'mock' });
  const { drivers } = await compute.doctor();
  expect(drivers.map(({ name }) => name)).toEqual(['qemu', 'namespaces', 'docker', 'mock']);
  expect(drivers.find(({ chosen }) => chosen)).toMatchObject({ name: 'mock', usable: true });
  for (const { reason } of drivers) expect(reason).toMatch(/\.$/);
  await compute.close();
});

function open(ephemeral: boolean): Promise<Compute> {
  return createCompute({ ...parts, directory, driver: 'mock', ephemeral });
}

test('machines are found again in the directory, and not after an ephemeral cloud', async () => {
  const kept = await open(false);
  await kept.driver.create(specOf('i-1'));
  await kept.close();
  expect(await (await open(false)).driver.list()).toHaveLength(1);
  const fleeting = await open(true);
  await fleeting.driver.create(specOf('i-2'));
  expect(await (await open(true)).driver.list()).toEqual([]);
});
