import type { Engine, Key } from '../../../storage/engine.ts';
import { startingWith } from './pages.ts';

const BATCH = 500;

/** Removes all that stands at or below `prefix`, in steps that may be stopped between. */
export async function purge(store: Engine, prefix: Key, signal: AbortSignal): Promise<void> {
  const range = { ...startingWith(prefix), limit: BATCH };
  for (;;) {
    signal.throwIfAborted();
    const entries = await store.range(range);
    if (entries.length === 0) return;
    const writes = entries.map(({ key }) => ({ key, value: undefined }));
    await store.transact([], () => ({ writes, result: undefined }));
  }
}
