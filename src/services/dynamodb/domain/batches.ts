import type { Engine, Entry } from '../../../storage/engine.ts';
import { beyond } from './pages.ts';
import type { Span } from './pages.ts';

const BATCH = 500;
const BATCH_BYTES = 1024 * 1024;

/**
 * All that stands in a span, in order, some at a time: so much is in memory at once, and what is
 * written meanwhile may be met or missed.
 */
export async function* batchesIn(
  store: Engine,
  span: Span,
  { reverse = false, signal }: { readonly reverse?: boolean; readonly signal?: AbortSignal } = {},
): AsyncGenerator<readonly Entry[]> {
  let rest = span;
  for (;;) {
    signal?.throwIfAborted();
    const entries = await store.range({ ...rest, reverse, limit: BATCH, maxBytes: BATCH_BYTES });
    const last = entries.at(-1);
    if (!last) return;
    yield entries;
    rest = beyond(rest, last.key, reverse);
  }
}
