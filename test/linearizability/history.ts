import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { isLinearizable } from './checker.ts';
import type { Call } from './checker.ts';
import { NO_ITEMS, type Numbers, Session } from './session.ts';

/**
 * Lets each client make random calls on the same few items, all at once, and looks whether some
 * order explains what they were answered.
 *
 * @param TableName a table without items, with the partition key `pk`, a string
 * @returns the calls, or throws with them where no order does
 */
export async function checkHistory(
  clients: readonly DynamoDBClient[],
  TableName: string,
  { calls, seed }: { readonly calls: number; readonly seed: number },
): Promise<readonly Call<Numbers>[]> {
  let time = 0;
  const tick = (): number => time++;
  const sessions = clients.map(
    (client, at) => new Session({ client, TableName, tick, random: randomFrom(seed + at) }),
  );
  await Promise.all(sessions.map((session) => session.run(calls)));
  const made = sessions.map((session) => session.calls);
  if (!isLinearizable(made, NO_ITEMS)) {
    throw new Error(`no order explains these answers (seed ${seed}):\n${told(made)}`);
  }
  return made.flat();
}

function told(sessions: readonly (readonly Call<Numbers>[])[]): string {
  return sessions
    .flatMap((calls, at) => calls.map((call) => ({ ...call, at })))
    .toSorted((one, two) => one.calledAt - two.calledAt)
    .map(({ calledAt, answeredAt, at, text }) => `${calledAt}–${answeredAt} client ${at}: ${text}`)
    .join('\n');
}

/** The same numbers for the same seed: a multiplicative generator modulo 2^31 - 1. */
function randomFrom(seed: number): (limit: number) => number {
  const modulus = 2 ** 31 - 1;
  let state = (seed % (modulus - 1)) + 1;
  return (limit) => {
    state = (state * 48_271) % modulus;
    return state % limit;
  };
}
