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
import { findProcesses, kill } from './processes.ts';
import { QemuDriver } from './qemu-driver.ts';
import { whyNotUsable } from './requirements.ts';

const START_MS = 60_000;
const obstacle = await whyNotUsable(imageDirectory());
if (obstacle !== undefined) console.warn(`SKIPPED: machines and a killed server. ${obstacle}`);

describe.skipIf(obstacle !== undefined)('machines of a server that is killed', () => {
  let directory: string;
  let servers: ChildProcess[];
  let drivers: QemuDriver[];

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'alacarte-survival-'));
    servers = [];
    drivers = [];
  });

  afterEach(async () => {
    for (const server of servers) server.kill('SIGKILL');
    for (const driver of drivers) await driver.close();
    await Promise.all([...(await findProcesses(directory)).values()].map(kill));
    rmSync(directory, { recursive: true, force: true });
  });

  function open(): QemuDriver {
    const metadata = new MetadataService(new MovableClock());
    const driver = new QemuDriver({
      directory,
      disks: new FileDisks(join(directory, 'volumes')),
      metadata,
      log: pino({ level: 'silent' }),
    });
    drivers.push(driver);
    return driver;
  }

  /** Runs a server that starts one machine, and kills the server. */
  async function killServer(kind: 'kept' | 'ephemeral'): Promise<void> {
    const program = fileURLToPath(new URL('survival.child.ts', import.meta.url));
    const args = ['--import', 'tsx', program, directory, kind];
    const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    servers.push(server);
    await once(server.stdout, 'data');
    if (!(await findProcesses(directory)).has('i-1')) throw new Error('No machine was started.');
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
