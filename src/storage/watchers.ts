import type { Key } from './engine.ts';

interface Watcher {
  readonly prefix: Key;
  readonly listener: (keys: readonly Key[]) => void;
}

/** Who wants to know of writes in this process. */
export class Watchers {
  readonly #watchers = new Set<Watcher>();

  add(prefix: Key, listener: (keys: readonly Key[]) => void): () => void {
    const watcher = { prefix, listener };
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  prefixes(): readonly Key[] {
    return Array.from(this.#watchers, ({ prefix }) => prefix);
  }

  tell(written: readonly Key[]): void {
    for (const { prefix, listener } of this.#watchers) {
      const keys = written.filter((key) => startsWith(key, prefix));
      if (keys.length > 0) listener(keys);
    }
  }

  /** Calls every listener without keys, as some writes may have passed unheard. */
  tellAll(): void {
    for (const { listener } of this.#watchers) listener([]);
  }
}

export function startsWith(key: Key, prefix: Key): boolean {
  return key.length >= prefix.length && prefix.every((byte, at) => key[at] === byte);
}
