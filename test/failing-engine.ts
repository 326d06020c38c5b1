import type { Engine } from '../src/storage/engine.ts';

/** A store that takes so many commits and then none: what a crash leaves behind, at any commit. */
export interface FailingEngine {
  readonly between: (engine: Engine) => Engine;
  /** Resolves once a commit has been refused. */
  readonly crashed: Promise<void>;
}

export function failingAfter(commits: number): FailingEngine {
  let left = commits;
  let crash!: () => void;
  const crashed = new Promise<void>((resolve) => (crash = resolve));
  const alive = () => {
    if (left >= 0) return;
    throw new Error('the process is gone');
  };
  return {
    crashed,
    between: (engine) => ({
      name: engine.name,
      async get(key) {
        alive();
        return engine.get(key);
      },
      async getMany(keys) {
        alive();
        return engine.getMany(keys);
      },
      async range(range) {
        alive();
        return engine.range(range);
      },
      async transact(keys, compute) {
        left -= 1;
        if (left < 0) crash();
        alive();
        return engine.transact(keys, compute);
      },
      watch: (prefix, listener) => engine.watch(prefix, listener),
      close: () => engine.close(),
    }),
  };
}
