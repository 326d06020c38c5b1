import type { Clock } from '../../../kernel/clock.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Controller } from '../../../kernel/service.ts';
import type { Engine, Key } from '../../../storage/engine.ts';
import {
  HEADS,
  RETENTION_MS,
  headKey,
  recordKey,
  recordsOf,
  retentionMs,
  sequenceAt,
  tableIdOfHead,
} from './journal.ts';
import { beyond, startingWith } from './pages.ts';
import type { Span } from './pages.ts';
import { periodic } from './periodic.ts';
import type { Streams } from './streams.ts';
import type { Tables } from './tables.ts';

const EVERY_MS = 60 * 60 * 1000;
const BATCH = 500;

interface Parts {
  readonly store: Engine;
  readonly clock: Clock;
  readonly log: Log;
  readonly tables: Tables;
  readonly streams: Streams;
}

/**
 * Removes journal records that nobody can read any more, the journals of tables that are gone, and
 * streams of which nothing is left. Readers go by the clock, so they do not notice when it runs.
 */
export function journalTrimmer(parts: Parts): Controller {
  const { clock, log, store, streams } = parts;
  return periodic({ name: 'dynamodb:journal', everyMs: EVERY_MS, clock, log }, async (signal) => {
    await trimJournals(parts, signal);
    await streams.sweep(store);
  });
}

async function trimJournals({ store, clock, tables }: Parts, signal: AbortSignal): Promise<void> {
  const nowMs = clock.now();
  // Before the tables are looked at: so a table without a record here is gone, not to come.
  const journals: string[] = [];
  for await (const key of keysIn(store, startingWith(HEADS), signal)) {
    journals.push(tableIdOfHead(key));
  }
  const keptMs = new Map<string, number>();
  for await (const table of tables.everywhere()) keptMs.set(table.id, retentionMs(table));
  for (const id of journals) {
    const kept = keptMs.get(id);
    if (kept === Infinity) continue;
    const horizon = recordKey(id, sequenceAt(nowMs - (kept ?? RETENTION_MS)));
    await remove(store, { from: recordsOf(id), to: horizon }, signal);
    if (kept === undefined && (await isEmpty(store, startingWith(recordsOf(id))))) {
      await removeKeys(store, [headKey(id)]);
    }
  }
}

async function remove(store: Engine, span: Span, signal: AbortSignal): Promise<void> {
  let keys: Key[] = [];
  for await (const key of keysIn(store, span, signal)) {
    keys.push(key);
    if (keys.length < BATCH) continue;
    await removeKeys(store, keys);
    keys = [];
  }
  if (keys.length > 0) await removeKeys(store, keys);
}

function removeKeys(store: Engine, keys: readonly Key[]): Promise<void> {
  const writes = keys.map((key) => ({ key, value: undefined }));
  return store.transact([], () => ({ writes, result: undefined }));
}

async function* keysIn(store: Engine, span: Span, signal: AbortSignal): AsyncGenerator<Key> {
  let rest = span;
  for (;;) {
    signal.throwIfAborted();
    const entries = await store.range({ ...rest, limit: BATCH });
    for (const { key } of entries) yield key;
    const last = entries.at(-1);
    if (!last || entries.length < BATCH) return;
    rest = beyond(rest, last.key, false);
  }
}

async function isEmpty(store: Engine, span: Span): Promise<boolean> {
  return (await store.range({ ...span, limit: 1 })).length === 0;
}
