/**
 * What is made of records that stay the same objects as long as they say the same
 * (`Records.list`): made once, and again only where something that went into it is another. It is
 * marked as unchanging, so that whoever writes it out may keep what it wrote.
 */
export class Derived<Source extends object, Result extends object> {
  readonly #made = new WeakMap<Source, Made<Result>>();

  /**
   * @param inputs what else goes into the result, compared one by one as `===` does
   * @param make is given nothing that is not named in `source` and `inputs`
   */
  of(source: Source, inputs: readonly unknown[], make: () => Result): Result {
    const before = this.#made.get(source);
    if (before && sameEach(before.inputs, inputs)) return before.result;
    const result = make();
    this.#made.set(source, { inputs, result });
    unchanging.add(result);
    return result;
  }
}

interface Made<Result> {
  readonly inputs: readonly unknown[];
  readonly result: Result;
}

const unchanging = new WeakSet();

/** Whether nobody changes this object or anything in it any more. */
export function isUnchanging(value: object): boolean {
  return unchanging.has(value);
}

function sameEach(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((each, at) => each === others[at]);
}
