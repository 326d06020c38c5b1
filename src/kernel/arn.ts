import type { Caller } from './caller.ts';

/** `arn:aws:<service>:<region>:<account>:<resource>` for the caller's account and region. */
export function arnOf(
  { account, region }: Pick<Caller, 'account' | 'region'>,
  service: string,
  resource: string,
): string {
  return `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource}`;
}

/** The partition a region belongs to: `aws`, `aws-cn` or `aws-us-gov`. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return 'aws';
}
