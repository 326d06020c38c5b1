import type { Clock } from '../../kernel/clock.ts';
import { BodyStore } from './body-store.ts';
import type { Entry, Missed } from './entry.ts';
import { type Beginning, Observation } from './observation.ts';
import type { ActivityQuery } from './query.ts';

const keptEntries = 1000;

/** A call of this process, or one that another process has told of. */
interface Kept {
  sequence: number;
  entry(): Entry;
}

/** The last calls that were answered, and those to come for who wants to follow. */
export class Activity {
  readonly #clock: Pick<Clock, 'now'>;
  /** A ring: the call of sequence number n is at n modulo its length. */
  readonly #ring: Kept[] = [];
  #last = 0;
  readonly #wantBodies: (wanted: boolean) => Promise<void>;
  readonly #bodies = new BodyStore();
  #bodyReaders = 0;
  #wake = new Set<() => void>();
  #closed = false;

  /** @param wantBodies told whether somebody reads bodies: then other processes leave calls to this one */
  constructor(
    clock: Pick<Clock, 'now'>,
    wantBodies: (wanted: boolean) => Promise<void> = async () => {},
  ) {
    this.#clock = clock;
    this.#wantBodies = wantBodies;
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
    if (wantsBodies && this.#bodyReaders++ === 0) await this.#wantBodies(true);
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
      if (wantsBodies && --this.#bodyReaders === 0) {
        this.#bodies.clear();
        await this.#wantBodies(false);
      }
    }
  }

  /** The calls behind the one of this sequence number, as far as they are kept. */
  since(sequence: number): Entry[] {
    const entries: Entry[] = [];
    for (let next = Math.max(sequence + 1, this.#first()); next <= this.#last; next++) {
      entries.push(this.#ring[next % keptEntries]!.entry());
    }
    return entries;
  }

  /** Keeps the calls that another process has answered, after those that are here. */
  take(entries: readonly Entry[]): void {
    for (const entry of entries) {
      const kept: Kept = {
        sequence: 0,
        entry: () => ({ ...entry, sequence: kept.sequence }),
      };
      this.#add(kept);
    }
    if (this.#wake.size > 0) this.#wakeAll();
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
    this.#add(observation);
    const { called } = observation;
    if (this.#bodyReaders > 0 && called) {
      this.#bodies.keep(observation.sequence, called, observation.bodies());
    }
    if (this.#wake.size > 0) this.#wakeAll();
  };

  #add(kept: Kept): void {
    kept.sequence = ++this.#last;
    this.#ring[kept.sequence % keptEntries] = kept;
  }

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
