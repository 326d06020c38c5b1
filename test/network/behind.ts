import { readdir, readFile } from 'node:fs/promises';
import { run } from '../../src/compute/run.ts';

/** Asks for a token of the metadata service; fails where no answer comes. */
const ASK = `
  const headers = { 'X-aws-ec2-metadata-token-ttl-seconds': '60' };
  fetch('http://169.254.169.254/latest/api/token', {
    method: 'PUT', headers, signal: AbortSignal.timeout(1500),
  }).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1));
`;

/** A network one hop behind a machine, as a container inside it has. */
export class Behind implements AsyncDisposable {
  readonly #name: string;

  private constructor(name: string) {
    this.#name = name;
  }

  static async open(machine: string): Promise<Behind> {
    const name = `albehind${process.pid}`;
    const pid = await processOf(machine);
    await run('ip', ['netns', 'add', name]);
    const inside = [
      'echo 1 >/proc/sys/net/ipv4/ip_forward',
      `ip link add in type veth peer name out netns ${name}`,
      'ip address add 192.168.9.1/24 dev in',
      'ip link set dev in up',
      'nft add table ip behind',
      "nft add chain ip behind out '{ type nat hook postrouting priority srcnat; }'",
      'nft add rule ip behind out oifname eth0 masquerade',
    ];
    await run('nsenter', ['--target', pid, '--net', 'sh', '-ec', inside.join('\n')]);
    const lines = [
      'address add 192.168.9.2/24 dev out',
      'link set dev out up',
      'route add default via 192.168.9.1',
    ];
    await run('ip', ['-n', name, '-batch', '-'], { input: `${lines.join('\n')}\n` });
    return new Behind(name);
  }

  async getsToken(): Promise<boolean> {
    return await run('ip', ['netns', 'exec', this.#name, process.execPath, '-e', ASK]).then(
      () => true,
      () => false,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await run('ip', ['netns', 'delete', this.#name]);
  }
}

/** A process in the network namespace of a machine that is there as long as the machine is on. */
export async function processOf(machine: string): Promise<string> {
  const host = await run('readlink', ['/proc/self/ns/net']);
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
    if (!(await read('cgroup')).includes(machine)) continue;
    // What the guest runs has an ID of its own inside as well, and may be gone the next moment.
    if (!/^NSpid:\s+\d+$/m.test(await read('status'))) continue;
    const own = await run('readlink', [`/proc/${pid}/ns/net`]).catch(() => host);
    if (own !== host) return pid;
  }
  throw new Error(`${machine} has no process`);
}
