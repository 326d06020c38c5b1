import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { MachineSpec } from '../driver.ts';
import { InTurn } from '../in-turn.ts';
import { run } from '../run.ts';
import { deviceOf } from './addresses.ts';
import type { Lease } from './dhcp.ts';
import { dieWithServer } from './die-with-server.ts';
import { hostFirewall, type ServicePorts } from './host-firewall.ts';
import { passOnIpv6 } from './host-link.ts';
import { nameServersOf } from './name-servers.ts';
import { Router, routersOf, type Inside, type Plug } from './router.ts';
import type { Services } from './router-services.ts';
import type { VpcPlan } from './vpc-plan.ts';

/** What the driver needs of a network: a cable for each machine. */
export interface Sockets {
  /**
   * Plugs a machine into its VPC, whose network namespace the process `pid` is in as long as the
   * machine is on.
   */
  plug(spec: MachineSpec, pid: number): Promise<void>;
  /** Plugs a machine with a kernel of its own into its VPC, by a tap that QEMU is to open. */
  tap(spec: MachineSpec): Promise<Tap>;
  /** Takes in hand a machine that is on and plugged in, and brings its further interfaces. */
  hold(spec: MachineSpec, inside: Inside): Promise<void>;
  /** Absent is done. */
  unplug(spec: Pick<MachineSpec, 'vpcId' | 'interfaceId'>): Promise<void>;
}

/** A device that is there until its machine is unplugged. */
export interface Tap {
  readonly device: string;
  /** The network namespace that it is in, as a file. */
  readonly namespace: string;
}

/**
 * The VPCs of one cloud on this host, each with a router that is made when the first machine is plugged
 * in. Kernel and router carry the packets: they outlive this process.
 */
export class VpcNetwork implements Sockets {
  readonly #cloud: string;
  readonly #services: Services;
  readonly #ephemeral: boolean;
  readonly #routers = new Map<string, Router>();
  readonly #inTurn = new InTurn();
  /** What the host's firewall was told last. */
  #guard: string | undefined;
  #plans: readonly VpcPlan[] = [];
  #ports: ServicePorts | undefined;
  #watched = false;

  /**
   * @param directory the cloud's data directory, which tells it from others on this host
   * @param ephemeral has it all end with this process, whatever ends it
   */
  constructor(directory: string, services: Services, { ephemeral = false } = {}) {
    const hash = createHash('sha256').update(resolve(directory)).digest('hex');
    this.#cloud = `al${hash.slice(0, 6)}`;
    this.#services = services;
    this.#ephemeral = ephemeral;
  }

  async plug(spec: MachineSpec, pid: number): Promise<void> {
    await (await this.#router(spec.vpcId)).plug(plugOf(spec, { pid }));
  }

  async tap(spec: MachineSpec): Promise<Tap> {
    const router = await this.#router(spec.vpcId);
    await router.plug(plugOf(spec));
    return { device: deviceOf(spec.interfaceId), namespace: `/run/netns/${router.name}` };
  }

  async hold(spec: MachineSpec, inside: Inside): Promise<void> {
    await (await this.#router(spec.vpcId)).hold(plugOf(spec, inside));
  }

  async unplug({ vpcId, interfaceId }: Pick<MachineSpec, 'vpcId' | 'interfaceId'>): Promise<void> {
    await this.#routers.get(vpcId)?.unplug(interfaceId);
  }

  /**
   * Has packets meet these plans from now on: of every VPC that has machines. What is on this host for
   * others is removed.
   */
  settle(plans: readonly VpcPlan[]): Promise<void> {
    return this.#inTurn.run('settle', async () => {
      this.#plans = plans;
      const wanted = new Set<string>();
      for (const plan of plans) wanted.add((await this.#router(plan.id)).name);
      for (const plan of plans) await this.#join(plan);
      await Promise.all(plans.map(async (plan) => (await this.#router(plan.id)).settle(plan)));
      if (plans.length > 0) await this.#protect();
      await this.#removeOthers(wanted);
      if ((await routersOf(`${this.#cloud}-`)).length === 0) await this.#unguard();
    });
  }

  /** Leads what machines send to AWS's services to these ports of the host's loopback address. */
  async offer(ports: ServicePorts): Promise<void> {
    this.#ports = ports;
    if (this.#guard !== undefined) await this.#protect();
  }

  /** Lets go of everything, so that the next process can take it over. */
  async close(): Promise<void> {
    await Promise.all([...this.#routers.values()].map((router) => router.close()));
    this.#routers.clear();
  }

  /** Ends it all, for a cloud that keeps nothing. */
  async remove(): Promise<void> {
    await this.settle([]);
  }

  async #join({ id, peerings }: VpcPlan): Promise<void> {
    for (const peering of peerings) {
      await (await this.#router(id)).peer(peering.id, await this.#router(peering.vpc));
    }
  }

  #router(vpcId: string): Promise<Router> {
    return this.#inTurn.run(vpcId, async () => {
      if (this.#guard === undefined) await this.#protect();
      const router = this.#routers.get(vpcId) ?? new Router(this.#cloud, vpcId, this.#services);
      await router.open();
      this.#routers.set(vpcId, router);
      return router;
    });
  }

  async #protect(): Promise<void> {
    const rules = hostFirewall(this.#cloud, `${this.#cloud}-*`, {
      ...(this.#ports && { ports: this.#ports }),
      addresses: this.#plans.flatMap(({ services }) => Object.values(services)),
      endpoints: this.#plans.flatMap(({ id, endpoints }) => {
        const link = this.#routers.get(id)?.link ?? '';
        return endpoints.map(({ address }) => ({ link, address }));
      }),
    });
    if (rules === this.#guard) return;
    this.#guard = rules;
    if (this.#ephemeral && !this.#watched) dieWithServer(this.#cloud);
    this.#watched = true;
    await run('nft', ['-f', '-'], { input: rules });
    // What comes back from the internet for a VPC is passed on; the host is no router for others.
    const shown = await run('ip', ['-j', 'route', 'show', 'default']);
    for (const { dev } of JSON.parse(shown || '[]') as { readonly dev: string }[]) {
      await writeFile(`/proc/sys/net/ipv4/conf/${dev}/forwarding`, '1');
      await passOnIpv6(dev);
    }
  }

  async #unguard(): Promise<void> {
    this.#guard = undefined;
    // Made first, as what is not there cannot be deleted.
    const table = `table inet ${this.#cloud}`;
    await run('nft', ['-f', '-'], { input: `${table}\ndelete ${table}\n` });
  }

  async #removeOthers(wanted: ReadonlySet<string>): Promise<void> {
    for (const name of await routersOf(`${this.#cloud}-`)) {
      if (wanted.has(name)) continue;
      const vpcId = name.slice(this.#cloud.length + 1);
      await this.#inTurn.run(vpcId, async () => {
        const router = this.#routers.get(vpcId) ?? new Router(this.#cloud, vpcId, this.#services);
        if (router.isUsed) return;
        this.#routers.delete(vpcId);
        await router.remove();
      });
    }
  }
}

function plugOf(spec: MachineSpec, inside?: Inside): Plug {
  const { id: machine, interfaceId: id, macAddress, privateAddress, subnetCidr: cidr } = spec;
  const end = { id, index: 0, macAddress, addresses: [privateAddress], cidr };
  return { ...end, machine, lease: leaseOf(spec), ...(inside && { inside }) };
}

function leaseOf(spec: MachineSpec): Lease {
  const { macAddress, privateAddress: address, subnetCidr: cidr, hostname, dhcp } = spec;
  const { domainName } = dhcp ?? {};
  const own = { address, macAddress, cidr, hostname, nameServers: nameServersOf(spec) };
  return { ...own, ...(domainName !== undefined && { domainName }) };
}
