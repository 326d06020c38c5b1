import { connect } from 'node:net';
import type { Driver, HostPort } from '../../../../compute/driver.ts';
import type { Clock } from '../../../../kernel/clock.ts';
import type { Instance } from '../instances/instance.ts';
import { isMock } from './realization.ts';

/** A guest without an SSH server is taken for reachable once it has run for so long. */
const SILENT_GUEST_MS = 180_000;
/** Host time for one try; clients that wait ask again. */
const TRY_MS = 500;

/**
 * Whether a running instance has booted as far as to be reached: its SSH server greets. Asked when
 * a client asks for the status, and not again once it has answered.
 */
export class Reachability {
  readonly #driver: Driver;
  readonly #clock: Clock;
  /** When each instance that was reached had been started. */
  readonly #reached = new Map<string, number>();

  constructor(driver: Driver, clock: Clock) {
    this.#driver = driver;
    this.#clock = clock;
  }

  /** The IDs of those that are reached now. */
  async of(instances: readonly Instance[]): Promise<ReadonlySet<string>> {
    const running = instances.filter(({ state }) => state === 'running');
    for (const { id, state } of instances) if (state !== 'running') this.#reached.delete(id);
    const unknown = running.filter(
      ({ id, launchedAtMs }) => this.#reached.get(id) !== launchedAtMs,
    );
    if (unknown.length > 0) await this.#ask(unknown);
    return new Set(
      running
        .filter(({ id, launchedAtMs }) => this.#reached.get(id) === launchedAtMs)
        .map(({ id }) => id),
    );
  }

  async #ask(instances: readonly Instance[]): Promise<void> {
    const machines = new Map((await this.#driver.list()).map((each) => [each.id, each]));
    await Promise.all(
      instances.map(async (instance) => {
        const { id, launchedAtMs } = instance;
        const ssh = machines.get(id)?.ssh;
        const reached =
          isMock(this.#driver, instance) ||
          this.#clock.now() - launchedAtMs >= SILENT_GUEST_MS ||
          (ssh !== undefined && (await greets(ssh)));
        if (reached) this.#reached.set(id, launchedAtMs);
      }),
    );
  }
}

/** A connection alone proves nothing: the host takes it before the guest's server is there. */
function greets({ host, port }: HostPort): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (greeted: boolean): void => {
      socket.destroy();
      resolve(greeted);
    };
    socket.setTimeout(TRY_MS, () => end(false));
    socket.once('data', (bytes) => end(bytes.toString('latin1').startsWith('SSH-')));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
  });
}
