/** One call and its answer, as whoever made it saw them. */
export interface Call<State> {
  /** Places on one time line: it took effect somewhere between them, if it had one. */
  readonly calledAt: number;
  readonly answeredAt: number;
  /** For messages. */
  readonly text: string;
  /**
   * The state afterwards, if the call had taken effect in `state`; `undefined` where it could not
   * have answered as it did. Pure.
   */
  apply(state: State): State | undefined;
}

/**
 * Whether some one order explains all answers: one in which each call stands between being called
 * and being answered. It walks all orders, those that lead to the same place only once (Wing and
 * Gong's search, with memory).
 *
 * @param sessions each makes one call after the other
 * @param initial anything that JSON tells apart
 */
export function isLinearizable<State>(
  sessions: readonly (readonly Call<State>[])[],
  initial: State,
): boolean {
  const seen = new Set<string>();
  const search = (done: readonly number[], state: State): boolean => {
    const place = JSON.stringify([done, state]);
    if (seen.has(place)) return false;
    seen.add(place);
    const next = sessions.map((calls, at) => calls[done[at]!]);
    if (next.every((call) => call === undefined)) return true;
    // whatever was answered before another was called comes before it
    const firstAnswer = Math.min(...next.map((call) => call?.answeredAt ?? Infinity));
    return next.some((call, at) => {
      if (!call || call.calledAt > firstAnswer) return false;
      const after = call.apply(state);
      return after !== undefined && search(done.with(at, done[at]! + 1), after);
    });
  };
  return search(
    sessions.map(() => 0),
    initial,
  );
}
