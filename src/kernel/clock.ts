/**
 * The one clock of a cloud. TTL, token expiry, cooldowns and state changes read it, so a test or
 * the admin API can move all of them at once. Time limits on the host's own work (a socket, a
 * process) are not cloud time and use the host's timers.
 */
export interface Clock {
  /** Milliseconds since the epoch, in cloud time. */
  now(): number;
  /** Calls back once `delayMs` of cloud time have passed; returns a function that cancels. */
  after(delayMs: number, callback: () => void): () => void;
}

export interface ClockState {
  /** How far it has been moved. */
  readonly offsetMs: number;
  readonly frozenAtMs: number | undefined;
}

interface Timer {
  readonly dueMs: number;
  readonly callback: () => void;
}

/** A clock that runs with the host's, or stands still, and can be moved forward. */
export class MovableClock implements Clock {
  #offsetMs = 0;
  #frozenAtMs: number | undefined;
  readonly #timers = new Set<Timer>();
  #wakeUp: NodeJS.Timeout | undefined;

  /** @param frozenAtMs where the clock stands still until moved; it runs with the host's if left out */
  constructor(frozenAtMs?: number) {
    this.#frozenAtMs = frozenAtMs;
  }

  now(): number {
    return (this.#frozenAtMs ?? Date.now()) + this.#offsetMs;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer = { dueMs: this.now() + delayMs, callback };
    this.#timers.add(timer);
    this.#schedule();
    return () => {
      this.#timers.delete(timer);
      this.#schedule();
    };
  }

  /** Moves forward by `ms` and runs what came due on the way, in order, each at its own time. */
  advance(ms: number): void {
    const targetMs = this.now() + ms;
    for (let next = this.#earliest(); next && next.dueMs <= targetMs; next = this.#earliest()) {
      this.#offsetMs += Math.max(0, next.dueMs - this.now());
      this.#timers.delete(next);
      next.callback();
    }
    this.#offsetMs += Math.max(0, targetMs - this.now());
    this.#schedule();
  }

  /** How it stands, for another process's clock to follow. */
  get state(): ClockState {
    return { offsetMs: this.#offsetMs, frozenAtMs: this.#frozenAtMs };
  }

  /** Stands from now on as another clock does; timers keep their times. */
  follow({ offsetMs, frozenAtMs }: ClockState): void {
    this.#offsetMs = offsetMs;
    this.#frozenAtMs = frozenAtMs;
    this.advance(0);
  }

  /** Forgets all timers: the cloud is closing. */
  stop(): void {
    this.#timers.clear();
    clearTimeout(this.#wakeUp);
  }

  /** As at the start: no timers, not moved. */
  restart(): void {
    this.stop();
    this.#offsetMs = 0;
  }

  #earliest(): Timer | undefined {
    let earliest: Timer | undefined;
    for (const timer of this.#timers) {
      if (!earliest || timer.dueMs < earliest.dueMs) earliest = timer;
    }
    return earliest;
  }

  #schedule(): void {
    clearTimeout(this.#wakeUp);
    const next = this.#earliest();
    if (!next || this.#frozenAtMs !== undefined) return;
    const delayMs = Math.min(Math.max(0, next.dueMs - this.now()), 2 ** 31 - 1);
    this.#wakeUp = setTimeout(() => this.advance(0), delayMs);
    this.#wakeUp.unref();
  }
}
