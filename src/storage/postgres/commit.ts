import type pg from 'pg';
import type { Key, Value, Write } from '../engine.ts';
import { CHANNEL, payloads } from './notices.ts';
import { buffer, readMany } from './read.ts';

/** One caller's transaction, waiting for the next commit. */
export interface Job {
  readonly keys: readonly Key[];
  /** Computes on the values of `keys`, possibly again; the writes, or none where it threw. */
  run(values: readonly (Value | undefined)[]): readonly Write[];
  committed(): void;
  failed(error: unknown): void;
}

const MAX_ATTEMPTS = 100;
const MAX_PAUSE_MS = 50;

/** Runs the jobs one after the other on the present values, and again where another server was faster. */
export async function commit(client: pg.PoolClient, jobs: readonly Job[]): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query('BEGIN ISOLATION LEVEL SERIALIZABLE');
      await save(client, run(jobs, await load(client, jobs)));
      await client.query('COMMIT');
      return;
    } catch (error) {
      if (!isCollision(error) || attempt === MAX_ATTEMPTS) throw error;
      await client.query('ROLLBACK');
      await pause(Math.random() * Math.min(MAX_PAUSE_MS, 2 ** attempt));
    }
  }
}

/** Values by key, a key being a string of as many Latin-1 characters as it has bytes. */
type Values = Map<string, Value | undefined>;

async function load(client: pg.PoolClient, jobs: readonly Job[]): Promise<Values> {
  const keys = new Map(jobs.flatMap((job) => job.keys).map((key) => [nameOf(key), key]));
  const values = await readMany(client, [...keys.values()]);
  return new Map([...keys.keys()].map((name, at) => [name, values[at]]));
}

/** Each job sees what those before it wrote; the outcome is the last value of each key written. */
function run(jobs: readonly Job[], values: Values): Values {
  const changed: Values = new Map();
  for (const job of jobs) {
    const seen = job.keys.map((key) => values.get(nameOf(key)));
    for (const { key, value } of job.run(seen)) {
      values.set(nameOf(key), value);
      changed.set(nameOf(key), value);
    }
  }
  return changed;
}

async function save(client: pg.PoolClient, changed: Values): Promise<void> {
  if (changed.size === 0) return;
  // In key order, so that two servers lock rows in one order.
  const entries = [...changed].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const written = entries.flatMap(([name, value]) => (value ? [{ key: keyOf(name), value }] : []));
  const removed = entries.flatMap(([name, value]) => (value ? [] : [keyOf(name)]));
  await client.query({
    name: 'save',
    text: `WITH removed AS (DELETE FROM alacarte_entries WHERE key = ANY($1::bytea[])),
      written AS (
        INSERT INTO alacarte_entries (key, value) SELECT * FROM unnest($2::bytea[], $3::bytea[])
        ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value)
      SELECT pg_notify('${CHANNEL}', payload) FROM unnest($4::text[]) AS payload`,
    values: [
      removed,
      written.map(({ key }) => key),
      written.map(({ value }) => buffer(value)),
      payloads([...changed.keys()].map(keyOf)),
    ],
  });
}

function nameOf(key: Key): string {
  return buffer(key).toString('latin1');
}

function keyOf(name: string): Buffer {
  return Buffer.from(name, 'latin1');
}

/** PostgreSQL's serialization failure and deadlock: the same transaction, run again, may pass. */
function isCollision(error: unknown): boolean {
  return ['40001', '40P01'].includes((error as { code?: string }).code ?? '');
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
