import { existsSync } from 'node:fs';
import { run } from '../run.ts';
import { setUpIpv6Inside } from './cable.ts';
import { unlessAbsent, type HostLink } from './host-link.ts';
import { ipv6Routing } from './routing.ts';
import type { VpcPlan } from './vpc-plan.ts';

/** What a router does for IPv6 beside its rules, which are of both families. */
export class Ipv6Carrier {
  readonly #router: string;
  readonly #link: HostLink;
  /** Whether there ever was something to do: what is gone is to be taken back. */
  #isNeeded = false;
  /** Which addresses machines were given, by interface, and the process that has them. */
  readonly #given = new Map<string, string>();

  /** @param router the name of its network namespace */
  constructor(router: string, link: HostLink) {
    this.#router = router;
    this.#link = link;
  }

  /** What its routes are to be, as `carry` takes them; none where nothing has an address. */
  async routes(plan: VpcPlan, plugged: ReadonlySet<string>): Promise<string[]> {
    if (!existsSync('/proc/sys/net/ipv6')) return [];
    this.#isNeeded ||= plan.interfaces.some(({ ipv6Addresses }) => ipv6Addresses.length > 0);
    return this.#isNeeded ? ipv6Routing(plan, plugged, await this.#link.routerEnd()) : [];
  }

  /** @param processOf a process in the network namespace of a machine that is on */
  async carry(
    plan: VpcPlan,
    routes: readonly string[],
    processOf: (machine: string) => number | undefined,
  ): Promise<void> {
    if (routes.length === 0) return;
    const forward = 'echo 1 >/proc/sys/net/ipv6/conf/all/forwarding';
    await run('ip', ['netns', 'exec', this.#router, 'sh', '-ec', forward]);
    const input = `${routes.join('\n')}\n`;
    await run('ip', ['-n', this.#router, '-6', '-force', '-batch', '-'], { input }).catch(
      unlessAbsent,
    );
    await this.#link.publishIpv6(plan);
    for (const one of plan.interfaces) {
      const pid = processOf(one.machine);
      if (pid === undefined) continue;
      const [none, wanted] = [`${pid} `, `${pid} ${one.ipv6Addresses.join(' ')}`];
      if ((this.#given.get(one.id) ?? none) === wanted) continue;
      await setUpIpv6Inside(one, pid);
      this.#given.set(one.id, wanted);
    }
  }
}
