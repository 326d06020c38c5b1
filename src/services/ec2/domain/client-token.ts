import * as errors from '../errors.ts';
import { fingerprint } from './fingerprint.ts';

/** What every request that may be repeated has. */
export interface Repeatable {
  readonly ClientToken?: string | undefined;
  readonly DryRun?: boolean | undefined;
}

// https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html
const MAX_TOKEN_LENGTH = 64;

/**
 * A request's token, with the fingerprint of all else that it asks for; undefined where it has none.
 *
 * @throws InvalidParameterValue for a token that is too long
 */
export function clientTokenOf(input: Repeatable): { token: string; request: string } | undefined {
  const { ClientToken: token, DryRun: _, ...request } = input;
  if (!token) return undefined;
  if (token.length > MAX_TOKEN_LENGTH) {
    throw errors.invalidValue(token, 'clientToken', `At most ${MAX_TOKEN_LENGTH} characters.`);
  }
  return { token, request: fingerprint(request) };
}
