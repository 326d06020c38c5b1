import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
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
import { run } from '../run.ts';
import { findProcesses } from './processes.ts';
import { QemuDriver } from './qemu-driver.ts';
import { whyNotUsable } from './requirements.ts';

/** A boot takes about ten seconds of an emulated processor, and other work may run beside it. */
const BOOT_MS = 40_000;

const directory = mkdtempSync(join(tmpdir(), 'alacarte-qemu-'));
const machines = join(directory, 'machines');
const disks = new FileDisks(join(directory, 'volumes'));
const key = join(directory, 'key');
const obstacle = await whyNotUsable(imageDirectory());
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function makeKey(): Promise<string> {
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  return readFileSync(`${key}.pub`, 'utf8');
}

const tree = new Map([
  ['meta-data/instance-id', 'i-0123456789abcdef0'],
  ['meta-data/local-hostname', 'ip-172-31-16-5.ec2.internal'],
  ['meta-data/public-keys/0/openssh-key', obstacle === undefined ? await makeKey() : ''],
  ['user-data', '#!/bin/sh\necho "user data ran as $(id -un) of $(hostname)"\n'],
]);

function open(): Promise<QemuDriver> {
  const metadata = new MetadataService(new MovableClock());
  metadata.source = {
    options: () => Promise.resolve({ enabled: true, tokens: 'required' }),
    read: (_machine, path) => Promise.resolve(tree.get(path)),
  };
  const log = pino({ level: 'warn' });
  return Promise.resolve(new QemuDriver({ directory: machines, disks, metadata, log }));
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
      { timeout: BOOT_MS, interval: 200 },
    )
    .toBe(true);
  return output;
}

/** The name, address, processors, metadata, console and user data that it was given. */
async function isAsOrdered(driver: QemuDriver, state: MachineState): Promise<void> {
  expect(await inside(state, 'hostname; nproc; ip -4 -o address show eth0')).toMatch(
    /^ip-172-31-16-5\n1\n.*inet 172\.31\.16\.5\/20/,
  );
  expect(await inside(state, 'imds meta-data/local-hostname')).toBe('ip-172-31-16-5.ec2.internal');
  const output = Buffer.from(await driver.console(state.id)).toString();
  expect(output).toContain('-----BEGIN SSH HOST KEY FINGERPRINTS-----');
  expect(output).toContain('user data ran as root of ip-172-31-16-5');
  expect(await driver.interrupt(state.id)).toBe(true);
  const said = async () => Buffer.from(await driver.console(state.id)).toString();
  await expect.poll(said).toMatch(/\bNMI\b/);
}

describeDriver('qemu', {
  obstacle,
  open,
  firstLine: /Linux version \d/,
  bootMs: BOOT_MS,
  disk: {
    mark: async (state) => void (await inside(state, 'sudo sh -c "echo kept >/root/mark; sync"')),
    isMarked: async (state) => (await inside(state, 'sudo cat /root/mark')) === 'kept\n',
  },
  copies: disks,
  disks: {
    kept: disks,
    shell: (state, command) => inside(state, `sudo sh -c '${command}'`),
  },
  powerOffFromInside: async (_driver, state) => void (await inside(state, 'sudo poweroff')),
  remains: async (id) => {
    const files = (await readdir(machines)).filter((name) => name.startsWith(id));
    const processes = [...(await findProcesses(machines)).keys()].filter((name) => name === id);
    return [...files, ...processes];
  },
  running: isAsOrdered,
});
