import type pg from 'pg';
import type { Entry, Key, Range, Value } from '../engine.ts';
import { next } from '../keys.ts';

/** Values by the order of `keys`, as of one moment. */
export async function readMany(
  client: pg.PoolClient,
  keys: readonly Key[],
): Promise<(Value | undefined)[]> {
  if (keys.length === 0) return [];
  if (keys.length === 1) return [await readOne(client, keys[0]!)];
  const { rows } = await client.query<{ value: Buffer | null }>({
    name: 'read-many',
    text: `SELECT value FROM unnest($1::bytea[]) WITH ORDINALITY AS wanted(key, place)
      LEFT JOIN alacarte_entries USING (key) ORDER BY place`,
    values: [keys.map(buffer)],
  });
  return rows.map(({ value }) => value ?? undefined);
}

async function readOne(client: pg.PoolClient, key: Key): Promise<Value | undefined> {
  const { rows } = await client.query<{ value: Buffer }>({
    name: 'read-one',
    text: 'SELECT value FROM alacarte_entries WHERE key = $1',
    values: [buffer(key)],
  });
  return rows[0]?.value;
}

export async function readRange(
  client: pg.PoolClient,
  { from, to, reverse, limit }: Range,
): Promise<Entry[]> {
  const direction = reverse ? 'DESC' : 'ASC';
  const { rows } = await client.query<{ key: Buffer; value: Buffer }>({
    name: `range-${direction}`,
    text: `SELECT key, value FROM alacarte_entries WHERE key >= $1 AND key < $2
      ORDER BY key ${direction} LIMIT $3`,
    values: [buffer(from), buffer(to), limit],
  });
  return rows;
}

/** In growing pages of one snapshot, as nobody knows before how many entries make so many bytes. */
export async function readUpTo(client: pg.PoolClient, range: Range): Promise<Entry[]> {
  const { limit = Infinity, maxBytes = Infinity } = range;
  const entries: Entry[] = [];
  let rest = range;
  let bytes = 0;
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  for (let size = 64; bytes < maxBytes && entries.length < limit; size *= 2) {
    const wanted = Math.min(size, limit - entries.length);
    const page = await readRange(client, { ...rest, limit: wanted });
    for (const entry of page) {
      if (bytes >= maxBytes) break;
      entries.push(entry);
      bytes += entry.value.length;
    }
    const last = page.at(-1);
    if (!last || page.length < wanted) break;
    rest = range.reverse ? { ...rest, to: last.key } : { ...rest, from: next(last.key) };
  }
  await client.query('COMMIT');
  return entries;
}

export function buffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
