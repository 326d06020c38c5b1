import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, expect } from 'vitest';
import { MovableClock } from '../../kernel/clock.ts';
import { describeDriver } from '../driver.contract.ts';
import { FileDisks } from '../file-disks.ts';
import type { MachineState } from '../driver.ts';
import { imageDirectory } from '../images/build-image.ts';
import { MetadataService } from '../metadata/metadata-service.ts';
import { doorOf } from '../network/addresses.ts';
import { Resolver } from '../network/resolver.ts';
import { VpcNetwork } from '../network/vpc-network.ts';
import { run } from '../run.ts';
import { findHierarchies } from './cgroups.ts';
import { NamespacesDriver } from './namespaces-driver.ts';
import { whyNotUsable } from './requirements.ts';

const BOOT_MS = 60_000;

const directory = mkdtempSync(join(tmpdir(), 'alacarte-namespaces-'));
const key = join(directory, 'key');
const obstacle = await whyNotUsable(imageDirectory());
afterAll(async () => {
  await network?.remove();
  rmSync(directory, { recursive: true, force: true });
});

async function makeKey(): Promise<string> {
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  return await readFile(`${key}.pub`, 'utf8');
}

const tree = new Map([
  ['meta-data/instance-id', 'i-0123456789abcdef0'],
  ['meta-data/local-hostname', 'ip-172-31-16-5.ec2.internal'],
  ['meta-data/mac', '02:00:ac:1f:10:05'],
  ['meta-data/public-keys/0/openssh-key', obstacle === undefined ? await makeKey() : ''],
  ['user-data', '#!/bin/sh\necho "user data ran as $(id -un) of $(hostname)"\n'],
]);

const disks = new FileDisks(join(directory, 'volumes'));
let network: VpcNetwork | undefined;

async function open(): Promise<NamespacesDriver> {
  await network?.close();
  const metadata = new MetadataService(new MovableClock());
  metadata.source = {
    options: () => Promise.resolve({ enabled: true, tokens: 'required' }),
    read: (_machine, path) => Promise.resolve(tree.get(path)),
  };
  network = new VpcNetwork(directory, { metadata, resolver: new Resolver() });
  return new NamespacesDriver({ directory, network, disks, log: pino({ level: 'warn' }) });
}

/** What a command says, run over SSH with the stock client as soon as the guest lets it in. */
async function inside({ ssh }: MachineState, command: string): Promise<string> {
  const lenient = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'BatchMode=yes'];
  const options = [...lenient, 'ConnectTimeout=5', 'LogLevel=ERROR'].flatMap((o) => ['-o', o]);
  const login = ['-i', key, '-p', String(ssh?.port), `ec2-user@${ssh?.host}`];
  let output = '';
  await expect
    .poll(
      async () => {
        output = await run('ssh', [...options, ...login, command]);
        return true;
      },
      { timeout: BOOT_MS, interval: 100 },
    )
    .toBe(true);
  return output;
}

const asRoot = (state: MachineState, command: string) =>
  inside(state, `sudo sh -c '${command}' 2>&1; true`);

/** The name, address, metadata, console and user data that it was given. */
async function isAsOrdered(driver: NamespacesDriver, state: MachineState): Promise<void> {
  expect(state.ssh).toEqual({ host: doorOf(state.id), port: 22 });
  expect(await inside(state, 'hostname; ip -4 -o address show eth0')).toMatch(
    /^ip-172-31-16-5\n.*inet 172\.31\.16\.5\/20/,
  );
  expect(await inside(state, 'imds meta-data/local-hostname')).toBe('ip-172-31-16-5.ec2.internal');
  await expect
    .poll(async () => Buffer.from(await driver.console(state.id)).toString(), { timeout: BOOT_MS })
    .toContain('user data ran as root of ip-172-31-16-5');
  expect(Buffer.from(await driver.console(state.id)).toString()).toContain(
    '-----BEGIN SSH HOST KEY FINGERPRINTS-----',
  );
  await isShutIn(state);
  await isLimited(state);
  await rebootsFromInside(state);
}

/** A guest's own reboot gives it a new init on the same disk, and it has just been started. */
async function rebootsFromInside(state: MachineState): Promise<void> {
  const init = () => inside(state, 'cut -d " " -f 22 /proc/1/stat');
  const before = await init();
  await asRoot(state, 'echo 1 >/root/rebooted; reboot');
  await expect.poll(init, { timeout: BOOT_MS, interval: 100 }).not.toBe(before);
  expect(await asRoot(state, 'cat /root/rebooted')).toBe('1\n');
  expect(Number(await inside(state, 'cut -d . -f 1 /proc/uptime'))).toBeLessThan(BOOT_MS / 1000);
}

/** Root inside finds none of the host's files, devices, processes and rights. */
async function isShutIn(state: MachineState): Promise<void> {
  const root = (command: string) => asRoot(state, command);
  expect(await root('id -u; cat /proc/self/uid_map')).toMatch(/^0\n\s+0\s+1900000000\s+65536\n$/);
  const rights = BigInt(
    `0x${(await root('grep CapBnd /proc/self/status')).split('\t')[1]!.trim()}`,
  );
  expect(NEEDLESS.filter((capability) => (rights >> BigInt(capability)) & 1n)).toEqual([]);
  expect((await root('ls /dev')).trim().split(/\s+/)).toEqual(DEVICES);
  expect(await root('mknod /tmp/disk b 254 0')).toContain('Operation not permitted');
  expect(await root('ls -d /mnt/* /proc/1/root/work /proc/1/root/root/.cache')).not.toMatch(/^\//m);
  expect(await root('cat /proc/self/mounts')).not.toContain(directory);
  expect(await root('cat /proc/1/cgroup')).toMatch(/^(\d+:[^:]*:\/\n)+$/);
  expect(await root('ps -o args | grep -c "[n]ode"')).toBe('0\n');
  expect(await root('echo 1 >/proc/sys/kernel/panic')).toContain('Permission denied');
  // its own network is its own, as on AWS
  expect(await root('ip link add name own type bridge && ip link del own && echo made')).toBe(
    'made\n',
  );
}

/** linux_immutable, sys_module, sys_rawio, sys_pacct, sys_time, mknod, audit_control and all from 32. */
const NEEDLESS = [9, 16, 17, 20, 25, 27, 30, 32, 33, 34, 35, 36, 37, 38, 39, 40];
const DEVICES = 'console fd full null ptmx pts random shm tty urandom zero'.split(' ');

/** It may use as much of the host as its size says, by the kernel's account. */
async function isLimited({ id, given }: MachineState): Promise<void> {
  const limits: string[] = [];
  for (const { root, controllers, version } of (await findHierarchies()).found) {
    const group = (await readdir(join(root, 'alacarte'))).find((name) => name.includes(id));
    const read = (file: string) => readFile(join(root, 'alacarte', group!, file), 'utf8');
    if (controllers.includes('memory')) {
      limits.push(await read(version === 1 ? 'memory.limit_in_bytes' : 'memory.max'));
    }
    if (controllers.includes('cpu')) {
      limits.push((await read(version === 1 ? 'cpu.cfs_quota_us' : 'cpu.max')).split(' ')[0]!);
    }
  }
  const { vcpus, memoryMib } = given!;
  expect(limits.map(Number).toSorted((a, b) => a - b)).toEqual([
    vcpus * 100_000,
    memoryMib * 2 ** 20,
  ]);
}

/** The machine's folder, its cgroups with a process, and its door. */
async function remains(id: string): Promise<string[]> {
  const files = (await readdir(join(directory, 'machines'))).filter((name) => name.startsWith(id));
  const groups = (await findHierarchies()).found.map(async ({ root }) =>
    (await readdir(join(root, 'alacarte')).catch(() => [])).filter((name) => name.includes(id)),
  );
  await network?.settle([]);
  const route = await run('ip', ['route', 'show', 'table', 'local', doorOf(id)]);
  return [...files, ...(await Promise.all(groups)).flat(), ...route.split('\n').filter(Boolean)];
}

describeDriver('namespaces', {
  obstacle,
  open,
  firstLine: /Linux version \d/,
  bootMs: BOOT_MS,
  disk: {
    mark: async (state) => void (await asRoot(state, 'echo kept >/root/mark')),
    isMarked: async (state) => (await asRoot(state, 'cat /root/mark')) === 'kept\n',
  },
  copies: disks,
  powerOffFromInside: async (_driver, state) => void (await asRoot(state, 'poweroff')),
  remains,
  running: isAsOrdered,
});
