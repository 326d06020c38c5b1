import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MovableClock } from '../../kernel/clock.ts';
import { specOf } from '../driver.contract.ts';
import { imageDirectory } from '../images/build-image.ts';
import { MetadataService } from '../metadata/metadata-service.ts';
import { doorOf } from '../network/addresses.ts';
import { Resolver } from '../network/resolver.ts';
import { VpcNetwork } from '../network/vpc-network.ts';
import { run } from '../run.ts';
import { Cgroups, findHierarchies } from './cgroups.ts';
import { MACHINES, NamespacesDriver } from './namespaces-driver.ts';
import { whyNotUsable } from './requirements.ts';
import { initOf, look } from './running-machine.ts';

const START_MS = 60_000;
const obstacle = await whyNotUsable(imageDirectory());
if (obstacle !== undefined) console.warn(`SKIPPED: namespaces and a killed server. ${obstacle}`);

describe.skipIf(obstacle !== undefined)('machines in namespaces of a server that is killed', () => {
  let directory: string;
  let servers: ChildProcess[];
  let drivers: NamespacesDriver[];
  let network: VpcNetwork | undefined;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'alacarte-survival-'));
    servers = [];
    drivers = [];
  });

  afterEach(async () => {
    for (const server of servers) server.kill('SIGKILL');
    const driver = await open();
    for (const { id } of await driver.list()) await driver.destroy(id);
    for (const each of drivers) await each.close();
    await network?.remove();
    network = undefined;
    rmSync(directory, { recursive: true, force: true });
  });

  async function open(): Promise<NamespacesDriver> {
    await network?.close();
    const metadata = new MetadataService(new MovableClock());
    metadata.source = {
      options: () => Promise.resolve({ enabled: true, tokens: 'optional' }),
      read: (machine, path) => Promise.resolve(path === 'meta-data/instance-id' ? machine : ''),
    };
    network = new VpcNetwork(directory, { metadata, resolver: new Resolver() });
    const driver = new NamespacesDriver({ directory, network, log: pino({ level: 'silent' }) });
    drivers.push(driver);
    return driver;
  }

  /** Runs a server that starts one machine, and kills the server some time after it has said so. */
  async function killServer(
    kind: 'kept' | 'ephemeral',
    { said = 'started', afterMs = 0 } = {},
  ): Promise<void> {
    const program = fileURLToPath(new URL('survival.child.ts', import.meta.url));
    const args = ['--import', 'tsx', program, directory, kind];
    const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    servers.push(server);
    let output = '';
    while (!output.includes(said)) output += String(await once(server.stdout, 'data'));
    await sleep(afterMs);
    server.kill('SIGKILL');
    await once(server, 'exit');
  }

  async function processes(): Promise<number[]> {
    const groups = new Cgroups((await findHierarchies()).found, join(directory, MACHINES));
    return [...(await groups.processes()).values()].flat();
  }

  test('run on, and the next server has them in hand', { timeout: START_MS }, async () => {
    await killServer('kept');
    const before = initOf(await look(await processes()));
    const driver = await open();
    expect(await driver.list()).toMatchObject([{ id: 'i-1', power: 'on' }]);
    await driver.start('i-1');
    expect(before).toBeGreaterThan(1);
    expect(initOf(await look(await processes()))).toBe(before);
    // Its guest has waited for the metadata, and goes on when the next server serves it.
    await expect.poll(() => banner(doorOf('i-1')), { timeout: START_MS / 2 }).toMatch(/^SSH-2\.0-/);
    await driver.stop('i-1', 0);
    expect(await driver.list()).toMatchObject([{ id: 'i-1', power: 'off' }]);
    await driver.destroy('i-1');
    expect(await driver.list()).toEqual([]);
    expect(await processes()).toEqual([]);
  });

  test(
    'end with a server that is ephemeral, and leave nothing',
    { timeout: START_MS },
    async () => {
      await killServer('ephemeral');
      await expect.poll(processes, { timeout: 10_000 }).toEqual([]);
      await expect.poll(() => cgroupsOf('i-1'), { timeout: 10_000 }).toEqual([]);
      const door = ['route', 'show', 'table', 'local', doorOf('i-1')];
      await expect.poll(() => run('ip', door), { timeout: 10_000 }).toBe('');
      expect(await (await open()).list()).toMatchObject([{ id: 'i-1', power: 'off' }]);
    },
  );

  test('are on or off, never half, wherever the server ends', { timeout: START_MS }, async () => {
    for (const afterMs of [0, 15, 30, 60]) {
      await killServer('kept', { said: 'created', afterMs });
      const driver = await open();
      await driver.start('i-1');
      await expect.poll(() => banner(doorOf('i-1')), { timeout: 20_000 }).toMatch(/^SSH-2\.0-/);
      await driver.destroy('i-1');
      expect(await processes()).toEqual([]);
      expect(await cgroupsOf('i-1')).toEqual([]);
    }
  });

  test('that no record owns are removed whole', { timeout: START_MS }, async () => {
    await killServer('kept');
    rmSync(join(directory, MACHINES, 'i-1'), { recursive: true });
    const driver = await open();
    expect((await driver.list()).map(({ id }) => id)).toEqual(['i-1']);
    await driver.destroy('i-1');
    expect(await driver.list()).toEqual([]);
    expect(await processes()).toEqual([]);
    await network?.settle([]);
    expect(await run('ip', ['route', 'show', 'table', 'local', doorOf('i-1')])).toBe('');
  });

  test('two run side by side, each with its own metadata', { timeout: START_MS }, async () => {
    const driver = await open();
    for (const [id, last] of [
      ['i-1', 7],
      ['i-2', 8],
    ] as const) {
      const own = {
        interfaceId: `eni-000000000000000${last}`,
        privateAddress: `172.31.16.${last}`,
      };
      await driver.create({ ...specOf(id), ...own });
      await driver.start(id);
    }
    for (const id of ['i-1', 'i-2']) {
      await expect.poll(() => banner(doorOf(id)), { timeout: START_MS / 2 }).toMatch(/^SSH-2\.0-/);
    }
    const names = ['i-1', 'i-2'].map(async (id) =>
      (await run('cat', [join(directory, MACHINES, id, 'disk/var/lib/cloud/instance-id')])).trim(),
    );
    expect(await Promise.all(names)).toEqual(['i-1', 'i-2']);
    await driver.destroy('i-1');
    expect(await driver.list()).toMatchObject([{ id: 'i-2', power: 'on' }]);
  });
});

async function cgroupsOf(id: string): Promise<string[]> {
  const found = (await findHierarchies()).found.map(({ root }) => readdir(join(root, 'alacarte')));
  return (await Promise.all(found)).flat().filter((name) => name.split('.')[1] === id);
}

/** What the SSH server says first; empty where there is none yet. */
function banner(host: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: 22, timeout: 1_000 });
    const done = (said: string): void => {
      socket.destroy();
      resolve(said);
    };
    socket.on('timeout', () => done('')).on('error', () => done(''));
    socket.on('close', () => done('')).once('data', (data) => done(String(data)));
  });
}
