import type { PacketNetwork } from '../../../../compute/compute.ts';
import type { Clock } from '../../../../kernel/clock.ts';
import type { Log } from '../../../../kernel/log.ts';
import type { Controller } from '../../../../kernel/service.ts';
import type { Engine } from '../../../../storage/engine.ts';
import { key } from '../../../../storage/keys.ts';
import type { Instances } from '../instances/instances.ts';
import type { Networks } from '../network/networks.ts';
import { takeSnapshot } from './snapshot.ts';
import { plansOf } from './vpc-plans.ts';

const RETRY_MS = 1_000;

/**
 * Has packets meet what is recorded of networks: whenever a record of EC2 changes it draws the plans of
 * all VPCs with machines anew, and hands them over if they differ. What changes while it does so is
 * drawn next.
 */
export class PacketController implements Controller {
  readonly name = 'ec2:packets';
  readonly #parts: PacketParts;
  #isStale = false;
  #stopped = false;
  #underWay: Promise<void> | undefined;
  #settled: string | undefined;
  #cancelRetry: (() => void) | undefined;

  constructor(parts: PacketParts) {
    this.#parts = parts;
  }

  start(): Promise<() => Promise<void>> {
    const { network, store } = this.#parts;
    if (!network) return Promise.resolve(() => Promise.resolve());
    const unwatch = store.watch(key('ec2'), () => this.#look(network));
    this.#look(network);
    return Promise.resolve(async () => {
      unwatch();
      // What was recorded last may not have been heard of: nobody else would remove what is left.
      this.#look(network);
      await this.#underWay;
      this.#stopped = true;
      this.#cancelRetry?.();
    });
  }

  #look(network: PacketNetwork): void {
    this.#isStale = true;
    this.#underWay ??= this.#settle(network);
  }

  async #settle(network: PacketNetwork): Promise<void> {
    const { clock, instances, networks, log } = this.#parts;
    while (this.#isStale && !this.#stopped) {
      this.#isStale = false;
      try {
        const plans = plansOf(await takeSnapshot(instances, networks), clock.now());
        const drawn = JSON.stringify(plans);
        if (drawn === this.#settled) continue;
        await network.settle(plans);
        this.#settled = drawn;
      } catch (error) {
        log.error({ err: error }, 'packets do not meet what is recorded, trying again');
        this.#settled = undefined;
        this.#cancelRetry = clock.after(RETRY_MS, () => this.#look(network));
      }
    }
    // At once: what changes from now on needs another.
    this.#underWay = undefined;
  }
}

interface PacketParts {
  /** Undefined where networks are only recorded. */
  readonly network: PacketNetwork | undefined;
  readonly store: Engine;
  readonly instances: Instances;
  readonly networks: Networks;
  readonly clock: Clock;
  readonly log: Log;
}
