import type { Key } from '../../../storage/engine.ts';
import { nameOf } from './distinct-items.ts';

/**
 * The items that this process's transactions are writing at the moment: whoever else wants to
 * write one meanwhile is refused, as AWS refuses it. Other processes' transactions are not known
 * here; the store alone keeps them apart, one after the other.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling
 */
export class UnderWay {
  readonly #items = new Set<string>();

  has(key: Key): boolean {
    return this.#items.size > 0 && this.#items.has(nameOf(key));
  }

  /** @returns what is to be called when the transaction has ended */
  begin(keys: readonly Key[]): () => void {
    const names = keys.map(nameOf);
    for (const name of names) this.#items.add(name);
    return () => {
      for (const name of names) this.#items.delete(name);
    };
  }
}
