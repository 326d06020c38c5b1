import type pg from 'pg';

const format = 1;

/**
 * Makes the tables on first use; several servers may do so at once.
 * @throws Error for a database that a newer Alacarte has written, or that may lose what it commits
 */
export async function prepareSchema(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await refuseLossy(client);
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock(4566)');
    await client.query('CREATE TABLE IF NOT EXISTS alacarte_format (version integer NOT NULL)');
    await client.query(
      'CREATE TABLE IF NOT EXISTS alacarte_entries (key bytea PRIMARY KEY, value bytea NOT NULL)',
    );
    const { rows } = await client.query<{ version: number }>('SELECT version FROM alacarte_format');
    if (rows.length === 0) {
      await client.query('INSERT INTO alacarte_format VALUES ($1)', [format]);
    }
    await client.query('COMMIT');
    const version = rows[0]?.version ?? format;
    if (version > format) {
      throw new Error(
        `the database was written by a newer Alacarte (format ${version}; this one knows ${format})`,
      );
    }
  } finally {
    client.release(true);
  }
}

async function refuseLossy(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ synchronous_commit: string }>('SHOW synchronous_commit');
  if (rows[0]?.synchronous_commit !== 'off') return;
  throw new Error(
    'synchronous_commit is off, so that acknowledged writes may be lost: ALTER DATABASE … SET synchronous_commit = on',
  );
}
