import pg from 'pg';
import type { Key } from '../engine.ts';

const CHANNEL = 'alacarte_writes';
/** PostgreSQL takes less than 8,000 bytes a notice. */
const PAYLOAD_BYTES = 7_900;
const RECONNECT_MS = 1_000;

/** Tells every server on the database which keys a commit has written, in the order of commits. */
export class Notices {
  readonly #url: string;
  readonly #heard: (keys: readonly Key[]) => void;
  #client: pg.Client | undefined;
  #closed = false;

  constructor(url: string, heard: (keys: readonly Key[]) => void) {
    this.#url = url;
    this.#heard = heard;
  }

  /** Part of a transaction: the notice goes out with its commit, or not at all. */
  static async send(client: pg.PoolClient, keys: readonly Key[]): Promise<void> {
    for (const payload of payloads(keys)) {
      await client.query({
        name: 'notify',
        text: 'SELECT pg_notify($1, $2)',
        values: [CHANNEL, payload],
      });
    }
  }

  async open(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url });
    this.#client = client;
    client.on('notification', ({ payload = '' }) => {
      this.#heard(payload.split(' ').map((key) => Buffer.from(key, 'base64')));
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

  // What was missed meanwhile is not told: listeners are level-triggered.
  #reconnect(lost: pg.Client): void {
    if (this.#closed || this.#client !== lost) return;
    this.#client = undefined;
    const again = setTimeout(() => {
      if (!this.#closed) this.open().catch(() => this.#client && this.#reconnect(this.#client));
    }, RECONNECT_MS);
    again.unref();
  }
}

function payloads(keys: readonly Key[]): string[] {
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
