import type { Engine } from '../../../storage/engine.ts';
import { batchesIn } from './batches.ts';
import type { Span } from './pages.ts';

/** Removes everything in a span, a batch at a time; what is written meanwhile may stay. */
export async function purge(store: Engine, span: Span, signal: AbortSignal): Promise<void> {
  for await (const entries of batchesIn(store, span, { signal })) {
    const writes = entries.map(({ key }) => ({ key, value: undefined }));
    await store.transact([], () => ({ writes, result: undefined }));
  }
}
