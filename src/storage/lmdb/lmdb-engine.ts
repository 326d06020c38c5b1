import { join } from 'node:path';
import { createRequire } from 'node:module';
import type * as Lmdb from 'lmdb';
import type { RootDatabase } from 'lmdb';
import { checkKeys } from '../check-keys.ts';
import { closedError, MAX_KEY_BYTES } from '../engine.ts';
import type { Changes, Engine, Entry, Key, Range, Value, Write } from '../engine.ts';
import type { Siblings } from '../siblings.ts';
import { Watchers } from '../watchers.ts';
import { copier } from './copier.ts';
import { checkDataFile, PAGE_BYTES } from './check-file.ts';

/** As CommonJS it is one file: half of what its modules cost to load. */
const { ABORT, open } = createRequire(import.meta.url)('lmdb') as typeof Lmdb;

export interface LmdbOptions {
  readonly durable: boolean;
  readonly siblings?: Siblings | undefined;
  readonly checked?: boolean;
}

/** One caller's transaction, waiting for the next commit. */
interface Job {
  /** Reads, computes and writes inside the open LMDB transaction. */
  run(): void;
  /** After the commit is on disk. */
  committed(): void;
  failed(error: unknown): void;
}

/**
 * The embedded engine: LMDB in one file.
 *
 * Transactions that arrive while an earlier commit is on its way to disk run together in the next
 * one, each seeing what those before it wrote; a promise resolves when the commit it rode on has
 * been synced. LMDB's own writer thread does the syncing, so the event loop goes on meanwhile.
 *
 * Other processes may open the same file: reads see their commits, and the writer's lock makes
 * transactions serializable across them. `watch` hears of the writes of this process and its
 * siblings.
 */
export class LmdbEngine implements Engine {
  readonly name = 'lmdb';
  readonly #db: RootDatabase<Buffer, Buffer>;
  readonly #watchers = new Watchers();
  readonly #siblings: Siblings | undefined;
  #waiting: Job[] = [];
  #commitIsDue = false;
  #commits: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | undefined;

  /**
   * @param directory holds the data file; made if it is not there
   * @param durable whether to sync each commit; without it a crash of the machine may lose or damage data
   * @param siblings the other processes that have the same directory open
   * @param checked whether one of them has looked at the data file
   * @throws DataDirectoryError for a damaged data file
   */
  constructor(directory: string, { durable, siblings, checked = false }: LmdbOptions) {
    this.#siblings = siblings;
    siblings?.serve(this.#watchers);
    if (!checked) checkDataFile(join(directory, 'data.mdb'));
    this.#db = open<Buffer, Buffer>({
      path: directory,
      encoder: plainValues,
      keyEncoder: plainKeys,
      pageSize: PAGE_BYTES,
      // With overlapping sync a promise would resolve before the flush; here the commit includes it.
      overlappingSync: false,
      // Batches are ours; lmdb's own would leave a rejection that nobody can handle when a commit fails.
      eventTurnBatching: false,
      noSync: !durable,
    });
  }

  async get(key: Key): Promise<Value | undefined> {
    this.#checkOpen();
    return this.#read(key);
  }

  async getMany(keys: readonly Key[]): Promise<(Value | undefined)[]> {
    this.#checkOpen();
    return keys.map((key) => this.#read(key));
  }

  revision(): number {
    this.#checkOpen();
    // Reads of one turn share a snapshot, which may be older than the last commit of another process.
    this.#db.resetReadTxn();
    return (this.#db.getStats() as { readonly lastTxnId: number }).lastTxnId;
  }

  async range({ from, to, reverse, limit, maxBytes = Infinity }: Range): Promise<Entry[]> {
    this.#checkOpen();
    const entries: Entry[] = [];
    if (limit === 0 || Buffer.compare(from, to) >= 0) return entries;
    const bounds = reverse
      ? {
          start: keyBuffer(to),
          end: keyBuffer(from),
          reverse,
          exclusiveStart: true,
          inclusiveEnd: true,
        }
      : { start: keyBuffer(from), end: keyBuffer(to) };
    let bytes = 0;
    for (const entry of this.#db.getRange(limit === undefined ? bounds : { ...bounds, limit })) {
      entries.push(entry);
      bytes += entry.value.length;
      if (bytes >= maxBytes) break;
    }
    return entries;
  }

  transact<Result>(
    keys: readonly Key[],
    compute: (values: readonly (Value | undefined)[]) => Changes<Result>,
  ): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#checkOpen();
      let outcome: Changes<Result> | undefined;
      let thrown: unknown;
      this.#waiting.push({
        run: () => {
          try {
            outcome = checkKeys(compute(keys.map((key) => this.#read(key))));
          } catch (error) {
            thrown = error;
            return;
          }
          for (const write of outcome.writes) this.#write(write);
        },
        committed: () => {
          if (!outcome) return reject(thrown);
          const { result, writes } = outcome;
          const written = writes.map(({ key }) => key);
          const told = this.#siblings?.tell(written);
          resolve(told ? told.then(() => result) : result);
          this.#watchers.tell(written);
        },
        failed: reject,
      });
      this.#commitSoon();
    });
  }

  watch(prefix: Key, listener: (keys: readonly Key[]) => void): () => void {
    return this.#watchers.add(prefix, listener);
  }

  /** Lets the transactions that were accepted commit first. */
  close(): Promise<void> {
    this.#closing ??= this.#commits.then(() => this.#db.close());
    return this.#closing;
  }

  #commitSoon(): void {
    if (this.#commitIsDue) return;
    this.#commitIsDue = true;
    this.#commits = this.#commit();
  }

  /** Runs whatever waits when LMDB grants the writer's lock, in one LMDB transaction. */
  async #commit(): Promise<void> {
    let jobs: Job[] | undefined;
    let failure: unknown;
    try {
      // A child transaction, as its writes can be taken back when one of them fails.
      await this.#db.childTransaction(() => {
        jobs = this.#takeWaiting();
        try {
          for (const job of jobs) job.run();
        } catch (error) {
          failure = error;
          return ABORT;
        }
        return undefined;
      });
    } catch (error) {
      failure = await commitError(error);
    }
    jobs ??= this.#takeWaiting();
    if (failure === undefined) {
      for (const job of jobs) job.committed();
      return;
    }
    const error = new Error('cannot write to the store', { cause: failure });
    for (const job of jobs) job.failed(error);
  }

  #takeWaiting(): Job[] {
    const jobs = this.#waiting;
    this.#waiting = [];
    this.#commitIsDue = false;
    return jobs;
  }

  #read(key: Key): Value | undefined {
    // The fast read lends a buffer that the next read reuses, with `length` alone cut to size.
    const lent = this.#db.getBinaryFast(keyBuffer(key));
    return lent && copyOfValue(lent, 0, lent.length);
  }

  #write({ key, value }: Write): void {
    if (value) this.#db.putSync(buffer(key), buffer(value));
    else this.#db.removeSync(buffer(key));
  }

  #checkOpen(): void {
    if (this.#closing) throw closedError();
  }
}

const copyOfValue = copier();
const copyOfKey = copier();

/** Values as they are, taken out of the buffer in which lmdb lends them. */
const plainValues = {
  encode: (value: Buffer) => value,
  decode: (lent: Buffer, size: number) => copyOfValue(lent, 0, size),
};

/** The same of keys. */
const plainKeys = {
  writeKey(key: Uint8Array, target: Buffer, start: number): number {
    target.set(key, start);
    return start + key.length;
  },
  readKey: copyOfKey,
};

/** lmdb rejects with a general error that promises the particular one. */
async function commitError(error: unknown): Promise<unknown> {
  if (!(error instanceof Error && 'commitError' in error)) return error;
  try {
    await error.commitError;
    return error;
  } catch (particular) {
    return particular;
  }
}

/**
 * A key that is asked for may be longer than any that can stand, and than LMDB can take: its
 * beginning is as little there, and lies between the same neighbours.
 */
function keyBuffer(key: Key): Buffer {
  return buffer(key.length > MAX_KEY_BYTES ? key.subarray(0, MAX_KEY_BYTES + 1) : key);
}

function buffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
