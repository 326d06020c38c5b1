/** Shared tasks run side by side; one that wants to be alone waits for them and holds back others. */
export class ReadWriteLock {
  #sharing = 0;
  #drained: (() => void) | undefined;
  /** Settles when nobody is alone any more; absent while nobody is or wants to be. */
  #alone: Promise<void> | undefined;

  async shared<Result>(task: () => Promise<Result>): Promise<Result> {
    while (this.#alone) await this.#alone;
    this.#sharing++;
    try {
      return await task();
    } finally {
      if (--this.#sharing === 0) this.#drained?.();
    }
  }

  /** Those who want to be alone take turns. */
  async alone<Result>(task: () => Promise<Result>): Promise<Result> {
    while (this.#alone) await this.#alone;
    const run = this.#drain().then(task);
    const settled = run.then(
      () => undefined,
      () => undefined,
    );
    this.#alone = settled.then(() => void (this.#alone = undefined));
    return await run;
  }

  #drain(): Promise<void> {
    if (this.#sharing === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#drained = resolve;
    });
  }
}
