import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packagesMissingFor, type Program } from '../installed.ts';
import { run } from '../run.ts';

const PROGRAMS: readonly Program[] = [
  ['podman', 'podman'],
  ['runc', 'runc'],
  ['iptables', 'iptables'],
  ['ssh', 'openssh-client'],
];
/** Gives containers a network and publishes their ports: a recommendation of podman's, no dependency. */
const NETWORK = '/usr/lib/podman/netavark';

/** Debian's crun fails where cgroups of both versions are mounted, and its podman asks for systemd. */
const CONFIGURATION = `
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
`;

/** An engine of a test's own: its containers, images and socket are in a folder that goes with it. */
export interface Podman {
  readonly environment: NodeJS.ProcessEnv;
  /** The engine's own process. */
  readonly pid: number;
  /** What a command says that root runs in a container. */
  exec(container: string, command: string): Promise<string>;
  /** The containers and images that it has of a machine. */
  owned(machine: string): Promise<string[]>;
  stop(): Promise<void>;
}

/** The Debian packages that are missing for such an engine. */
export async function missingForPodman(): Promise<string[]> {
  const missing = await packagesMissingFor(PROGRAMS);
  return existsSync(NETWORK) ? missing : [...missing, 'netavark'];
}

/** Why podman cannot be tried here: it takes root, and the programs. */
export async function whyNoPodman(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'It takes root on Linux.';
  const missing = await missingForPodman();
  if (missing.length > 0) return `Not installed: run apt-get install ${missing.join(' ')}.`;
  return undefined;
}

export async function startPodman(): Promise<Podman> {
  const folder = mkdtempSync(join(tmpdir(), 'alacarte-podman-'));
  mkdirSync(join(folder, 'root'));
  const configuration = join(folder, 'containers.conf');
  writeFileSync(configuration, CONFIGURATION);
  const env = { ...process.env, CONTAINERS_CONF: configuration };
  const socket = join(folder, 'engine.sock');
  const where = ['--root', join(folder, 'root'), '--runroot', join(folder, 'run')];
  const service = [...where, 'system', 'service', '--time', '0', `unix://${socket}`];
  const child = spawn('podman', service, { env, stdio: 'ignore' });
  await listening(socket);
  const podman = (...args: string[]) =>
    run('env', [`CONTAINERS_CONF=${configuration}`, 'podman', ...where, ...args]);
  return {
    environment: { DOCKER_HOST: `unix://${socket}` },
    pid: child.pid!,
    exec: (container, command) => podman('exec', container, 'sh', '-c', command),
    async owned(machine) {
      const filter = ['--all', '--quiet', '--filter', `label=alacarte.machine=${machine}`];
      const found = (await podman('ps', ...filter)) + (await podman('images', ...filter));
      return found.split('\n').filter((line) => line !== '');
    },
    async stop() {
      await podman('rm', '--all', '--force', '--time', '0');
      const ended = once(child, 'close');
      child.kill();
      await ended;
      await run('umount', [join(folder, 'root', 'overlay')]).catch(() => undefined);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function listening(socket: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    const answers = await new Promise<boolean>((resolve) => {
      const probe = connect(socket, () => resolve(true)).on('error', () => resolve(false));
      probe.on('connect', () => probe.destroy());
    });
    if (answers) return;
    if (tries === 200) throw new Error('podman does not listen.');
    await sleep(50);
  }
}
