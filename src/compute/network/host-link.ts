import { run } from '../run.ts';
import { doorOf, HOST_END, HOST_MAC, routerEnds, ROUTER_MAC } from './addresses.ts';
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
    const [end = ''] = (await routes('dev', this.name)).map(({ dst }) => dst);
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

  /** Absent is done. */
  async remove(): Promise<void> {
    await run('ip', ['link', 'delete', this.name]).catch(unlessAbsent);
  }
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
