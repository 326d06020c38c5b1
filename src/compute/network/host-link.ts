import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { run } from '../run.ts';
import {
  doorOf,
  HOST_END,
  HOST_END_IPV6,
  HOST_MAC,
  ipv6Beside,
  routerEnds,
  ROUTER_MAC,
} from './addresses.ts';
import type { VpcPlan } from './vpc-plan.ts';

interface HostRoute {
  readonly dst: string;
  readonly gateway?: string;
}

interface Device {
  readonly ifname: string;
  readonly flags?: readonly string[];
}

/** The host's side of the link to one VPC's router. */
export class HostLink {
  /** The host's device. */
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  /** Whether it was finished: a device is switched on at last. */
  async isUp(): Promise<boolean> {
    const shown = await run('ip', ['-j', 'link', 'show', 'type', 'veth']);
    const links = JSON.parse(shown || '[]') as Device[];
    return links.some(({ ifname, flags }) => ifname === this.name && flags?.includes('UP'));
  }

  /**
   * Makes it, with the other end in the network namespace of this name as `outside`.
   *
   * @returns the address that the router is to have there
   */
  async make(router: string): Promise<string> {
    const end = await freeEnd(router);
    const { name } = this;
    await run('ip', ['-batch', '-'], {
      input: [
        `link add ${name} address ${HOST_MAC} type veth peer name outside address ${ROUTER_MAC} netns ${router}`,
        `link set dev ${name} addrgenmode none`,
        `address add ${HOST_END}/32 dev ${name}`,
        `neigh replace ${end} lladdr ${ROUTER_MAC} dev ${name} nud permanent`,
        '',
      ].join('\n'),
    });
    return end;
  }

  /**
   * Switches it on. The host takes packets from and to addresses of its loopback network on this
   * device only, and passes on what goes farther.
   */
  async switchOn(end: string): Promise<void> {
    const { name } = this;
    const steps = [
      `cd /proc/sys/net/ipv4/conf/${name}`,
      'echo 1 >route_localnet',
      'echo 1 >forwarding',
      `ip link set dev ${name} up`,
      `ip route add ${end}/32 dev ${name}`,
    ];
    await run('sh', ['-ec', steps.join('\n')]);
  }

  /** Leads the host to the public addresses and doors of a VPC, and to no others any more. */
  async publish({ interfaces, natGateways }: VpcPlan): Promise<void> {
    const wanted = new Set([
      ...interfaces.map(({ machine }) => doorOf(machine)),
      ...interfaces.flatMap((each) => each.publicAddresses.map(({ address }) => address)),
      ...natGateways.map(({ publicAddress }) => publicAddress),
    ]);
    const end = await this.routerEnd();
    const present = (await routes('table', 'local', 'dev', this.name))
      .filter(({ gateway }) => gateway === end)
      .map(({ dst }) => dst);
    const rest = `via ${end} dev ${this.name} table local`;
    const lines = [
      ...present
        .filter((address) => !wanted.has(address))
        .map((each) => `route delete ${each} ${rest}`),
      ...[...wanted]
        .filter((address) => !present.includes(address))
        .map((each) => `route replace ${each} ${rest} onlink src ${HOST_END}`),
    ];
    if (lines.length > 0) await run('ip', ['-batch', '-'], { input: `${lines.join('\n')}\n` });
  }

  /** The router's address on the link. */
  async routerEnd(): Promise<string> {
    const [end] = await routes('dev', this.name);
    return end?.dst ?? '';
  }

  /** Leads the host to the IPv6 addresses of a VPC, and to no others any more. */
  async publishIpv6({ interfaces }: VpcPlan): Promise<void> {
    const { name } = this;
    const end = ipv6Beside(await this.routerEnd());
    const wanted = interfaces.flatMap(({ ipv6Addresses }) => ipv6Addresses);
    // A host that does without IPv6 has it on this device only.
    await writeFile(`/proc/sys/net/ipv6/conf/${name}/disable_ipv6`, '0');
    const input = [
      `address replace ${HOST_END_IPV6}/128 dev ${name} nodad`,
      `neigh replace ${end} lladdr ${ROUTER_MAC} dev ${name} nud permanent`,
      `route flush dev ${name}`,
      `route replace ${end}/128 dev ${name}`,
      ...wanted.map(
        (each) => `route replace ${each}/128 via ${end} dev ${name} src ${HOST_END_IPV6}`,
      ),
      '',
    ].join('\n');
    await run('ip', ['-6', '-batch', '-'], { input });
    await passOnIpv6(name);
  }

  /** Absent is done. */
  async remove(): Promise<void> {
    await run('ip', ['link', 'delete', this.name]).catch(unlessAbsent);
  }
}

/**
 * Has the host pass on IPv6 packets that come in by a device. Before Linux 6.17 it passes on either all
 * or none, and a host that passes on all hears no router any more: that is left to its owner.
 */
export async function passOnIpv6(device: string): Promise<void> {
  const switched = `/proc/sys/net/ipv6/conf/${device}/force_forwarding`;
  if (existsSync(switched)) await writeFile(switched, '1');
}

/** Passes over what is not there any more. */
export function unlessAbsent(error: Error): void {
  if (!/Cannot find device|No such file or directory/.test(error.message)) throw error;
}

/** An address that no other router on this host has. */
async function freeEnd(router: string): Promise<string> {
  const taken = new Set((await routes('root', '169.254.0.0/16')).map(({ dst }) => dst));
  for (const end of routerEnds(router)) if (!taken.has(end)) return end;
  throw new Error('Every address for routers is taken.');
}

async function routes(...selector: readonly string[]): Promise<HostRoute[]> {
  return JSON.parse((await run('ip', ['-j', 'route', 'show', ...selector])) || '[]') as HostRoute[];
}
