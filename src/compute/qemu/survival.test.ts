import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MovableClock } from '../../kernel/clock.ts';
import { specOf } from '../driver.contract.ts';
import { FileDisks } from '../file-disks.ts';
import { imageDirectory } from '../images/build-image.ts';
import { MetadataService } from '../metadata/metadata-service.ts';
import { doorOf } from '../network/addresses.ts';
import { whyNoTaps } from '../network/requirements.ts';
import { Resolver } from '../network/resolver.ts';
import { VpcNetwork } from '../network/vpc-network.ts';
import { run } from '../run.ts';
import { greeting } from '../../../test/network/greeting.ts';
import { findProcesses, kill } from './processes.ts';
import { QemuDriver } from './qemu-driver.ts';
import { whyNotUsable } from './requirements.ts';

const START_MS = 60_000;
/** Doors are of the host: no other test has a machine of this name. */
const IN_VPC = 'i-a9';
const obstacle = await whyNotUsable(imageDirectory());
if (obstacle !== undefined) console.warn(`SKIPPED: machines and a killed server. ${obstacle}`);
const noTaps = obstacle ?? (await whyNoTaps());
if (noTaps !== undefined) console.warn(`SKIPPED: machines in VPCs and a killed server. ${noTaps}`);

describe.skipIf(obstacle !== undefined)('machines of a server that is killed', () => {
  let directory: string;
  let servers: ChildProcess[];
  let drivers: QemuDriver[];
  let network: VpcNetwork | undefined;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'alacarte-survival-'));
    servers = [];
    drivers = [];
  });

  afterEach(async () => {
    for (const server of servers) server.kill('SIGKILL');
    for (const driver of drivers) await driver.close();
    await Promise.all([...(await findProcesses(directory)).values()].map(kill));
    await network?.remove();
    network = undefined;
    rmSync(directory, { recursive: true, force: true });
  });

  function open(link: 'user' | 'tap' = 'user'): QemuDriver {
    const metadata = new MetadataService(new MovableClock());
    metadata.source = {
      options: () => Promise.resolve({ enabled: true, tokens: 'optional' }),
      read: (machine, path) => Promise.resolve(path === 'meta-data/instance-id' ? machine : ''),
    };
    const services = { metadata, resolver: new Resolver() };
    network = link === 'tap' ? new VpcNetwork(directory, services) : undefined;
    const driver = new QemuDriver({
      directory,
      network,
      disks: new FileDisks(join(directory, 'volumes')),
      metadata,
      log: pino({ level: 'silent' }),
    });
    drivers.push(driver);
    return driver;
  }

  /** Runs a server that starts one machine, and kills the server. */
  async function killServer(
    kind: 'kept' | 'ephemeral',
    id: 'i-1' | typeof IN_VPC = 'i-1',
  ): Promise<void> {
    const program = fileURLToPath(new URL('survival.child.ts', import.meta.url));
    const args = ['--import', 'tsx', program, directory, kind, id, id === IN_VPC ? 'tap' : 'user'];
    const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    servers.push(server);
    await once(server.stdout, 'data');
    if (!(await findProcesses(directory)).has(id)) throw new Error('No machine was started.');
    server.kill('SIGKILL');
    await once(server, 'exit');
  }

  test('run on, and the next server has them in hand', { timeout: START_MS }, async () => {
    await killServer('kept');
    const driver = open();
    expect(await driver.list()).toMatchObject([{ id: 'i-1', power: 'on' }]);
    await driver.start('i-1');
    expect((await findProcesses(directory)).size).toBe(1);
    await driver.stop('i-1', 0);
    expect(await driver.list()).toMatchObject([{ id: 'i-1', power: 'off' }]);
    await driver.destroy('i-1');
    expect(await driver.list()).toEqual([]);
  });

  test('end with a server that is ephemeral', { timeout: START_MS }, async () => {
    await killServer('ephemeral');
    await expect.poll(async () => (await findProcesses(directory)).size).toBe(0);
    expect(await open().list()).toMatchObject([{ id: 'i-1', power: 'off' }]);
  });

  const inVpc = { timeout: 2 * START_MS, skip: noTaps !== undefined };

  test('stay in their VPC, and find there the next server', inVpc, async () => {
    await killServer('kept', IN_VPC);
    const driver = open('tap');
    // Its guest has waited for the metadata, and for the address that the next server gives it.
    await driver.start(IN_VPC);
    await expect.poll(() => greeting(doorOf(IN_VPC)), { timeout: START_MS }).toMatch(/^SSH-2\.0-/);
    await driver.close();
    await network?.close();
    expect(await greeting(doorOf(IN_VPC))).toMatch(/^SSH-2\.0-/);
    await open('tap').destroy(IN_VPC);
    await network?.settle([]);
    expect(await run('ip', ['route', 'show', 'table', 'local', doorOf(IN_VPC)])).toBe('');
  });

  test('leave nothing of a VPC of a server that is ephemeral', inVpc, async () => {
    await killServer('ephemeral', IN_VPC);
    const door = ['route', 'show', 'table', 'local', doorOf(IN_VPC)];
    await expect.poll(() => run('ip', door), { timeout: 10_000 }).toBe('');
    await expect.poll(async () => (await findProcesses(directory)).size).toBe(0);
  });

  test('two run side by side, each at its own address', { timeout: START_MS }, async () => {
    const driver = open();
    for (const [id, last] of [
      ['i-1', 7],
      ['i-2', 8],
    ] as const) {
      const publicAddress = `127.64.16.${last}`;
      await driver.create({ ...specOf(id), publicAddress });
      await driver.start(id);
    }
    const hosts = (await driver.list()).map(({ power, ssh }) => `${ssh?.host} is ${power}`);
    expect(hosts).toContain('127.64.16.7 is on');
    expect(hosts).toContain('127.64.16.8 is on');
    await driver.destroy('i-1');
    expect(await driver.list()).toMatchObject([{ id: 'i-2', power: 'on' }]);
  });
});
