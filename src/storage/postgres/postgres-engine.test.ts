import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findPostgres, type PostgresServer, startPostgres } from '../../../test/postgres.ts';
import { describeEngine } from '../engine.contract.ts';
import { key } from '../keys.ts';
import { PostgresEngine } from './postgres-engine.ts';

const programs = findPostgres();

describe.skipIf(!programs)('on a PostgreSQL of its own', { timeout: 60_000 }, () => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await startPostgres(programs!);
  }, 60_000);
  afterAll(() => server.stop());

  describeEngine('postgres', async () => {
    const url = await server.database();
    return { open: () => PostgresEngine.connect(url), remove: async () => {} };
  });

  test('two servers on one database increment exactly, and hear of one another', async () => {
    const url = await server.database();
    const engines = await Promise.all([PostgresEngine.connect(url), PostgresEngine.connect(url)]);
    const at = key('counter');
    const heard = new Promise<void>((resolve) => {
      engines[0].watch(at, () => {
        void engines[0].get(at).then((value) => String(value) === '40' && resolve());
      });
    });
    await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        engines[i % 2]!.transact([at], ([value]) => ({
          writes: [{ key: at, value: Buffer.from(String(Number(value ?? 0) + 1)) }],
          result: undefined,
        })),
      ),
    );
    await heard;
    expect(String(await engines[0].get(at))).toBe('40');
    await Promise.all(engines.map((engine) => engine.close()));
  });

  test('a database of a newer Alacarte is refused', async () => {
    const url = await server.database();
    const engine = await PostgresEngine.connect(url);
    await engine.close();
    await query(url, 'UPDATE alacarte_format SET version = 2');
    await expect(PostgresEngine.connect(url)).rejects.toThrow(/newer Alacarte \(format 2/);
  });

  test('a database that may lose commits is refused until it is set right', async () => {
    const url = await server.database();
    await query(url, `ALTER DATABASE ${url.split('/').at(-1)} SET synchronous_commit = off`);
    await expect(PostgresEngine.connect(url)).rejects.toThrow('synchronous_commit is off');
    await query(url, `ALTER DATABASE ${url.split('/').at(-1)} SET synchronous_commit = on`);
    await (await PostgresEngine.connect(url)).close();
  });

  test('connections that break are told, replaced, and listeners look again', async () => {
    const url = await server.database();
    const engine = await PostgresEngine.connect(url);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      const at = key('held');
      const put = (value: string) =>
        engine.transact([], () => ({
          writes: [{ key: at, value: Buffer.from(value) }],
          result: undefined,
        }));
      await put('before');
      const lookAgain = new Promise<void>((resolve) => {
        engine.watch(at, (keys) => keys.length === 0 && resolve());
      });
      await client.query('BEGIN; LOCK TABLE alacarte_entries');
      const lost = Promise.allSettled([put('lost')]);
      await untilBlocked(client);
      await client.query(`${BREAK}; COMMIT`);
      expect(await lost).toMatchObject([
        { reason: { message: expect.stringContaining('PostgreSQL: cannot write to the store: ') } },
      ]);
      expect(String(await engine.get(at))).toBe('before');
      await put('after');
      expect(String(await engine.get(at))).toBe('after');
      await lookAgain;
    } finally {
      await client.end();
      await engine.close();
    }
  });

  test('a database that is not there is refused with the reason', async () => {
    const url = (await server.database()).replace(/cloud\d+$/, 'nowhere');
    await expect(PostgresEngine.connect(url)).rejects.toThrow(/database "nowhere" does not exist/);
  });
});

const BREAK = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()`;

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

/** Until some statement waits for a lock of `client`'s. */
async function untilBlocked(client: pg.Client): Promise<void> {
  const text = `SELECT 1 FROM pg_locks WHERE NOT granted`;
  while ((await client.query(text)).rowCount === 0) await new Promise(setImmediate);
}
