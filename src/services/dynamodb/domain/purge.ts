import type { Engine, Key } from '../../../storage/engine.ts';
import { beyond } from './pages.ts';
import type { Span } from './pages.ts';

const BATCH = 500;
const BATCH_BYTES = 1024 * 1024;

/** Removes everything in a span, a batch at a time; what is written meanwhile may stay. */
export async function purge(store: Engine, span: Span, signal: AbortSignal): Promise<void> {
  for await (const keys of batchesIn(store, span, signal)) {
    const writes = keys.map((key) => ({ key, value: undefined }));
    await store.transact([], () => ({ writes, result: undefined }));
  }
}

/** The keys in a span, in order, some at a time. */
export async function* batchesIn(
  store: Engine,
  span: Span,
  signal: AbortSignal,
): AsyncGenerator<readonly Key[]> {
  let rest = span;
  for (;;) {
    signal.throwIfAborted();
    const entries = await store.range({ ...rest, limit: BATCH, maxBytes: BATCH_BYTES });
    const last = entries.at(-1);
    if (!last) return;
    yield entries.map(({ key }) => key);
    rest = beyond(rest, last.key, false);
  }
}
