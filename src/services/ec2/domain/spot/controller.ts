import { AwsError } from '../../../../kernel/aws-error.ts';
import type { Log } from '../../../../kernel/log.ts';
import type { Controller } from '../../../../kernel/service.ts';
import { key } from '../../../../storage/keys.ts';
import type { Ec2 } from '../../scope.ts';
import { fulfilRequest, type Outcome } from './evaluate.ts';

/** How soon a request is looked at again that found no capacity, or after a failure of ours. */
const RETRY_MS = 30_000;

/**
 * Launches what Spot requests ask for. Whenever a request or an instance changes it looks at all
 * requests that are open, those whose time has come and persistent ones whose instance is gone
 * among them; so it needs no journal.
 */
export class SpotController implements Controller {
  readonly name = 'ec2:spot';
  readonly #ec2: Ec2;
  readonly #log: Log;
  #isStale = false;
  #stopped = false;
  #underWay: Promise<void> | undefined;
  #cancelTimer: (() => void) | undefined;

  constructor(ec2: Ec2, log: Log) {
    this.#ec2 = ec2;
    this.#log = log;
  }

  start(): Promise<() => Promise<void>> {
    const { store } = this.#ec2;
    const watched = ['instance', this.#ec2.spotRequests.kind.type];
    const unwatch = watched.map((type) => store.watch(key('ec2', type), () => this.#look()));
    this.#look();
    return Promise.resolve(async () => {
      this.#stopped = true;
      for (const stop of unwatch) stop();
      this.#cancelTimer?.();
      await this.#underWay;
    });
  }

  #look(): void {
    this.#isStale = true;
    this.#underWay ??= this.#settle();
  }

  async #settle(): Promise<void> {
    while (this.#isStale && !this.#stopped) {
      this.#isStale = false;
      try {
        this.#lookAgain(await this.#evaluateAll());
      } catch (error) {
        this.#log.error({ err: error }, 'a Spot request was not evaluated, trying again');
        this.#lookAgain(this.#ec2.clock.now() + RETRY_MS);
      }
    }
    // At once: what changes from now on needs another.
    this.#underWay = undefined;
  }

  /** Resolves to when there will be something to do again, in milliseconds since the epoch. */
  async #evaluateAll(): Promise<number> {
    let nextMs = Infinity;
    for await (const request of this.#ec2.spotRequests.everywhere()) {
      if (this.#stopped) break;
      const outcome = await this.#evaluate(request);
      if (outcome === 'no capacity') nextMs = Math.min(nextMs, this.#ec2.clock.now() + RETRY_MS);
      if (typeof outcome === 'object') nextMs = Math.min(nextMs, outcome.notBeforeMs);
    }
    return nextMs;
  }

  async #evaluate(request: Parameters<typeof fulfilRequest>[0]): Promise<Outcome> {
    try {
      return await fulfilRequest(request, this.#ec2);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      // Nothing that waiting helps: a group was deleted, an image deregistered.
      const fault = { Code: error.code, Message: error.message };
      await this.#ec2.spotRequests.update(request, request.id, (now) =>
        now.state === request.state
          ? {
              ...now,
              ...{ state: 'failed', code: 'bad-parameters', fault },
              atMs: this.#ec2.clock.now(),
            }
          : now,
      );
      return 'settled';
    }
  }

  #lookAgain(atMs: number): void {
    this.#cancelTimer?.();
    if (atMs === Infinity || this.#stopped) return;
    const { clock } = this.#ec2;
    this.#cancelTimer = clock.after(Math.max(0, atMs - clock.now()), () => this.#look());
  }
}
