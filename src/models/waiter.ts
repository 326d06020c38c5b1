/** How a client waits for a state by asking again and again, as `aws <service> wait` does. */
export interface Waiter {
  readonly operation: string;
  /** Between two calls, in seconds. */
  readonly delay: number;
  readonly maxAttempts: number;
  /** Tried in order on each answer; the first that matches decides. */
  readonly acceptors: readonly Acceptor[];
  readonly description?: string;
}

export type Acceptor = { readonly state: 'success' | 'failure' | 'retry' } & (
  | {
      /** All, or any, of the values that the JMESPath `argument` finds, or the one, equal `expected`. */
      readonly matcher: 'pathAll' | 'pathAny' | 'path';
      readonly argument: string;
      readonly expected: string | boolean | number;
    }
  /** The answer has this HTTP status. */
  | { readonly matcher: 'status'; readonly expected: number }
  /** The answer is the error with this code; any error if true, none if false. */
  | { readonly matcher: 'error'; readonly expected: string | boolean }
);
