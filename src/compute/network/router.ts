import { createHash } from 'node:crypto';
import { InTurn } from '../in-turn.ts';
import { run } from '../run.ts';
import {
  deviceOf,
  doorOf,
  gatewayOf,
  HOST_END,
  HOST_MAC,
  METADATA,
  PEER_MAC,
  RESOLVER,
  routerEnds,
  ROUTER_MAC,
} from './addresses.ts';
import { ruleSet } from './rule-set.ts';
import { routing } from './routing.ts';
import { RouterServices, type Services } from './router-services.ts';
import { emptyPlan, type InterfacePlan, type VpcPlan } from './vpc-plan.ts';

/** A machine's interface, as it is plugged in. */
export interface Plug extends Pick<InterfacePlan, 'id' | 'machine' | 'macAddress' | 'addresses'> {
  /** Its subnet's block. */
  readonly cidr: string;
}

/**
 * The router of one VPC: a network namespace with a link to the host and one to each machine. There is
 * no switch: machines of one subnet reach one another through the router too, which answers for all
 * of them, so that every packet passes its rules.
 */
export class Router {
  /** The namespace's name. */
  readonly name: string;
  readonly vpc: string;
  /** The host's end of the link to it. */
  readonly link: string;
  readonly #services: Services;
  readonly #inTurn = new InTurn();
  readonly #plugs = new Map<string, Plug>();
  #plan: VpcPlan;
  #applied: string | undefined;
  #serving: RouterServices | undefined;

  /** @param cloud what tells this cloud's from others': the beginning of names */
  constructor(cloud: string, vpc: string, services: Services) {
    this.vpc = vpc;
    this.name = `${cloud}-${vpc}`;
    this.link = `${cloud}-${createHash('sha256')
      .update(vpc)
      .digest('hex')
      .slice(0, 15 - cloud.length - 1)}`;
    this.#services = services;
    this.#plan = emptyPlan(vpc);
  }

  /** Whether a machine was plugged in here. */
  get isUsed(): boolean {
    return this.#plugs.size > 0;
  }

  /** Makes what is not there, and leaves what is as it is: a machine may be using it. */
  open(): Promise<void> {
    return this.#do(async () => {
      if (this.#serving) return;
      if (!(await this.#exists())) await this.#make();
      this.#serving = await RouterServices.open(this.name, this.#services, () => this.#known());
    });
  }

  /** Plugs in a machine whose network namespace the process `pid` is in, as its `eth0`. */
  plug(plug: Plug, pid: number): Promise<void> {
    return this.#do(async () => {
      const device = deviceOf(plug.id);
      this.#plugs.set(plug.id, plug);
      await this.#deleteDevice(device);
      const { macAddress } = plug;
      await this.#ip([
        `link add ${device} type veth peer name eth0 address ${macAddress} netns ${pid}`,
        `link set dev ${device} addrgenmode none address ${ROUTER_MAC} up`,
        // It answers for others at once: usually it would give them some time to do so.
        `ntable change name arp_cache dev ${device} proxy_delay 0`,
      ]);
      await this.#apply({ again: true });
    });
  }

  /** Knows from now on of a machine that is plugged in. */
  hold(plug: Plug): Promise<void> {
    return this.#do(async () => {
      this.#plugs.set(plug.id, plug);
      await this.#apply();
    });
  }

  /** Absent is done. */
  unplug(id: string): Promise<void> {
    return this.#do(async () => {
      this.#plugs.delete(id);
      if (await this.#exists()) await this.#deleteDevice(deviceOf(id));
    });
  }

  /** Joins this VPC with another by a cable of their own, where that is not there yet. */
  async peer(id: string, other: Router): Promise<void> {
    const device = deviceOf(id);
    if ((await this.#devices()).has(device)) return;
    const end = `${device} address ${PEER_MAC}`;
    await this.#do(() =>
      this.#ip([
        `link add ${end} type veth peer name ${end} netns ${other.name}`,
        `link set dev ${device} up`,
      ]),
    );
    await other.#do(() => other.#ip([`link set dev ${device} up`]));
  }

  /** Has packets meet this plan from now on. */
  settle(plan: VpcPlan): Promise<void> {
    return this.#do(async () => {
      this.#plan = plan;
      await this.#apply();
    });
  }

  /** Lets go of it, so that the next process can take it over. */
  async close(): Promise<void> {
    await this.#do(async () => this.#serving?.close());
    this.#serving = undefined;
  }

  async remove(): Promise<void> {
    await this.close();
    await this.#do(() => removeRouter(this.name, this.link));
  }

  /** The plan, and beside it what is plugged in and not in it yet: that has its door only. */
  #known(): VpcPlan {
    const planned = new Set(this.#plan.interfaces.map(({ id }) => id));
    const others = [...this.#plugs.values()].filter(({ id }) => !planned.has(id));
    if (others.length === 0) return this.#plan;
    const subnets = others.map(({ id, cidr }) => ({ id, cidr, routes: [], acl: [] }));
    const shut = { groups: [], sourceDestCheck: true };
    return {
      ...this.#plan,
      subnets: [...this.#plan.subnets, ...subnets],
      interfaces: [
        ...this.#plan.interfaces,
        ...others.map((plug) => ({ ...plug, ...shut, subnet: plug.id })),
      ],
    };
  }

  async #apply({ again = false } = {}): Promise<void> {
    const plan = this.#known();
    const ways = routing(plan, await this.#devices());
    const rules = ruleSet(plan);
    const wanted = [...ways, rules].join('\n');
    if (wanted === this.#applied && !again) return;
    // Rules first: a packet that a new route lets through meets them.
    await run('ip', ['netns', 'exec', this.name, 'nft', '-f', '-'], { input: rules });
    await this.#ip([
      ...addressesOf(plan).map((own) => `address replace ${own}/32 dev lo`),
      ...ways,
    ]);
    await this.#publish(plan);
    this.#applied = wanted;
  }

  /** The host's routes to public addresses and doors. */
  async #publish({ interfaces, natGateways }: VpcPlan): Promise<void> {
    const wanted = new Set(
      [
        ...interfaces.flatMap(({ machine, publicAddress }) => [doorOf(machine), publicAddress]),
        ...natGateways.map(({ publicAddress }) => publicAddress),
      ].filter((address) => address !== undefined),
    );
    const [end = ''] = (await routes('dev', this.link)).map(({ dst }) => dst);
    const present = (await routes('table', 'local', 'dev', this.link))
      .filter(({ gateway }) => gateway === end)
      .map(({ dst }) => dst);
    const rest = `via ${end} dev ${this.link} table local`;
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

  async #make(): Promise<void> {
    await removeRouter(this.name, this.link);
    await run('ip', ['netns', 'add', this.name]);
    const { name, link } = this;
    const taken = new Set((await routes('root', '169.254.0.0/16')).map(({ dst }) => dst));
    let end = '';
    for (end of routerEnds(name)) if (!taken.has(end)) break;
    const batch = [
      `link add ${link} address ${HOST_MAC} type veth peer name outside address ${ROUTER_MAC} netns ${name}`,
      `link set dev ${link} addrgenmode none`,
      `address add ${HOST_END}/32 dev ${link}`,
      `neigh replace ${end} lladdr ${ROUTER_MAC} dev ${link} nud permanent`,
    ];
    await run('ip', ['-batch', '-'], { input: `${batch.join('\n')}\n` });
    await run('ip', ['netns', 'exec', name, 'sh', '-ec', SETTINGS]);
    await this.#ip([
      'link set dev lo up',
      'link set dev outside addrgenmode none up',
      `address add ${end}/32 dev outside`,
      `neigh replace ${HOST_END} lladdr ${HOST_MAC} dev outside nud permanent`,
      `address add ${METADATA}/32 dev lo`,
      `address add ${RESOLVER}/32 dev lo`,
    ]);
    // Up at last: that is how the next process knows that it is whole. The host takes packets from and
    // to addresses of its loopback network on this device only, and passes on what goes farther.
    const settings = `cd /proc/sys/net/ipv4/conf/${link} && echo 1 >route_localnet && echo 1 >forwarding`;
    const last = `ip link set dev ${link} up && ip route add ${end}/32 dev ${link}`;
    await run('sh', ['-ec', `${settings} && ${last}`]);
  }

  async #exists(): Promise<boolean> {
    const links = JSON.parse(await run('ip', ['-j', 'link', 'show', 'type', 'veth'])) as Device[];
    const isUp = links.some(({ ifname, flags }) => ifname === this.link && flags?.includes('UP'));
    return isUp && (await routersOf('')).includes(this.name);
  }

  async #devices(): Promise<Set<string>> {
    const shown = await run('ip', ['-n', this.name, '-j', 'link', 'show']);
    return new Set((JSON.parse(shown) as Device[]).map(({ ifname }) => ifname));
  }

  async #deleteDevice(device: string): Promise<void> {
    if ((await this.#devices()).has(device)) await this.#ip([`link delete ${device}`]);
  }

  async #ip(lines: readonly string[]): Promise<void> {
    const input = `${lines.join('\n')}\n`;
    await run('ip', ['-n', this.name, '-batch', '-'], { input });
  }

  #do(work: () => Promise<void> | undefined): Promise<void> {
    return this.#inTurn.run(this.name, async () => work());
  }
}

/** What a router is to its subnets: the first address of each, and the VPC's resolver. */
function addressesOf({ subnets, resolver }: VpcPlan): string[] {
  const gateways = subnets.map(({ cidr }) => gatewayOf(cidr));
  return resolver === undefined ? gateways : [...gateways, resolver];
}

interface Device {
  readonly ifname: string;
  readonly flags?: readonly string[];
}

/** What devices that come later have as well. The router answers for every machine that it knows. */
const SETTINGS = `
cd /proc/sys/net/ipv4
echo 1 >ip_forward
echo 1 >conf/outside/route_localnet
echo 1 >conf/default/proxy_arp
echo 0 >conf/default/send_redirects
echo 0 >conf/all/send_redirects
`;

interface HostRoute {
  readonly dst: string;
  readonly gateway?: string;
}

async function routes(...selector: readonly string[]): Promise<HostRoute[]> {
  return JSON.parse((await run('ip', ['-j', 'route', 'show', ...selector])) || '[]') as HostRoute[];
}

/** The names of a cloud's routers on this host. */
export async function routersOf(cloud: string): Promise<string[]> {
  const shown = await run('ip', ['-j', 'netns', 'list']);
  const all = JSON.parse(shown || '[]') as { readonly name: string }[];
  return all.map(({ name }) => name).filter((name) => name.startsWith(cloud));
}

/** Absent is done. */
async function removeRouter(name: string, link: string): Promise<void> {
  await run('ip', ['link', 'delete', link]).catch(unlessAbsent);
  await run('ip', ['netns', 'delete', name]).catch(unlessAbsent);
}

function unlessAbsent(error: Error): void {
  if (!/Cannot find device|No such file or directory/.test(error.message)) throw error;
}
