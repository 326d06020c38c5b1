import type { Engine } from '../src/storage/engine.ts';

/** A store that takes so many commits and then none: what a crash leaves behind, at any commit. */
export interface FailingEngine {
  readonly between: (engine: Engine) => Engine;
  /**
   * Whether `order` was cut off, and not over before. What comes of it after the crash, an answer
   * or a refusal, is nobody's any more.
   *
   * @throws what fails it where nothing was cut off
   */
  cutsOff(order: Promise<unknown>): Promise<boolean>;
}

export function failingAfter(commits: number): FailingEngine {
  let left = commits;
  let crash!: () => void;
  const crashed = new Promise<true>((resolve) => (crash = () => resolve(true)));
  const alive = () => {
    if (left >= 0) return;
    throw new Error('the process is gone');
  };
  return {
    cutsOff: (order) =>
      Promise.race([
        crashed,
        order.then(
          () => left < 0,
          (cause: unknown) => {
            if (left < 0) return true;
            throw cause;
          },
        ),
      ]),
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
      revision: () => engine.revision(),
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
