import pg from 'pg';
import { checkKeys } from '../check-keys.ts';
import type { Changes, Engine, Entry, Key, Range, Value, Write } from '../engine.ts';
import { Watchers } from '../watchers.ts';
import { Notices } from './notices.ts';
import { prepareSchema } from './schema.ts';
import { Turns } from './turns.ts';

/** Entries read at a time where a range is bounded by bytes. */
const CHUNK_ENTRIES = 256;

/**
 * An engine on PostgreSQL: one table of ordered keys, serializable transactions, notices between
 * servers. Transactions that name the same key take turns within this server; those of several
 * servers may collide, and the one that PostgreSQL turns away runs again.
 */
export class PostgresEngine implements Engine {
  readonly name = 'postgres';
  readonly #pool: pg.Pool;
  readonly #turns = new Turns();
  readonly #watchers = new Watchers();
  readonly #notices: Notices;
  readonly #underWay = new Set<Promise<unknown>>();

  private constructor(pool: pg.Pool, url: string) {
    this.#pool = pool;
    this.#notices = new Notices(url, (keys) => this.#watchers.tell(keys));
  }

  /**
   * Connects, and makes the tables if they are not there.
   *
   * @param url e.g. `postgres://user:password@host/database`
   * @throws Error where the database cannot be reached or holds a newer format
   */
  static async connect(url: string): Promise<PostgresEngine> {
    const pool = new pg.Pool({ connectionString: url, max: 10 });
    // An idle connection that breaks is replaced by the pool; the next query reports what is wrong.
    pool.on('error', () => {});
    const engine = new PostgresEngine(pool, url);
    try {
      await prepareSchema(pool);
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
    const text = 'SELECT value FROM alacarte_entries WHERE key = $1';
    const { rows } = await this.#pool.query<{ value: Buffer }>({
      name: 'get',
      text,
      values: [key],
    });
    return rows[0]?.value;
  }

  getMany(keys: readonly Key[]): Promise<(Value | undefined)[]> {
    return readMany(this.#pool, keys);
  }

  async range(range: Range): Promise<Entry[]> {
    if (range.maxBytes === undefined) return readRange(this.#pool, range);
    return this.#inTransaction('REPEATABLE READ READ ONLY', (client) => readChunks(client, range));
  }

  transact<Result>(
    keys: readonly Key[],
    compute: (values: readonly (Value | undefined)[]) => Changes<Result>,
  ): Promise<Result> {
    const run = this.#turns.take(keys, () => this.#untilItFits(keys, compute));
    this.#underWay.add(run);
    const ended = (): void => void this.#underWay.delete(run);
    run.then(ended, ended);
    return run;
  }

  watch(prefix: Key, listener: (keys: readonly Key[]) => void): () => void {
    return this.#watchers.add(prefix, listener);
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#underWay);
    await this.#notices.close();
    if (!this.#pool.ended) await this.#pool.end();
  }

  async #untilItFits<Result>(
    keys: readonly Key[],
    compute: (values: readonly (Value | undefined)[]) => Changes<Result>,
  ): Promise<Result> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#inTransaction('SERIALIZABLE', async (client) => {
          const { writes, result } = checkKeys(compute(await readMany(client, keys)));
          if (writes.length > 0) await write(client, writes);
          return result;
        });
      } catch (error) {
        if (!isCollision(error)) throw error;
        await pause(Math.random() * Math.min(2 ** attempt, 100));
      }
    }
  }

  async #inTransaction<Result>(
    mode: string,
    work: (client: pg.PoolClient) => Promise<Result>,
  ): Promise<Result> {
    const client = await this.#pool.connect();
    let broken: Error | undefined;
    try {
      await client.query(`BEGIN ISOLATION LEVEL ${mode}`);
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((cause: Error) => (broken = cause));
      throw error;
    } finally {
      client.release(broken);
    }
  }
}

/** Values by the order of `keys`, as of one moment. */
async function readMany(
  client: pg.Pool | pg.PoolClient,
  keys: readonly Key[],
): Promise<(Value | undefined)[]> {
  if (keys.length === 0) return [];
  const text = `SELECT value FROM unnest($1::bytea[]) WITH ORDINALITY AS wanted(key, place)
    LEFT JOIN alacarte_entries USING (key) ORDER BY place`;
  const values = [keys.map(buffer)];
  const { rows } = await client.query<{ value: Buffer | null }>({
    name: 'read-many',
    text,
    values,
  });
  return rows.map(({ value }) => value ?? undefined);
}

async function readRange(
  client: pg.Pool | pg.PoolClient,
  { from, to, reverse, limit }: Range,
): Promise<Entry[]> {
  const direction = reverse ? 'DESC' : 'ASC';
  const { rows } = await client.query<{ key: Buffer; value: Buffer }>({
    name: `range-${direction}`,
    text: `SELECT key, value FROM alacarte_entries WHERE key >= $1 AND key < $2
      ORDER BY key ${direction} LIMIT $3`,
    values: [from, to, limit],
  });
  return rows;
}

async function readChunks(client: pg.PoolClient, range: Range): Promise<Entry[]> {
  const { reverse, limit = Infinity, maxBytes = Infinity } = range;
  const entries: Entry[] = [];
  let { from, to } = range;
  for (let bytes = 0; ;) {
    const wanted = Math.min(CHUNK_ENTRIES, limit - entries.length);
    const chunk = await readRange(client, { from, to, limit: wanted, ...(reverse && { reverse }) });
    for (const entry of chunk) {
      entries.push(entry);
      bytes += entry.value.length;
      if (bytes >= maxBytes) return entries;
    }
    const last = chunk.at(-1);
    if (!last || chunk.length < CHUNK_ENTRIES || entries.length >= limit) return entries;
    if (reverse) to = last.key;
    else from = Buffer.concat([last.key, Buffer.of(0)]);
  }
}

async function write(client: pg.PoolClient, writes: readonly Write[]): Promise<void> {
  // A later write to the same key wins; one statement may not touch a row twice.
  const last = new Map(writes.map((entry) => [buffer(entry.key).toString('hex'), entry]));
  const kept = [...last.values()].filter((entry) => entry.value !== undefined);
  const removed = [...last.values()].filter((entry) => entry.value === undefined);
  if (kept.length > 0) {
    await client.query({
      name: 'write',
      text: `INSERT INTO alacarte_entries (key, value) SELECT * FROM unnest($1::bytea[], $2::bytea[])
        ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value`,
      values: [kept.map(({ key }) => buffer(key)), kept.map(({ value }) => buffer(value!))],
    });
  }
  if (removed.length > 0) {
    const text = 'DELETE FROM alacarte_entries WHERE key = ANY($1::bytea[])';
    await client.query({ name: 'remove', text, values: [removed.map(({ key }) => buffer(key))] });
  }
  await Notices.send(
    client,
    writes.map(({ key }) => key),
  );
}

/** PostgreSQL's serialization failure and deadlock: the same transaction, run again, may pass. */
function isCollision(error: unknown): boolean {
  return ['40001', '40P01'].includes((error as { code?: string }).code ?? '');
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function buffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
