import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { passOnIpv6 } from '../../src/compute/network/host-link.ts';
import { run } from '../../src/compute/run.ts';

/** Greets whoever connects with their own address, as SSH servers begin. */
const SERVER = `
  require('node:net').createServer((socket) => {
    const from = socket.remoteAddress.replace('::ffff:', '');
    socket.on('error', () => undefined).end('SSH-' + from);
  }).listen(22, '::', () => console.log('listens'));
`;

/** A host beyond this one, in a network namespace: what an internet gateway leads to. */
export class Internet implements AsyncDisposable {
  /** Of the blocks that are kept for documentation. */
  readonly address: string;
  readonly ipv6Address: string;
  readonly #name: string;
  readonly #server: ChildProcess;

  private constructor(
    name: string,
    [address, ipv6Address]: readonly [string, string],
    server: ChildProcess,
  ) {
    this.#name = name;
    this.address = address;
    this.ipv6Address = ipv6Address;
    this.#server = server;
  }

  static async open(): Promise<Internet> {
    const name = `alinet${process.pid}`;
    const third = process.pid % 250;
    const [address, here] = [`198.18.${third}.2`, `198.18.${third}.1`];
    const [ipv6Address, here6] = [`2001:db8:${third}::2`, `2001:db8:${third}::1`];
    await run('ip', ['netns', 'add', name]);
    const lines = [
      `link add ${name} type veth peer name eth0 netns ${name}`,
      `address add ${here}/30 dev ${name}`,
      `address add ${here6}/64 dev ${name} nodad`,
      `link set dev ${name} up`,
    ];
    await run('ip', ['-batch', '-'], { input: `${lines.join('\n')}\n` });
    const inside = [
      'link set dev lo up',
      `address add ${address}/30 dev eth0`,
      `address add ${ipv6Address}/64 dev eth0 nodad`,
      'link set dev eth0 up',
    ];
    await run('ip', ['-n', name, '-batch', '-'], { input: `${inside.join('\n')}\n` });
    // As the host's own way to the internet is set when it carries packets for VPCs.
    await writeFile(`/proc/sys/net/ipv4/conf/${name}/forwarding`, '1');
    await passOnIpv6(name);
    const server = spawn('ip', ['netns', 'exec', name, process.execPath, '-e', SERVER], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(server.stdout, 'data');
    return new Internet(name, [address, ipv6Address], server);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.kill();
    await once(this.#server, 'exit');
    await run('ip', ['netns', 'delete', this.#name]);
  }
}
