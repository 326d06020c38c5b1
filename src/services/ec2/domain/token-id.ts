import { createHash } from 'node:crypto';
import type { Ec2Scope } from '../scope.ts';

/**
 * An ID for what a request makes: a request that is repeated with its token names the same.
 *
 * @param prefix e.g. `vol`
 */
export function idOf(
  prefix: string,
  token: string | undefined,
  { caller, ids }: Pick<Ec2Scope, 'caller' | 'ids'>,
): string {
  if (!token) return ids.resource(prefix);
  const text = `${caller.account}/${caller.region}/${token}`;
  return `${prefix}-0${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}
