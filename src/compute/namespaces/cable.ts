import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { MachineSpec } from '../driver.ts';
import { run } from '../run.ts';

/** The host's end of every cable. Link-local: it means something on the cable only. */
export const HOST_END = '169.254.0.1';

/**
 * The cable between the host and one machine: a pair of virtual Ethernet devices, and a route of the
 * host to the machine's public address. The kernel carries every packet, so connections outlive the
 * server, and every port of the machine is reached under its own number.
 */
export class Cable {
  readonly #name: string;

  /** @param folder the machine's folder, which no other machine of the host has */
  constructor(folder: string) {
    const hash = createHash('sha256').update(folder).digest('hex');
    this.#name = `al${hash.slice(0, 13)}`;
  }

  /** Plugs in the machine whose network namespace the process `pid` is in. */
  async plugIn({ macAddress }: MachineSpec, publicAddress: string, pid: number): Promise<void> {
    const name = this.#name;
    await this.unplug();
    const lines = [
      `link add ${name} type veth peer name eth0 address ${macAddress} netns ${pid}`,
      `link set ${name} addrgenmode none`,
      `address add ${HOST_END}/32 dev ${name}`,
      `link set ${name} up`,
      `route add ${publicAddress}/32 dev ${name} table local src ${HOST_END}`,
    ];
    await run('ip', ['-batch', '-'], { input: `${lines.join('\n')}\n` });
    // The host takes answers from an address of its loopback network on this device only.
    await writeFile(`/proc/sys/net/ipv4/conf/${name}/route_localnet`, '1');
  }

  /** It goes with the machine's network namespace as well, but not at once. */
  async unplug(): Promise<void> {
    await run('ip', ['link', 'delete', this.#name]).catch((error: Error) => {
      if (!error.message.includes('Cannot find device')) throw error;
    });
  }
}

/** Where a machine without a public address is reached from the host: apart from 127.64.0.0/10. */
export function hostAddressOf(id: string): string {
  const [a = 0, b = 0, c = 0] = createHash('sha256').update(id).digest();
  return `127.${128 + (a % 64)}.${b}.${1 + (c % 254)}`;
}
