import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { MachineSpec } from '../driver.ts';
import { gatewayOf } from '../network/addresses.ts';
import { nameServersOf } from '../network/name-servers.ts';
import { FIRST_USER_ID, type MachineFiles } from './machine-files.ts';
import { scripts } from './scripts.ts';

/** A machine whose namespaces are there and whose first program waits: `boot` or `child` ends that. */
export interface Launch {
  /** A process in the machine's network namespace, which waits and then stays. */
  readonly pid: number;
  boot(spec: MachineSpec): void;
}

/**
 * Makes the machine's namespaces, in a session of its own so that they outlive this process. When this
 * process dies before it says `boot`, they end.
 *
 * @param cgroups folders of the cgroups that all its processes are to be in
 * @param withServer makes the machine end with this process, however that ends
 */
export async function launch(
  files: MachineFiles,
  cgroups: readonly string[],
  withServer: boolean,
): Promise<Launch> {
  const log = await open(files.path('launch.log'), 'w');
  try {
    const script = [`${scripts}/launch`, scripts, String(FIRST_USER_ID), withServer ? 'yes' : 'no'];
    const child = spawn('unshare', ['--mount', 'sh', ...script, ...cgroups], {
      cwd: files.folder,
      detached: true,
      stdio: ['pipe', 'pipe', log.fd, 'pipe'],
      env: { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`, LC_ALL: 'C' },
    });
    const pid = await readiness(child);
    if (pid === undefined) {
      throw new Error(
        `The machine did not start: ${await readFile(files.path('launch.log'), 'utf8')}`,
      );
    }
    child.unref();
    // Stays open as long as this process: its end tells an ephemeral machine.
    (child.stdio[3] as Socket).unref();
    return { pid, boot: (spec) => child.stdin!.end(`${networkOf(spec)}\n`) };
  } finally {
    await log.close();
  }
}

/** The process that says that it is ready; undefined if it ends instead. */
async function readiness(child: ChildProcess): Promise<number | undefined> {
  child.stdin!.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout! });
  const failed = once(child, 'error').then(([cause]) => {
    throw new Error('Cannot run unshare.', { cause });
  });
  const [line = ''] = (await Promise.race([
    once(lines, 'line'),
    once(lines, 'close').then(() => []),
    failed,
  ])) as string[];
  const said = /^ready (\d+)$/.exec(line)?.[1];
  return said === undefined ? undefined : Number(said);
}

/** What the machine's script is told: its address, its router, who knows names, and of what domains. */
function networkOf(spec: MachineSpec): string {
  const { privateAddress, subnetCidr, dhcp } = spec;
  const address = `${privateAddress}/${subnetCidr.split('/')[1]}`;
  const domains = (dhcp?.domainName ?? '').replace(/[^\w. -]/g, '');
  const named = nameServersOf(spec).join();
  return [address, gatewayOf(subnetCidr), named || 'none', domains].join(' ');
}
