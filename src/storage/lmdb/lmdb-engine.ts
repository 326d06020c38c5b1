import { open, type RootDatabase } from 'lmdb';
import type { Changes, Engine, Entry, Key, Range, Value, Write } from '../engine.ts';

/** The embedded engine: LMDB in one file, all transactions of a turn in one durable commit. */
export class LmdbEngine implements Engine {
  readonly name = 'lmdb';
  readonly #db: RootDatabase<Buffer, Buffer>;
  readonly #watchers = new Set<{ prefix: Buffer; listener: (writes: readonly Write[]) => void }>();

  constructor(path: string, { durable }: { readonly durable: boolean }) {
    this.#db = open<Buffer, Buffer>({
      path,
      encoding: 'binary',
      keyEncoding: 'binary',
      pageSize: 8192,
      overlappingSync: false,
      noSync: !durable,
    });
  }

  async get(key: Key): Promise<Value | undefined> {
    return this.#db.get(buffer(key));
  }

  async getMany(keys: readonly Key[]): Promise<(Value | undefined)[]> {
    return keys.map((key) => this.#db.get(buffer(key)));
  }

  async range({ from, to, reverse, limit, maxBytes = Infinity }: Range): Promise<Entry[]> {
    const entries: Entry[] = [];
    let bytes = 0;
    const options = reverse
      ? { start: buffer(to), end: buffer(from), reverse, exclusiveStart: true, inclusiveEnd: true }
      : { start: buffer(from), end: buffer(to) };
    for (const entry of this.#db.getRange({
      ...options,
      ...(limit === undefined ? {} : { limit }),
    })) {
      entries.push(entry);
      bytes += entry.value.length;
      if (bytes >= maxBytes) break;
    }
    return entries;
  }

  async transact<Result>(
    keys: readonly Key[],
    compute: (values: readonly (Value | undefined)[]) => Changes<Result>,
  ): Promise<Result> {
    let outcome: Changes<Result> | undefined;
    let failure: unknown;
    await this.#db.transaction(() => {
      try {
        outcome = compute(keys.map((key) => this.#db.get(buffer(key))));
      } catch (error) {
        failure = error;
        return;
      }
      for (const { key, value } of outcome.writes) {
        if (value) void this.#db.put(buffer(key), buffer(value));
        else void this.#db.remove(buffer(key));
      }
    });
    if (!outcome) throw failure;
    this.#notify(outcome.writes);
    return outcome.result;
  }

  watch(prefix: Key, listener: (writes: readonly Write[]) => void): () => void {
    const watcher = { prefix: buffer(prefix), listener };
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  async close(): Promise<void> {
    await this.#db.close();
  }

  #notify(writes: readonly Write[]): void {
    for (const { prefix, listener } of this.#watchers) {
      const seen = writes.filter(({ key }) => prefix.equals(key.subarray(0, prefix.length)));
      if (seen.length > 0) listener(seen);
    }
  }
}

function buffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
