import { join } from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import {
  type Changes,
  type Engine,
  type Entry,
  type Key,
  type Range,
  type Value,
} from '../engine.ts';
import { checkKeys } from '../check-keys.ts';
import { Watchers } from '../watchers.ts';
import { checkDataFile, PAGE_BYTES } from './check-file.ts';

/** The embedded engine: LMDB in one file, all transactions of a turn in one durable commit. */
export class LmdbEngine implements Engine {
  readonly name = 'lmdb';
  readonly #db: RootDatabase<Buffer, Buffer>;
  /** Commits resolve in order, so the latest stands for all of them. */
  #latest: Promise<unknown> = Promise.resolve();
  readonly #watchers = new Watchers();

  /**
   * @param directory holds the data file; made if it is not there
   * @param durable whether a commit is on disk before it is acknowledged
   * @throws DataDirectoryError for a damaged data file
   */
  constructor(directory: string, { durable }: { readonly durable: boolean }) {
    checkDataFile(join(directory, 'data.mdb'));
    this.#db = open<Buffer, Buffer>({
      path: directory,
      encoding: 'binary',
      keyEncoding: 'binary',
      pageSize: PAGE_BYTES,
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
    const commit = this.#db.transaction(() => {
      // What throws here must not reach LMDB: the neighbours in this commit would go down with it.
      try {
        outcome = checkKeys(compute(keys.map((key) => this.#db.get(buffer(key)))));
      } catch (error) {
        failure = error;
        return;
      }
      for (const { key, value } of outcome.writes) {
        if (value) void this.#db.put(buffer(key), buffer(value));
        else void this.#db.remove(buffer(key));
      }
    });
    this.#latest = commit;
    await commit;
    if (!outcome) throw failure;
    this.#watchers.tell(outcome.writes.map(({ key }) => key));
    return outcome.result;
  }

  watch(prefix: Key, listener: (keys: readonly Key[]) => void): () => void {
    return this.#watchers.add(prefix, listener);
  }

  async close(): Promise<void> {
    await this.#latest;
    await this.#db.close();
  }
}

function buffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
