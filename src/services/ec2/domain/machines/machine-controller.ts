import type { Driver, MachineState } from '../../../../compute/driver.ts';
import type { Clock } from '../../../../kernel/clock.ts';
import type { Controller } from '../../../../kernel/service.ts';
import type { Log } from '../../../../kernel/log.ts';
import { TERMINATED_VISIBLE_MS, type Instance } from '../instances/instance.ts';
import type { Instances } from '../instances/instances.ts';
import type { Machines } from './machines.ts';

const RETRY_MS = 1_000;

/**
 * Stops and terminates what is recorded as `stopping` and `shutting-down`, notices guests that
 * power off, removes machines that no instance owns, and forgets instances that ended an hour ago.
 * It looks at everything when it starts, so it needs no journal: the records say what is wanted.
 * Launches and starts are workflows, as they are undone where they fail; these are tried again.
 */
export class MachineController implements Controller {
  readonly name = 'ec2:machines';
  readonly #instances: Instances;
  readonly #machines: Machines;
  readonly #driver: Driver;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #underWay = new Set<Promise<void>>();
  readonly #timers = new Set<() => void>();
  #stopped = false;

  constructor(parts: {
    readonly instances: Instances;
    readonly machines: Machines;
    readonly driver: Driver;
    readonly clock: Clock;
    readonly log: Log;
  }) {
    this.#instances = parts.instances;
    this.#machines = parts.machines;
    this.#driver = parts.driver;
    this.#clock = parts.clock;
    this.#log = parts.log;
  }

  async start(): Promise<() => Promise<void>> {
    const unwatch = this.#driver.watch((state) => this.#noticed(state));
    const machines = new Map((await this.#driver.list()).map((each) => [each.id, each]));
    for await (const instance of this.#instances.everywhere()) {
      const { id, state } = instance;
      if (state === 'running' && machines.get(id)?.power !== 'on') {
        this.#run(() => this.#machines.foundOff(instance, 'unknown'));
      }
      this.look(instance);
    }
    for (const id of machines.keys()) this.#run(() => this.#machines.removeOrphan(id));
    this.#run(() => this.#forget());
    return async () => {
      this.#stopped = true;
      unwatch();
      for (const cancel of this.#timers) cancel();
      await this.settled();
    };
  }

  /** Does what an instance's record asks for; called whenever a record has changed. */
  look(instance: Instance): void {
    if (instance.state === 'stopping' || instance.state === 'shutting-down') {
      this.#run(() => this.#machines.settle(instance));
    }
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  #noticed(machine: MachineState): void {
    if (machine.power === 'on') return;
    this.#run(async () => {
      const owner = await this.#instances.owner(machine.id);
      if (owner) await this.#machines.foundOff(owner, 'guest');
    });
  }

  /** Removes the records that nobody can see any more, now and every hour. */
  async #forget(): Promise<void> {
    for await (const instance of this.#instances.everywhere()) {
      if (instance.terminatedAtMs !== undefined) await this.#instances.forget(instance);
    }
    this.#later(TERMINATED_VISIBLE_MS, () => this.#forget());
  }

  #run(task: () => Promise<void>): void {
    if (this.#stopped) return;
    const run = task()
      .catch((error: unknown) => {
        this.#log.error({ err: error }, 'a machine is not as wanted, trying again');
        this.#later(RETRY_MS, task);
      })
      .finally(() => this.#underWay.delete(run));
    this.#underWay.add(run);
  }

  #later(delayMs: number, task: () => Promise<void>): void {
    if (this.#stopped) return;
    const cancel = this.#clock.after(delayMs, () => {
      this.#timers.delete(cancel);
      this.#run(task);
    });
    this.#timers.add(cancel);
  }
}
