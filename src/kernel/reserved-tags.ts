import type { Caller } from './caller.ts';

/** Tags that begin with `aws:` are AWS's own and do not count to a resource's limit. */
export function isReservedTag(key: string): boolean {
  return key.toLowerCase().startsWith('aws:');
}

/**
 * Marks what a resource type made by an operation that takes no client token: its value is the token
 * of the change, so that a further attempt finds what an earlier one made.
 */
export const CREATION_TAG = 'aws:alacarte:creation';

/**
 * Whether a call may set this tag: only CloudFormation sets reserved ones, and those named after it;
 * whoever keeps resources marks what it makes.
 */
export function mayTag({ calledVia = [] }: Caller, key: string): boolean {
  if (!isReservedTag(key)) return true;
  if (key === CREATION_TAG) return calledVia.length > 0;
  return (
    key.startsWith('aws:cloudformation:') && calledVia.includes('cloudformation.amazonaws.com')
  );
}

/**
 * Whether a resource bears all reserved tags among `wanted`: then an earlier attempt at the same
 * creation made it.
 */
export function bearsReservedTags(
  standing: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string>>,
): boolean {
  const reserved = Object.entries(wanted).filter(([key]) => isReservedTag(key));
  return reserved.length > 0 && reserved.every(([key, value]) => standing[key] === value);
}
