import type { Clock } from '../../kernel/clock.ts';
import { BodyStore } from './body-store.ts';
import type { Entry, Missed } from './entry.ts';
import { type Beginning, Observation } from './observation.ts';
import type { ActivityQuery } from './query.ts';

const keptEntries = 1000;

/** The last calls that were answered, and those to come for who wants to follow. */
export class Activity {
  readonly #clock: Pick<Clock, 'now'>;
  /** A ring: the call of sequence number n is at n modulo its length. */
  readonly #ring: Observation[] = [];
  #last = 0;
  readonly #bodies = new BodyStore();
  #bodyReaders = 0;
  #wake = new Set<() => void>();
  #closed = false;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** A call has come; what becomes of it is told to the observation. */
  begin(beginning: Beginning): Observation {
    return new Observation(beginning, this.#clock.now(), this.#keep);
  }

  /**
   * What is kept, then what comes, until the signal or the cloud's end. Readers share what is kept
   * and hold nothing of their own: one that is too slow is told how many it missed.
   */
  async *read(query: ActivityQuery, signal: AbortSignal): AsyncGenerator<Entry | Missed> {
    const wantsBodies = query.bodies;
    if (wantsBodies) this.#bodyReaders++;
    try {
      let next = this.#first();
      while (!signal.aborted) {
        if (next > this.#last) {
          if (!query.follow || this.#closed) return;
          await this.#more(signal);
          continue;
        }
        const first = this.#first();
        if (next < first) yield { missed: first - next };
        next = Math.max(next, first);
        const entry = this.#ring[next++ % keptEntries]!.entry();
        if (!query.matches(entry)) continue;
        yield wantsBodies ? { ...entry, ...this.#bodies.get(entry.sequence) } : entry;
      }
    } finally {
      if (wantsBodies && --this.#bodyReaders === 0) this.#bodies.clear();
    }
  }

  /** Ends all reading. */
  close(): void {
    this.#closed = true;
    this.#wakeAll();
  }

  #first(): number {
    return Math.max(1, this.#last - keptEntries + 1);
  }

  readonly #keep = (observation: Observation): void => {
    observation.sequence = ++this.#last;
    this.#ring[observation.sequence % keptEntries] = observation;
    const { called } = observation;
    if (this.#bodyReaders > 0 && called) {
      this.#bodies.keep(observation.sequence, called, observation.bodies());
    }
    if (this.#wake.size > 0) this.#wakeAll();
  };

  #more(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        signal.removeEventListener('abort', wake);
        this.#wake.delete(wake);
        resolve();
      };
      signal.addEventListener('abort', wake);
      this.#wake.add(wake);
    });
  }

  #wakeAll(): void {
    for (const wake of this.#wake) wake();
  }
}
