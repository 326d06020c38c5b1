import pg from 'pg';
import { checkKeys } from '../check-keys.ts';
import { closedError } from '../engine.ts';
import type { Changes, Engine, Entry, Key, Range, Value } from '../engine.ts';
import { Watchers } from '../watchers.ts';
import { type Job, commit } from './commit.ts';
import { Notices, removeEverything } from './notices.ts';
import { readMany, readRange, readUpTo } from './read.ts';
import { prepareSchema } from './schema.ts';

/**
 * An engine on PostgreSQL: one table of ordered keys, serializable transactions, notices between
 * servers. The transactions that wait while an earlier commit is under way run together in the next
 * one, each on what those before it wrote, as in LMDB. Those of several servers may collide, and
 * the commit that PostgreSQL turns away runs again.
 */
export class PostgresEngine implements Engine {
  readonly name = 'postgres';
  readonly #pool: pg.Pool;
  readonly #watchers = new Watchers();
  readonly #notices: Notices;
  #waiting: Job[] = [];
  #committing: Promise<void> | undefined;
  #closing: Promise<void> | undefined;

  private constructor(pool: pg.Pool, url: string) {
    this.#pool = pool;
    this.#notices = new Notices(url, this.#watchers);
  }

  /**
   * Connects, and makes the tables if they are not there.
   *
   * @param url e.g. `postgres://user:password@host/database`
   * @param empty removes every entry first, and tells other servers on the database
   * @throws Error where the database cannot be reached or holds a newer format
   */
  static async connect(
    url: string,
    { empty = false }: { readonly empty?: boolean } = {},
  ): Promise<PostgresEngine> {
    const pool = new pg.Pool({ connectionString: url, max: 10 });
    // An idle connection that breaks is replaced by the pool; the next query reports what is wrong.
    pool.on('error', () => {});
    const engine = new PostgresEngine(pool, url);
    try {
      await prepareSchema(pool);
      if (empty) await removeEverything(pool);
      await engine.#notices.open();
    } catch (cause) {
      await engine.close();
      throw new Error(`PostgreSQL cannot serve as the store: ${(cause as Error).message}`, {
        cause,
      });
    }
    return engine;
  }

  async get(key: Key): Promise<Value | undefined> {
    return (await this.getMany([key]))[0];
  }

  getMany(keys: readonly Key[]): Promise<(Value | undefined)[]> {
    return this.#using('read from the store', (client) => readMany(client, keys));
  }

  /** Asking the database would cost as much as what it could save. */
  revision(): undefined {}

  range(range: Range): Promise<Entry[]> {
    return this.#using('read a range of the store', (client) =>
      range.maxBytes === undefined ? readRange(client, range) : readUpTo(client, range),
    );
  }

  transact<Result>(
    keys: readonly Key[],
    compute: (values: readonly (Value | undefined)[]) => Changes<Result>,
  ): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#closing) throw closedError();
      let settle: () => void;
      this.#waiting.push({
        keys,
        run(values) {
          try {
            const { writes, result } = checkKeys(compute(values));
            settle = () => resolve(result);
            return writes;
          } catch (error) {
            settle = () => reject(error);
            return [];
          }
        },
        committed: () => settle(),
        failed: reject,
      });
      this.#committing ??= this.#commitAll();
    });
  }

  watch(prefix: Key, listener: (keys: readonly Key[]) => void): () => void {
    return this.#watchers.add(prefix, listener);
  }

  close(): Promise<void> {
    this.#closing ??= (async () => {
      await this.#committing;
      await this.#notices.close();
      await this.#pool.end();
    })();
    return this.#closing;
  }

  async #commitAll(): Promise<void> {
    // What else arrives in this turn rides along.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const jobs = this.#waiting;
      this.#waiting = [];
      try {
        await this.#onConnection('write to the store', (client) => commit(client, jobs));
        for (const job of jobs) job.committed();
      } catch (error) {
        for (const job of jobs) job.failed(error);
      }
    }
    this.#committing = undefined;
  }

  async #using<T>(attempt: string, read: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    if (this.#closing) throw closedError();
    return this.#onConnection(attempt, read);
  }

  /** @param attempt completes the sentence `cannot …` of an error */
  async #onConnection<T>(attempt: string, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    let client: pg.PoolClient | undefined;
    try {
      client = await this.#pool.connect();
      client.on('error', ignore);
      const result = await work(client);
      client.off('error', ignore);
      client.release();
      return result;
    } catch (cause) {
      // Whatever state it was left in, nobody is to find it.
      client?.release(true);
      const said = cause instanceof Error ? cause.message || cause.name : String(cause);
      throw new Error(`PostgreSQL: cannot ${attempt}: ${said}`, { cause });
    }
  }
}

/** A connection may break between two queries; the next one reports it. */
function ignore(): void {}
