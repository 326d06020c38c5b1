import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readdir, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MovableClock } from '../../kernel/clock.ts';
import { specOf } from '../driver.contract.ts';
import type { MachineSpec } from '../driver.ts';
import { FileDisks } from '../file-disks.ts';
import { imageDirectory } from '../images/build-image.ts';
import { MetadataService } from '../metadata/metadata-service.ts';
import { run } from '../run.ts';
import { commandLine } from './command-line.ts';
import { MachineFiles } from './machine-files.ts';
import { findProcesses, kill } from './processes.ts';
import { Qmp } from './qmp.ts';
import { QemuDriver } from './qemu-driver.ts';
import { whyNotUsable } from './requirements.ts';
import { startQemu } from './running-machine.ts';

const BOOT_MS = 60_000;

const obstacle = await whyNotUsable(imageDirectory());
if (obstacle !== undefined) console.warn(`SKIPPED: machines that begin as copies. ${obstacle}`);

describe.skipIf(obstacle !== undefined)('machines that begin as copies of one that booted', () => {
  let directory: string;
  let key: string;
  let driver: QemuDriver;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'alacarte-fast-'));
    key = join(directory, 'key');
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
    driver = open();
  });
  afterAll(async () => {
    await driver.close();
    await Promise.all([...(await findProcesses(join(directory, 'machines'))).values()].map(kill));
    rmSync(directory, { recursive: true, force: true });
  });

  function open(): QemuDriver {
    const metadata = new MetadataService(new MovableClock());
    metadata.source = {
      options: () => Promise.resolve({ enabled: true, tokens: 'required' }),
      read: (machine, path) => Promise.resolve(tree(machine).get(path)),
    };
    return new QemuDriver({
      directory: join(directory, 'machines'),
      memoryDirectory: join(directory, 'memory'),
      disks: new FileDisks(join(directory, 'volumes')),
      metadata,
      log: pino({ level: 'fatal' }),
    });
  }

  const tree = (machine: string) =>
    new Map([
      ['meta-data/instance-id', machine],
      ['meta-data/mac', macOf(machine)],
      ['meta-data/local-hostname', `host-of-${machine}.ec2.internal`],
      ['meta-data/public-keys/0/openssh-key', readFileSync(`${key}.pub`, 'utf8')],
    ]);

  const files = (machine: string) => new MachineFiles(join(directory, 'machines', machine));
  const lastOf = (machine: string) => Number(machine.slice(2));
  const macOf = (machine: string) => `02:00:ac:1f:10:${10 + lastOf(machine)}`;

  const spec = (machine: string): MachineSpec => ({
    ...specOf(machine),
    macAddress: macOf(machine),
    privateAddress: `172.31.16.${20 + lastOf(machine)}`,
    publicAddress: `127.64.17.${lastOf(machine)}`,
  });

  async function start(machine: string): Promise<void> {
    await driver.create(spec(machine));
    await driver.start(machine);
  }

  /** What a command says inside, as soon as the guest lets it in. */
  async function inside(machine: string, command: string): Promise<string> {
    const { ssh } = (await driver.list()).find(({ id }) => id === machine)!;
    const lenient = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'BatchMode=yes'];
    const options = [...lenient, 'ConnectTimeout=5', 'LogLevel=ERROR'].flatMap((o) => ['-o', o]);
    const login = ['-i', key, '-p', String(ssh!.port), `ec2-user@${ssh!.host}`];
    let output = '';
    const ask = async () => {
      output = await run('ssh', [...options, ...login, command]);
      return true;
    };
    await expect.poll(ask, { timeout: BOOT_MS, interval: 200 }).toBe(true);
    return output;
  }

  /** Everything that would tell on two machines if they had it in common, a line each. */
  const whoAmI = async (machine: string): Promise<string[]> => {
    const asked = [
      'hostname',
      'cat /etc/machine-id',
      'cat /proc/sys/kernel/random/boot_id',
      'head -c 16 /dev/urandom | xxd -p',
      'cat /sys/class/net/eth0/address',
      'ip -4 -o address show eth0',
      'sudo dropbearkey -y -f /etc/dropbear/dropbear_ed25519_host_key | grep ^ssh',
      'sudo dropbearkey -y -f /etc/dropbear/dropbear_ecdsa_host_key | grep ^ecdsa',
      'cat /var/lib/cloud/instance-id',
    ];
    return (await inside(machine, asked.join('; '))).trim().split('\n');
  };

  const snapshots = () => readdir(join(directory, 'memory')).catch(() => []);
  const consoleOf = async (machine: string) =>
    Buffer.from(await driver.console(machine)).toString();

  test('share nothing with it, nor with each other', { timeout: 3 * BOOT_MS }, async () => {
    const machines = ['i-1', 'i-2', 'i-3'];
    // all at once: one boots, the others wait for it
    await Promise.all(machines.map(start));
    expect(await snapshots()).toHaveLength(1);
    const answers = await Promise.all(machines.map(whoAmI));
    for (const line of answers[0]!.keys()) {
      expect(new Set(answers.map((answer) => answer[line])).size).toBe(machines.length);
    }
    expect(answers.map(([hostname]) => hostname)).toEqual(machines.map((id) => `host-of-${id}`));
    expect(answers[0]).toHaveLength(9);
    // what they began with is their own from then on
    await inside('i-2', 'sudo sh -c "echo kept >/root/mark; sync"');
    expect(await inside('i-3', 'sudo ls /root')).toBe('');
    expect(await inside('i-2', 'date -u +%Y-%m-%dT%H')).toBe(
      `${new Date().toISOString().slice(0, 13)}\n`,
    );
    for (const machine of machines) expect(await consoleOf(machine)).toContain('Linux version');
    await driver.stop('i-2', 0);
    await driver.start('i-2');
    expect(await inside('i-2', 'sudo cat /root/mark')).toBe('kept\n');
  });

  test('go on where a server was killed at its work', { timeout: 2 * BOOT_MS }, async () => {
    await driver.create(spec('i-4'));
    await driver.close();
    // it had stopped one machine to keep it, and another one was waiting for its memory
    const stopped = await Qmp.connect(files('i-3').socket('qmp.sock'), BOOT_MS);
    await stopped.execute('stop');
    stopped.close();
    const powerOn = { published: {}, given: { vcpus: 1, memoryMib: 128 } };
    const verdict = { accelerator: 'tcg', reason: '' } as const;
    const boot = { verdict, board: 'microvm', kernelArguments: '', waiting: true } as const;
    await startQemu(commandLine(spec('i-4'), files('i-4'), powerOn, boot), files('i-4'), false);
    driver = open();
    await driver.start('i-4');
    expect(await inside('i-4', 'hostname')).toBe('host-of-i-4\n');
    expect(await inside('i-3', 'hostname')).toBe('host-of-i-3\n');
  });

  test('boot where what is kept is of no use', { timeout: 2 * BOOT_MS }, async () => {
    const [broken] = await snapshots();
    await truncate(join(directory, 'memory', broken!, 'memory'), 1_000_000);
    await start('i-5');
    expect(await inside('i-5', 'hostname')).toBe('host-of-i-5\n');
  });
});
