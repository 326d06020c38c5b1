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
      let notices = 0;
      engines[0].watch(at, () => ++notices === 40 && resolve());
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
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('UPDATE alacarte_format SET version = 2');
    await client.end();
    await expect(PostgresEngine.connect(url)).rejects.toThrow(/newer Alacarte \(format 2/);
  });

  test('a database that is not there is refused with the reason', async () => {
    const url = (await server.database()).replace(/cloud\d+$/, 'nowhere');
    await expect(PostgresEngine.connect(url)).rejects.toThrow(/database "nowhere" does not exist/);
  });
});
