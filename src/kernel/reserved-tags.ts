import type { Caller } from './caller.ts';

/** Tags that begin with `aws:` are AWS's own and do not count to a resource's limit. */
export function isReservedTag(key: string): boolean {
  return key.toLowerCase().startsWith('aws:');
}

/** Whether a call may set this tag: only CloudFormation sets reserved ones, and those named after it. */
export function mayTag({ calledVia = [] }: Caller, key: string): boolean {
  if (!isReservedTag(key)) return true;
  return (
    key.startsWith('aws:cloudformation:') && calledVia.includes('cloudformation.amazonaws.com')
  );
}
