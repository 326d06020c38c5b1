import { search } from 'jmespath';
import type { Fields } from '../gateway/protocols/protocol.ts';
import type { Acceptor, Waiter } from '../models/waiter.ts';
import { Failure } from './failure.ts';
import { printable, type Printable } from './output/printable.ts';
import { ServiceError } from './wire/service-error.ts';

/** What one call came to. */
export type Attempt =
  | { readonly status: number; readonly output: Fields }
  | { readonly status: number; readonly error: ServiceError };

export interface WaitOptions {
  /** Between two calls; the waiter's own if left out. The whole time allowed stays the same. */
  readonly delaySeconds?: number;
  readonly sleep: (ms: number) => Promise<void>;
}

/**
 * Asks again and again until an acceptor decides.
 *
 * @throws Failure for the failure state, an error that no acceptor knows, or too many attempts
 */
export async function wait(
  name: string,
  waiter: Waiter,
  ask: () => Promise<Attempt>,
  { delaySeconds = waiter.delay, sleep }: WaitOptions,
): Promise<void> {
  const attempts = Math.max(1, Math.ceil((waiter.maxAttempts * waiter.delay) / delaySeconds));
  for (let i = 0; i < attempts; i++) {
    if (i > 0) await sleep(delaySeconds * 1000);
    const attempt = await ask();
    const acceptor = waiter.acceptors.find((candidate) => matches(candidate, attempt));
    if (acceptor?.state === 'success') return;
    if (acceptor?.state === 'failure') throw failed(name, failureReason(acceptor, attempt));
    if (!acceptor && 'error' in attempt) throw failed(name, attempt.error.message);
  }
  throw failed(name, 'Max attempts exceeded');
}

/** Calls once, taking a service's refusal for an answer. */
export async function attempted(
  call: () => Promise<{ readonly output: Fields; readonly answer: { readonly status: number } }>,
): Promise<Attempt> {
  try {
    const { output, answer } = await call();
    return { status: answer.status, output };
  } catch (error) {
    if (error instanceof ServiceError) return { status: error.status, error };
    throw error;
  }
}

function matches(acceptor: Acceptor, attempt: Attempt): boolean {
  switch (acceptor.matcher) {
    case 'status':
      return attempt.status === acceptor.expected;
    case 'error':
      if (typeof acceptor.expected === 'boolean') return 'error' in attempt === acceptor.expected;
      return 'error' in attempt && attempt.error.code === acceptor.expected;
    default: {
      if ('error' in attempt) return false;
      const found = search(printable(attempt.output), acceptor.argument) as Printable;
      if (acceptor.matcher === 'path') return found === acceptor.expected;
      if (!Array.isArray(found) || found.length === 0) return false;
      const isExpected = (value: Printable): boolean => value === acceptor.expected;
      return acceptor.matcher === 'pathAll' ? found.every(isExpected) : found.some(isExpected);
    }
  }
}

function failureReason(acceptor: Acceptor, attempt: Attempt): string {
  if ('error' in attempt) return attempt.error.message;
  const path = 'argument' in acceptor ? ` For expression "${acceptor.argument}" we matched` : '';
  const expected = `expected ${acceptor.matcher}: "${String(acceptor.expected)}"`;
  return `Waiter encountered a terminal failure state:${path} ${expected}`;
}

function failed(name: string, reason: string): Failure {
  return new Failure(`Waiter ${name} failed: ${reason}`);
}
