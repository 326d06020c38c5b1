import type { Engine } from '../src/storage/engine.ts';

/** A store in which writes to some keys wait for what a test says. */
export interface GatedEngine {
  readonly between: (engine: Engine) => Engine;
  /** From now on such writes are held, or refused by what `gate` throws. */
  close(gate: () => Promise<void>): void;
  /** From now on they pass. */
  open(): void;
}

/** @param text what a gated key contains */
export function gatedAt(text: string): GatedEngine {
  let gate: (() => Promise<void>) | undefined;
  return {
    close: (next) => (gate = next),
    open: () => (gate = undefined),
    between: (engine) => ({
      name: engine.name,
      get: (key) => engine.get(key),
      getMany: (keys) => engine.getMany(keys),
      revision: () => engine.revision(),
      range: (range) => engine.range(range),
      async transact(keys, compute) {
        if (keys.some((key) => Buffer.from(key).includes(text))) await gate?.();
        return engine.transact(keys, compute);
      },
      watch: (prefix, listener) => engine.watch(prefix, listener),
      close: () => engine.close(),
    }),
  };
}
