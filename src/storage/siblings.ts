import type { Key } from './engine.ts';
import { startsWith, type Watchers } from './watchers.ts';

/** Another process that has the same store open. */
export interface Sibling {
  /** What it watches. */
  readonly prefixes: readonly Key[];
  /** Calls its listeners; resolves when they have been called, also where it is gone. */
  tell(keys: readonly Key[]): Promise<void>;
}

/**
 * Notices between the processes of one embedded store. A transaction resolves only when every
 * process that watches one of its keys has heard of it, so that what one process keeps in memory is
 * never older than what another has acknowledged.
 */
export class Siblings {
  readonly #others = new Set<Sibling>();
  #own: Watchers | undefined;

  /** @returns takes it out */
  add(sibling: Sibling): () => void {
    this.#others.add(sibling);
    return () => void this.#others.delete(sibling);
  }

  /** The watchers of the engine that is open in this process. */
  serve(own: Watchers): void {
    this.#own = own;
  }

  /** What this process watches; told to a sibling when it joins. */
  prefixes(): readonly Key[] {
    return this.#own?.prefixes() ?? [];
  }

  /** A sibling has written. */
  heard(keys: readonly Key[]): void {
    this.#own?.tell(keys);
  }

  /** This process has written; `undefined` where nobody else wants to know. */
  tell(written: readonly Key[]): Promise<unknown> | undefined {
    let told: Promise<void>[] | undefined;
    for (const sibling of this.#others) {
      const keys = written.filter((key) =>
        sibling.prefixes.some((prefix) => startsWith(key, prefix)),
      );
      if (keys.length > 0) (told ??= []).push(sibling.tell(keys));
    }
    return told && Promise.all(told);
  }
}
