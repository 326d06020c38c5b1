import type { Clock } from '../../../kernel/clock.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Controller } from '../../../kernel/service.ts';
import type { Engine } from '../../../storage/engine.ts';
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
import { startingWith } from './pages.ts';
import type { Span } from './pages.ts';
import { periodic } from './periodic.ts';
import { batchesIn } from './batches.ts';
import { purge } from './purge.ts';
import { firstUnreplicated } from './replicas.ts';
import type { Streams } from './streams.ts';
import type { Tables } from './tables.ts';

const EVERY_MS = 60 * 60 * 1000;

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
  for await (const heads of batchesIn(store, startingWith(HEADS), { signal })) {
    journals.push(...heads.map(({ key }) => tableIdOfHead(key)));
  }
  const keptMs = new Map<string, number>();
  for await (const table of tables.everywhere()) keptMs.set(table.id, retentionMs(table));
  for (const id of journals) {
    const kept = keptMs.get(id);
    if (kept === Infinity) continue;
    const oldest = sequenceAt(nowMs - (kept ?? RETENTION_MS));
    const horizon = recordKey(id, Math.min(oldest, await firstUnreplicated(store, id)));
    await purge(store, { from: recordsOf(id), to: horizon }, signal);
    if (kept === undefined && (await isEmpty(store, startingWith(recordsOf(id))))) {
      const writes = [{ key: headKey(id), value: undefined }];
      await store.transact([], () => ({ writes, result: undefined }));
    }
  }
}

async function isEmpty(store: Engine, span: Span): Promise<boolean> {
  return (await store.range({ ...span, limit: 1 })).length === 0;
}
