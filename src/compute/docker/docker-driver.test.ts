import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, expect } from 'vitest';
import { MovableClock } from '../../kernel/clock.ts';
import { describeDriver } from '../driver.contract.ts';
import type { MachineState } from '../driver.ts';
import { MetadataService } from '../metadata/metadata-service.ts';
import { run } from '../run.ts';
import { DockerDriver } from './docker-driver.ts';
import { startPodman, whyNoPodman } from './podman-under-test.ts';

const BOOT_MS = 30_000;

const directory = mkdtempSync(join(tmpdir(), 'alacarte-docker-'));
const key = join(directory, 'key');
const machines = join(directory, 'machines');
const obstacle = await whyNoPodman();
const podman = obstacle === undefined ? await startPodman() : undefined;
afterAll(async () => {
  await podman?.stop();
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
  ['meta-data/public-keys/0/openssh-key', podman ? await makeKey() : ''],
  // Longer than a line between the guest and the server.
  ['meta-data/long', 'long '.repeat(2_000)],
  ['user-data', '#!/bin/sh\necho "user data ran as $(id -un) of $(hostname)"\n'],
]);

function open(): Promise<DockerDriver> {
  const metadata = new MetadataService(new MovableClock());
  metadata.source = {
    options: () => Promise.resolve({ enabled: true, tokens: 'required' }),
    read: (_machine, path) => Promise.resolve(tree.get(path)),
  };
  const log = pino({ level: 'warn' });
  const environment = podman?.environment ?? {};
  return Promise.resolve(new DockerDriver({ directory: machines, metadata, log, environment }));
}

/** What a command says that root runs inside, by the engine: no network is needed for it. */
const asRoot = ({ id }: MachineState, command: string) => podman!.exec(id, command);

/** What a command says over SSH with the stock client, as soon as the guest lets it in. */
async function overSsh({ ssh }: MachineState, command: string): Promise<string> {
  const lenient = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'BatchMode=yes'];
  const options = [...lenient, 'ConnectTimeout=5', 'LogLevel=ERROR'].flatMap((o) => ['-o', o]);
  const login = ['-i', key, '-p', String(ssh?.port), `ec2-user@${ssh?.host}`];
  let output = '';
  const answered = async () => {
    output = await run('ssh', [...options, ...login, command]);
    return true;
  };
  await expect.poll(answered, { timeout: BOOT_MS, interval: 200 }).toBe(true);
  return output;
}

/** The name, address, metadata, console and user data that it was given. */
async function isAsOrdered(driver: DockerDriver, state: MachineState): Promise<void> {
  expect(state.ssh).toEqual({ host: '127.64.19.5', port: 22 });
  expect(await overSsh(state, 'hostname; ip -4 -o address show eth0')).toMatch(
    /^ip-172-31-16-5\n(.*\n)*.*inet 172\.31\.16\.5\/32/,
  );
  expect(await overSsh(state, 'imds meta-data/local-hostname')).toBe('ip-172-31-16-5.ec2.internal');
  expect(await overSsh(state, 'imds meta-data/long')).toBe(tree.get('meta-data/long'));
  const console = async () => Buffer.from(await driver.console(state.id)).toString();
  await expect
    .poll(console, { timeout: BOOT_MS })
    .toContain('user data ran as root of ip-172-31-16-5');
  const { vcpus, memoryMib } = state.given!;
  const limits = await asRoot(state, `cd /sys/fs/cgroup; cat ${LIMITS} 2>/dev/null || true`);
  expect(limits.split(/\s+/)).toEqual(
    expect.arrayContaining([String(memoryMib * 2 ** 20), String(vcpus * 100_000)]),
  );
  await rebootsFromInside(state);
}

/** Of cgroups version 1 and 2. */
const LIMITS = 'memory/memory.limit_in_bytes cpu/cpu.cfs_quota_us memory.max cpu.max';

/** A guest's own reboot gives it a new init on the same disk. */
async function rebootsFromInside(state: MachineState): Promise<void> {
  const began = () => asRoot(state, 'cut -d " " -f 22 /proc/1/stat').catch(() => '');
  const before = await began();
  await asRoot(state, 'echo 1 >/root/rebooted; reboot');
  await expect
    .poll(began, { timeout: BOOT_MS, interval: 200 })
    .toSatisfy((now) => now !== '' && now !== before);
  expect(await asRoot(state, 'cat /root/rebooted')).toBe('1\n');
}

/** The machine's folder, and what the engine has of it. */
async function remains(id: string): Promise<string[]> {
  const files = (await readdir(machines)).filter((name) => name.startsWith(id));
  const found = await podman!.owned(id);
  return [...files, ...found];
}

describeDriver('docker', {
  obstacle,
  publicAddress: '127.64.19.5',
  open,
  firstLine: /Linux version \d+/,
  powerOffFromInside: async (_driver, state) => void (await asRoot(state, 'poweroff')),
  disk: {
    mark: async (state) => void (await asRoot(state, 'echo 1 >/root/mark')),
    isMarked: async (state) => (await asRoot(state, 'cat /root/mark')) === '1\n',
  },
  running: isAsOrdered,
  remains,
  bootMs: BOOT_MS,
});
