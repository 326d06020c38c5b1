import type pg from 'pg';

const format = 1;

/**
 * Makes the tables on first use; several servers may do so at once.
 * @throws Error for a database that a newer Alacarte has written
 */
export async function prepareSchema(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
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
