import pg from 'pg';
import type { Key } from '../engine.ts';
import type { Watchers } from '../watchers.ts';

export const CHANNEL = 'alacarte_writes';
/** PostgreSQL takes less than 8,000 bytes a notice. */
const PAYLOAD_BYTES = 7_900;
const RECONNECT_MS = 1_000;
/** No key's base64. */
const EVERYTHING = '*';

/**
 * Tells every server on the database which keys a commit has written, in the order of commits.
 * Whoever lost the connection has missed some: once it is back, all listeners are called.
 */
export class Notices {
  readonly #url: string;
  readonly #watchers: Watchers;
  #client: pg.Client | undefined;
  #closed = false;

  constructor(url: string, watchers: Watchers) {
    this.#url = url;
    this.#watchers = watchers;
  }

  async open(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url });
    this.#client = client;
    client.on('notification', ({ payload = '' }) => {
      if (payload === EVERYTHING) return this.#watchers.tellAll();
      this.#watchers.tell(payload.split(' ').map((key) => Buffer.from(key, 'base64')));
    });
    client.on('error', () => this.#reconnect(client));
    client.on('end', () => this.#reconnect(client));
    await client.connect();
    await client.query(`LISTEN ${CHANNEL}`);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#client?.end();
  }

  #reconnect(lost: pg.Client): void {
    if (this.#closed || this.#client !== lost) return;
    this.#client = undefined;
    this.#openLater();
  }

  #openLater(): void {
    const again = setTimeout(() => {
      if (this.#closed) return;
      this.open().then(
        () => this.#watchers.tellAll(),
        () => {
          this.#client = undefined;
          this.#openLater();
        },
      );
    }, RECONNECT_MS);
    again.unref();
  }
}

/** What a transaction hands to `pg_notify`, so that notices go out with its commit or not at all. */
export function payloads(keys: readonly Key[]): string[] {
  const texts: string[] = [];
  for (const key of keys) {
    const text = Buffer.from(key).toString('base64');
    const last = texts.at(-1);
    if (last !== undefined && last.length + 1 + text.length <= PAYLOAD_BYTES) {
      texts[texts.length - 1] = `${last} ${text}`;
    } else texts.push(text);
  }
  return texts;
}

/** Empties the database; every server on it is told to look anew. */
export async function removeEverything(pool: pg.Pool): Promise<void> {
  await pool.query(
    `WITH removed AS (DELETE FROM alacarte_entries) SELECT pg_notify('${CHANNEL}', '${EVERYTHING}')`,
  );
}
