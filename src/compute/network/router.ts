import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { InTurn } from '../in-turn.ts';
import { run } from '../run.ts';
import {
  deviceOf,
  gatewayOf,
  HOST_END,
  HOST_MAC,
  METADATA,
  PEER_MAC,
  RESOLVER,
} from './addresses.ts';
import { cable, setUpInside, tap, type End } from './cable.ts';
import type { Lease } from './dhcp.ts';
import { ruleSet } from './rule-set.ts';
import { routing } from './routing.ts';
import { HostLink, unlessAbsent } from './host-link.ts';
import { Ipv6Carrier } from './ipv6-carrier.ts';
import { RouterServices, type Services } from './router-services.ts';
import { emptyPlan, type InterfacePlan, type VpcPlan } from './vpc-plan.ts';

/** A machine's first interface, as it is plugged in. */
export type Plug = End &
  Pick<InterfacePlan, 'machine'> & {
    /** What it is told by DHCP. */
    readonly lease: Lease;
    /** Undefined for a machine that is about to begin at its tap. */
    readonly inside?: Inside;
  };

/** How further interfaces get into a machine that is on. */
export type Inside =
  /** A process in its network namespace, as long as it is on. */
  | { readonly pid: number }
  /** One with a kernel of its own has a card for each, which is at a tap. It is given these, and no others. */
  | { readonly settleCards: (cards: readonly Card[]) => Promise<void> };

/** A further network card. */
export type Card = Pick<InterfacePlan, 'id' | 'index' | 'macAddress'>;

/**
 * The router of one VPC: a network namespace with a link to the host and one to each machine. There is
 * no switch: machines of one subnet reach one another through the router too, which answers for all
 * of them, so that every packet passes its rules.
 */
export class Router {
  /** The namespace's name. */
  readonly name: string;
  readonly vpc: string;
  readonly #link: HostLink;
  readonly #ipv6: Ipv6Carrier;
  readonly #services: Services;
  readonly #inTurn = new InTurn();
  readonly #plugs = new Map<string, Plug>();
  #plan: VpcPlan;
  /** Until then the plan is nobody's: a machine that is adopted keeps what it has. */
  #isPlanned = false;
  #applied: string | undefined;
  #serving: RouterServices | undefined;

  /** @param cloud what tells this cloud's from others': the beginning of names */
  constructor(cloud: string, vpc: string, services: Services) {
    this.vpc = vpc;
    this.name = `${cloud}-${vpc}`;
    const hash = createHash('sha256').update(vpc).digest('hex');
    this.#link = new HostLink(`${cloud}-${hash.slice(0, DEVICE_LENGTH - cloud.length - 1)}`);
    this.#ipv6 = new Ipv6Carrier(this.name, this.#link);
    this.#services = services;
    this.#plan = emptyPlan(vpc);
  }

  /** The host's end of the link to it. */
  get link(): string {
    return this.#link.name;
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
      this.#serving = await RouterServices.open(this.name, this.#services, {
        plan: () => this.#known(),
        lease: (address) => this.#leaseAt(address),
      });
    });
  }

  /** Plugs in a machine, at its `eth0` or at a tap. Its further interfaces come with the plan. */
  plug(plug: Plug): Promise<void> {
    return this.#do(async () => {
      this.#plugs.set(plug.id, plug);
      await this.#deleteDevice(deviceOf(plug.id));
      const { inside } = plug;
      await this.#ip(inside && 'pid' in inside ? cable(plug, inside.pid) : tap(plug));
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
      if (!(await this.#exists())) return;
      const { interfaces } = this.#plan;
      const machine = interfaces.find((each) => each.id === id)?.machine;
      const further = interfaces.filter((each) => each.machine === machine);
      for (const each of new Set([id, ...further.map((one) => one.id)])) {
        await this.#deleteDevice(deviceOf(each));
      }
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
      this.#isPlanned = true;
      const { peerings, interfaces } = this.#known();
      const wanted = new Set([...peerings, ...interfaces].map(({ id }) => deviceOf(id)));
      const present = await this.#devices();
      await this.#dealCards(this.#known(), present);
      for (const device of present) {
        if (/^(pcx|eni)/.test(device) && !wanted.has(device)) await this.#deleteDevice(device);
      }
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
    await this.#do(() => this.#remove());
  }

  /** The plan, and beside it what is plugged in and not in it yet: that has its door only. */
  #known(): VpcPlan {
    const planned = new Set(this.#plan.interfaces.map(({ id }) => id));
    const others = [...this.#plugs.values()].filter(({ id }) => !planned.has(id));
    if (others.length === 0) return this.#plan;
    const subnets = others.map(({ id, cidr }) => ({ id, cidr, routes: [], acl: [] }));
    const shut = { ipv6Addresses: [], groups: [], publicAddresses: [], sourceDestCheck: true };
    return {
      ...this.#plan,
      subnets: [...this.#plan.subnets, ...subnets],
      interfaces: [
        ...this.#plan.interfaces,
        ...others.map((plug) => ({ ...plug, ...shut, subnet: plug.id })),
      ],
    };
  }

  #leaseAt(address: string): Lease | undefined {
    const plugs = [...this.#plugs.values()];
    const first = plugs.find(({ lease }) => lease.address === address);
    if (first) return first.lease;
    const { interfaces, subnets } = this.#plan;
    const further = interfaces.find(({ addresses }) => addresses[0] === address);
    const lease = plugs.find(({ machine }) => machine === further?.machine)?.lease;
    const cidr = subnets.find(({ id }) => id === further?.subnet)?.cidr;
    if (!further || !lease || cidr === undefined) return undefined;
    return { ...lease, address, macAddress: further.macAddress, cidr };
  }

  async #apply({ again = false } = {}): Promise<void> {
    const plan = this.#known();
    await this.#lay(plan);
    const devices = await this.#devices();
    const ways = routing(plan, devices);
    const ipv6Ways = await this.#ipv6.routes(plan, devices);
    const rules = ruleSet(plan);
    const wanted = [...ways, ...ipv6Ways, rules].join('\n');
    if (wanted === this.#applied && !again) return;
    // Rules first: a packet that a new route lets through meets them.
    await run('ip', ['netns', 'exec', this.name, 'nft', '-f', '-'], { input: rules });
    // A machine may go at this moment, and its device with it: the other routes must be there.
    await this.#ip(
      [...addressesOf(plan).map((own) => `address replace ${own}/32 dev lo`), ...ways],
      ['-force'],
    ).catch(unlessAbsent);
    // A machine that does without, from before its driver had taps, is reached as it was.
    const isHere = ({ id }: InterfacePlan) => devices.has(deviceOf(id));
    const here = { ...plan, interfaces: plan.interfaces.filter(isHere) };
    await this.#link.publish(here);
    await this.#ipv6.carry(here, ipv6Ways, (machine) => this.#processOf(machine));
    this.#applied = wanted;
  }

  /** Lays the cables to further interfaces of machines that are not there yet. */
  async #lay(plan: VpcPlan): Promise<void> {
    const present = await this.#devices();
    for (const one of plan.interfaces) {
      if (one.index === 0 || present.has(deviceOf(one.id))) continue;
      const inside = this.#inside(one.machine);
      if (inside && 'settleCards' in inside) {
        await this.#ip(tap(one));
        present.add(deviceOf(one.id));
      }
      const pid = this.#processOf(one.machine);
      if (pid === undefined) continue;
      const cidr = plan.subnets.find(({ id }) => id === one.subnet)?.cidr ?? '';
      await this.#ip(cable({ ...one, cidr }, pid));
      await setUpInside({ ...one, cidr }, pid);
    }
    await this.#dealCards(plan, present);
  }

  /** Gives each machine with a kernel of its own a card at every tap that is there for it. */
  async #dealCards({ interfaces }: VpcPlan, present: ReadonlySet<string>): Promise<void> {
    if (!this.#isPlanned) return;
    const further = interfaces.filter(({ id, index }) => index > 0 && present.has(deviceOf(id)));
    for (const { machine, inside } of this.#plugs.values()) {
      if (!inside || !('settleCards' in inside)) continue;
      await inside.settleCards(further.filter((each) => each.machine === machine));
    }
  }

  #inside(machine: string): Inside | undefined {
    return [...this.#plugs.values()].find((each) => each.machine === machine)?.inside;
  }

  /** A process in the network namespace of a machine that is on. */
  #processOf(machine: string): number | undefined {
    const inside = this.#inside(machine);
    const pid = inside && 'pid' in inside ? inside.pid : undefined;
    return pid !== undefined && existsSync(`/proc/${pid}/ns/net`) ? pid : undefined;
  }

  async #make(): Promise<void> {
    await this.#remove();
    await run('ip', ['netns', 'add', this.name]);
    const end = await this.#link.make(this.name);
    await run('ip', ['netns', 'exec', this.name, 'sh', '-ec', SETTINGS]);
    await this.#ip([
      'link set dev lo up',
      'link set dev outside addrgenmode none up',
      `address add ${end}/32 dev outside`,
      `neigh replace ${HOST_END} lladdr ${HOST_MAC} dev outside nud permanent`,
      `address add ${METADATA}/32 dev lo`,
      `address add ${RESOLVER}/32 dev lo`,
    ]);
    await this.#link.switchOn(end);
  }

  async #exists(): Promise<boolean> {
    return (await this.#link.isUp()) && (await routersOf(this.name)).includes(this.name);
  }

  async #remove(): Promise<void> {
    await this.#link.remove();
    await run('ip', ['netns', 'delete', this.name]).catch(unlessAbsent);
  }

  async #devices(): Promise<Set<string>> {
    const shown = await run('ip', ['-n', this.name, '-j', 'link', 'show']);
    return new Set((JSON.parse(shown) as Device[]).map(({ ifname }) => ifname));
  }

  async #deleteDevice(device: string): Promise<void> {
    // It may go with its machine at this moment.
    if ((await this.#devices()).has(device)) {
      await this.#ip([`link delete ${device}`]).catch(unlessAbsent);
    }
  }

  async #ip(lines: readonly string[], options: readonly string[] = []): Promise<void> {
    const input = `${lines.join('\n')}\n`;
    await run('ip', ['-n', this.name, ...options, '-batch', '-'], { input });
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
}

/** What the kernel takes for a device's name. */
const DEVICE_LENGTH = 15;

/** What devices that come later have as well. The router answers for every machine that it knows. */
const SETTINGS = `
cd /proc/sys/net/ipv4
echo 1 >ip_forward
echo 1 >conf/outside/route_localnet
echo 1 >conf/default/route_localnet
echo 1 >conf/default/proxy_arp
echo 0 >conf/default/send_redirects
echo 0 >conf/all/send_redirects
`;

/** The names of a cloud's routers on this host. */
export async function routersOf(cloud: string): Promise<string[]> {
  const shown = await run('ip', ['-j', 'netns', 'list']);
  const all = JSON.parse(shown || '[]') as { readonly name: string }[];
  return all.map(({ name }) => name).filter((name) => name.startsWith(cloud));
}
