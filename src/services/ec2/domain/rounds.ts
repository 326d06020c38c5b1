import type { Clock } from '../../../kernel/clock.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Controller } from '../../../kernel/service.ts';
import type { Engine } from '../../../storage/engine.ts';
import { key } from '../../../storage/keys.ts';

/** How soon there is another look after one that found no capacity, or that failed. */
export const RETRY_MS = 30_000;

interface Round {
  readonly name: string;
  /** The types of records whose changes call for a look. */
  readonly watched: readonly string[];
  /** Looks at everything; resolves to when there will be something to do again, Infinity if only after a change. */
  run(isStopped: () => boolean): Promise<number>;
}

interface Parts {
  readonly store: Engine;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Looks at all that there is to do at start, whenever a record has changed, and when it is time. It
 * begins with what is recorded, so it needs no journal; what changes meanwhile is seen by the next look.
 */
export class Rounds implements Controller {
  readonly name: string;
  readonly #round: Round;
  readonly #parts: Parts;
  #isStale = false;
  #stopped = false;
  #underWay: Promise<void> | undefined;
  #cancelTimer: (() => void) | undefined;

  constructor(round: Round, parts: Parts) {
    this.name = round.name;
    this.#round = round;
    this.#parts = parts;
  }

  start(): Promise<() => Promise<void>> {
    const { store } = this.#parts;
    const unwatch = this.#round.watched.map((type) =>
      store.watch(key('ec2', type), () => this.#look()),
    );
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
        this.#lookAgain(await this.#round.run(() => this.#stopped));
      } catch (error) {
        this.#parts.log.error({ err: error }, `${this.name} came to no end, trying again`);
        this.#lookAgain(this.#parts.clock.now() + RETRY_MS);
      }
    }
    // At once: what changes from now on needs another.
    this.#underWay = undefined;
  }

  #lookAgain(atMs: number): void {
    this.#cancelTimer?.();
    if (atMs === Infinity || this.#stopped) return;
    const { clock } = this.#parts;
    this.#cancelTimer = clock.after(Math.max(0, atMs - clock.now()), () => this.#look());
  }
}
