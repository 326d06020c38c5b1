import type { Key } from '../engine.ts';

/**
 * Lets work that names the same key run one after the other, and all other work side by side. Taking
 * a turn for several keys at once cannot deadlock: all of its places are taken in one go.
 */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  async take<Result>(keys: readonly Key[], work: () => Promise<Result>): Promise<Result> {
    const names = [...new Set(keys.map((key) => Buffer.from(key).toString('base64')))];
    const before = names.flatMap((name) => this.#last.get(name) ?? []);
    let finish = (): void => {};
    const mine = new Promise<void>((resolve) => (finish = resolve));
    for (const name of names) this.#last.set(name, mine);
    await Promise.all(before);
    try {
      return await work();
    } finally {
      for (const name of names) if (this.#last.get(name) === mine) this.#last.delete(name);
      finish();
    }
  }
}
